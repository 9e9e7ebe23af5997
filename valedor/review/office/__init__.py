"""The ombudsman's office, behind the wall: independent, free of charge, hearing both sides.

A file of the office is a case of its own, at whose table the company does not sit
(docs/decisions/0008-a-file-of-the-office.md). What the office addresses to the company, and what
the company says to the office, are lines of the company's case, too.
"""
