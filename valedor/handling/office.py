"""What the company owes to whoever hears a dispute, by the name that limits and calls give it."""

ANSWER_THE_OFFICE = "answer_the_office"
"""Duty: a statement, word on an offer or on an opinion, by the day that the ombudsman's office
named."""

ANSWER_A_BODY = "answer_a_body"
"""Duty: the company's word to a body outside the house, by the law's term or the body's own day."""
