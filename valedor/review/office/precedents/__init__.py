"""Signed opinions as the office finds them again: by subject, outcome, year and words."""
