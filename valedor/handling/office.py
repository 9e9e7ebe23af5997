"""What the company owes the ombudsman's office, by the name that limits and calls give it."""

ANSWER_THE_OFFICE = "answer_the_office"
"""Duty: a statement, word on an offer or on an opinion, by the day that the office named."""
