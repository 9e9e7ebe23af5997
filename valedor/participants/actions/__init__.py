"""Letting somebody in to a case, and out again."""
