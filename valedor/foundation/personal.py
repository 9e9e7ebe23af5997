"""How a package describes its columns: what is personal, why it is kept, and how it goes.

Every text, JSON, array and binary column is named in the ``personal_data.py`` of its package, as
personal or as not; ``privacy`` collects them and erases by what they say. A test refuses an
undescribed one.
"""

import enum
from dataclasses import dataclass


class Goes(enum.StrEnum):
    """How a personal column is erased."""

    BLANK = "blank"  # Emptied when the case is erased; the row stays.
    ROW = "row"  # The row is removed when the case is erased.
    PERSON = "person"  # With the person, when no other case holds them.
    EXPIRES = "expires"  # By itself, after the time that is said.
    STAFF = "staff"  # Of staff: it goes with the account, not with a case.


@dataclass(frozen=True)
class Personal:
    """A column that may tell something about somebody."""

    what: str
    needed: str
    goes: Goes


@dataclass(frozen=True)
class Impersonal:
    """A column that tells nothing about anybody, and why it cannot."""

    why: str


Column = Personal | Impersonal
Columns = dict[str, Column]

# How long most of it is needed: GDPR art. 5(1)(e) and LGPD art. 16 leave it to the purpose.
FOR_THE_CASE = "until the case is closed and its retention is over"

CODE = Impersonal("a word of a closed vocabulary, a key or a type")
DIGEST = Impersonal("a salted digest or a hash, which says nothing once its salt is gone")
OF_THE_HOUSE = Impersonal("what the organisation says of itself or publishes")


def of_the_case(what: str, *, goes: Goes = Goes.BLANK) -> Personal:
    """Something that the case is about, needed as long as the case."""
    return Personal(what, FOR_THE_CASE, goes)


def of_staff(what: str) -> Personal:
    """Something about a member of staff."""
    return Personal(what, "as long as the account, and for the log of acts", Goes.STAFF)
