"""A length of time with its unit, and the arithmetic of months."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .counting import Counting, MonthEnd
from .refusals import ClockRefused


class Unit(StrEnum):
    """What a length counts."""

    MINUTES = "minutes"
    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"
    BUSINESS_DAYS = "business_days"
    MONTHS = "months"

    @property
    def elapsed(self) -> timedelta | None:
        """How long one of them is where time is taken as it passes; None where days count."""
        return _ELAPSED.get(self.value)


_ELAPSED = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1)}

LONGEST = {
    Unit.MINUTES: 60 * 24 * 7,
    Unit.HOURS: 24 * 366 * 20,
    Unit.CALENDAR_DAYS: 366 * 100,
    Unit.BUSINESS_DAYS: 250 * 20,
    Unit.MONTHS: 12 * 100,
}
"""A longer length is a mistake of typing: no law known here comes near."""


@dataclass(frozen=True)
class Limit:
    """A term: so many of a unit, counted in a given way. Zero means at once."""

    length: int
    unit: Unit
    counting: Counting

    def __post_init__(self) -> None:
        if not 0 <= self.length <= LONGEST[self.unit]:
            raise ClockRefused(
                "impossible_length",
                length=self.length,
                unit=self.unit.value,
                longest=LONGEST[self.unit],
            )


def add_months(day: date, months: int, month_end: MonthEnd) -> date:
    """The same day number so many months later.

    A missing day becomes the last day of that month (Código Civil art. 5 in Spain, Lei 9.784/1999
    art. 66 in Brazil) or the next day (Brazil's Código Civil art. 132 § 3).
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    if day.day <= 28:
        return date(year, month, day.day)
    last = monthrange(year, month)[1]
    if day.day <= last:
        return date(year, month, day.day)
    if month_end == "last_day":
        return date(year, month, last)
    return date(year, month, last) + timedelta(days=1)
