"""Who may see a line, a document or a deadline: a set of seats at the table of a case.

Seats are part of what is hashed. They are stored as a small number so that a row policy can ask
with one comparison whether viewer and row share a seat.
"""

import enum


class Seat(enum.IntFlag):
    """A seat at the table."""

    COMPLAINANT = 1
    COMPANY = 2
    OMBUDSMAN = 4
    BODY = 8

    @property
    def names(self) -> list[str]:
        """The seats in words, as exports and hashes write them."""
        return [str(seat.name).lower() for seat in Seat if seat in self]


BOTH_SIDES = Seat.COMPLAINANT | Seat.COMPANY
EVERYONE = Seat.COMPLAINANT | Seat.COMPANY | Seat.OMBUDSMAN | Seat.BODY
OFFICE_FILE = Seat.COMPLAINANT | Seat.OMBUDSMAN
"""The table of a file of the ombudsman's office: the company does not sit at it."""
