"""How a legal order counts days and months: which days are worked, where months and terms end."""

from dataclasses import dataclass
from typing import Literal

MonthEnd = Literal["last_day", "next_day"]


@dataclass(frozen=True)
class Counting:
    """One way of counting time, such as Spain's Código Civil art. 5 or Brazil's art. 132.

    Day 0, the day of the event, is excluded by every order known here, so it is not a field.
    """

    key: str
    weekend: frozenset[int] = frozenset({6, 7})
    """Days of the week that are never worked, 1 for Monday to 7 for Sunday."""
    month_end: MonthEnd = "last_day"
    """Where a term of months ends when its last month has no such day: 31 January + 1 month."""
    roll_forward: bool = False
    """A deadline or window that ends on a day not worked moves to the next one that is."""
    at_least_two_working_days: bool = False
    """A term of two days or more holds two working days (Regulation 1182/71 art. 3.5)."""
    calendar: str | None = None
    """A calendar that goes with the counting, whatever the place: banks."""
    local_holidays: bool = True
    """Holidays of the town count as holidays when the place asked for is the town."""
    electronic_filing_moves: bool = False
    """Filed electronically on a day not worked, it is filed on the next (Ley 39/2015 art. 31)."""
    own_closures: bool = False
    """The organisation's own closures are not worked. Never true for law: nobody lengthens the
    law's term by closing the shop."""
