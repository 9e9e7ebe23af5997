"""Which days are worked, in one place or in several at once.

A holiday in the person's place or in the office's does not count (Ley 39/2015 art. 30.6): a
calendar is the union of its regions. Tables of worked days are built a year at a time and kept,
so that adding business days is one search in a list.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

from holidays.version import __version__ as holidays_version

from .counting import Counting
from .refusals import ClockRefused
from .regions import PUBLISHED_THROUGH, holidays_of, region

WhyNotWorked = Literal["weekend", "holiday", "closure"]


@dataclass(frozen=True)
class Closures:
    """Days on which the organisation itself is closed, as published under a version."""

    version: str = ""
    days: tuple[tuple[date, str], ...] = ()


NO_CLOSURES = Closures()


@dataclass(frozen=True)
class NotWorked:
    """Why a day is not worked; `name` is the holiday in English, or the closure as named."""

    why: WhyNotWorked
    name: str = ""
    region: str = ""


@dataclass(frozen=True)
class WorkingCalendar:
    """The places whose holidays count, and the organisation's own closures.

    Make one with `working_calendar`, which refuses unknown places.
    """

    regions: tuple[str, ...]
    closures: Closures = NO_CLOSURES
    _worked: dict[Counting, "WorkedDays"] = field(
        default_factory=dict, init=False, repr=False, compare=False, hash=False
    )

    @property
    def country(self) -> str:
        """Country of the first place, the person's."""
        return region(self.regions[0]).country

    @property
    def version(self) -> str:
        """What was used to count, to be kept with the case."""
        parts = [f"holidays {holidays_version}", "+".join(self.regions)]
        if self.closures.version:
            parts.append(f"closures {self.closures.version}")
        return ", ".join(parts)

    def worked_days(self, counting: Counting) -> "WorkedDays":
        """The worked days of this calendar as one way of counting sees them."""
        found = self._worked.get(counting)
        if found is None:
            found = self._worked[counting] = self._worked_days(counting)
        return found

    def is_business_day(self, day: date, counting: Counting) -> bool:
        """Whether a day is worked, as that way of counting sees it."""
        return self.worked_days(counting).is_worked(day)

    def _worked_days(self, counting: Counting) -> "WorkedDays":
        keys = (counting.calendar,) if counting.calendar else self.regions
        if not counting.local_holidays:
            keys = tuple(region(key).without_local_days or key for key in keys)
        closures = self.closures.days if counting.own_closures else ()
        return _table(tuple(dict.fromkeys(keys)), counting.weekend, closures)


@lru_cache(maxsize=512)
def working_calendar(regions: tuple[str, ...], closures: Closures = NO_CLOSURES) -> WorkingCalendar:
    """The calendar of one place or several. Raises `ClockRefused` for none or an unknown one."""
    if not regions:
        raise ClockRefused("no_region")
    for key in regions:
        region(key)
    return WorkingCalendar(tuple(dict.fromkeys(regions)), closures)


class WorkedDays:
    """Every worked day of a set of places, sorted, by year as they are asked for."""

    def __init__(
        self,
        regions: tuple[str, ...],
        weekend: frozenset[int],
        closures: Iterable[tuple[date, str]],
    ) -> None:
        self.regions = regions
        self._weekend = weekend
        self._closures = dict(closures)
        # First year, last year and their worked days as ordinals: replaced as one, so that a
        # reader in another thread never sees half of it.
        self._table: tuple[int, int, list[int]] = (0, -1, [])

    def is_worked(self, day: date) -> bool:
        """Whether people work on that day."""
        worked = self._covering(day.year)
        ordinal = day.toordinal()
        index = bisect_left(worked, ordinal)
        return index < len(worked) and worked[index] == ordinal

    def nth_after(self, day: date, number: int) -> date:
        """The worked day so many worked days after a day, which is not counted itself."""
        if number <= 0:
            return day
        ordinal = day.toordinal()
        worked = self._covering(day.year)
        index = bisect_right(worked, ordinal) + number - 1
        year = day.year
        while index >= len(worked):
            year += 1
            worked = self._covering(year)
            index = bisect_right(worked, ordinal) + number - 1
        return date.fromordinal(worked[index])

    def on_or_after(self, day: date) -> date:
        """The day itself where it is worked, else the next one that is."""
        return self.nth_after(date.fromordinal(day.toordinal() - 1), 1)

    def between(self, after: date, through: date) -> int:
        """How many worked days lie after one day, up to and including another."""
        if through <= after:
            return 0
        self._covering(after.year)
        worked = self._covering(through.year)
        low = bisect_right(worked, after.toordinal())
        return max(0, bisect_right(worked, through.toordinal()) - low)

    def why_not(self, day: date) -> NotWorked | None:
        """Why a day is not worked; none if it is."""
        if day.isoweekday() in self._weekend:
            return NotWorked("weekend")
        for key in self.regions:
            name = holidays_of(key, day.year).get(day)
            if name is not None:
                return NotWorked("holiday", name, key)
        if day in self._closures:
            return NotWorked("closure", self._closures[day])
        return None

    @staticmethod
    def is_provisional(looked_at: date | None) -> bool:
        """Whether a count that looked as far as this day used a calendar nobody has published."""
        return looked_at is not None and looked_at.year > PUBLISHED_THROUGH

    def _covering(self, year: int) -> list[int]:
        first, last, worked = self._table
        if first <= year <= last:
            return worked
        if last < first:
            first, last, worked = year, year, self._year(year)
        while year < first:
            first -= 1
            worked = self._year(first) + worked
        while year > last:
            last += 1
            worked = worked + self._year(last)
        self._table = (first, last, worked)
        return worked

    def _year(self, year: int) -> list[int]:
        closed = {day for key in self.regions for day in holidays_of(key, year)}
        closed.update(self._closures)
        return [
            ordinal
            for ordinal in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
            if (ordinal - 1) % 7 + 1 not in self._weekend
            and date.fromordinal(ordinal) not in closed
        ]


@lru_cache(maxsize=512)
def _table(
    regions: tuple[str, ...], weekend: frozenset[int], closures: tuple[tuple[date, str], ...]
) -> WorkedDays:
    return WorkedDays(regions, weekend, closures)
