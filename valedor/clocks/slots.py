"""Working hours of the day, for the organisation's own targets: "eight working hours".

Law counts days or elapsed hours; only promises and internal targets are counted in these.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .calendars import WorkingCalendar
from .counting import Counting
from .refusals import ClockRefused

ONE_DAY = timedelta(days=1)
FURTHEST = 3660
"""Days looked ahead before it is said that nobody ever works."""


@dataclass(frozen=True)
class Slot:
    """A stretch of one weekday on which people work: 1 Monday to 7 Sunday.

    `closes` of midnight (`00:00`) means the end of the day.
    """

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class WorkingHours:
    """The slots of a week in one zone; holidays and closures of the calendar have none."""

    slots: tuple[Slot, ...]
    calendar: WorkingCalendar
    counting: Counting
    timezone: ZoneInfo

    def on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The slots of one day as moments in UTC, in order, overlaps joined.

        A slot in which clocks go forward or back is as long as it really lasts.
        """
        slots = [slot for slot in self.slots if slot.weekday == day.isoweekday()]
        if not slots or not self.calendar.is_business_day(day, self.counting):
            return []
        spans = sorted(self._span(day, slot) for slot in slots)
        joined: list[tuple[datetime, datetime]] = []
        for opens, closes in spans:
            if closes <= opens:
                continue
            if joined and opens <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
            else:
                joined.append((opens, closes))
        return joined

    def from_moment(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Worked stretches from a moment on, in UTC."""
        start = start.astimezone(UTC)
        day = start.astimezone(self.timezone).date()
        for _ in range(FURTHEST):
            for opens, closes in self.on(day):
                if closes > start:
                    yield max(opens, start), closes
            day += ONE_DAY

    def _span(self, day: date, slot: Slot) -> tuple[datetime, datetime]:
        ends_on = day + ONE_DAY if slot.closes == time(0) else day
        return (
            datetime.combine(day, slot.opens, self.timezone).astimezone(UTC),
            datetime.combine(ends_on, slot.closes, self.timezone).astimezone(UTC),
        )


def add_working_hours(hours: WorkingHours, start: datetime, length: timedelta) -> datetime:
    """The moment, in UTC, at which so much working time has passed since a moment.

    Raises `ClockRefused("no_working_hours")` where the slots never hold that much time.
    """
    if length <= timedelta():
        return start.astimezone(UTC)
    left = length
    for opens, closes in hours.from_moment(start):
        if closes - opens >= left:
            return opens + left
        left -= closes - opens
    raise ClockRefused("no_working_hours")


def working_hours_between(hours: WorkingHours, start: datetime, end: datetime) -> timedelta:
    """How much working time lies between two moments."""
    total = timedelta()
    end = end.astimezone(UTC)
    for opens, closes in hours.from_moment(start):
        if opens >= end:
            break
        total += min(closes, end) - opens
    return total
