"""Where a clock stands after everything that happened to it.

The decisions that the laws leave open are taken in `count`, `day_count` and `hour_count`, each
named where it is taken. Day 0 is the local day of the event in the zone of the case and is never
counted.
"""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from .calendars import WorkingCalendar
from .day_count import DayCount
from .hour_count import HourCount
from .outcome import Happening, Outcome
from .refusals import ClockRefused
from .rule import Rule

FIRST_YEAR, LAST_YEAR = 1900, 2150
"""Moments outside these years are a mistake of typing."""


def compute(
    rule: Rule,
    start: datetime,
    calendar: WorkingCalendar,
    timezone: ZoneInfo,
    events: Iterable[Happening] = (),
    *,
    filed_electronically: bool = False,
) -> Outcome:
    """The due day of a clock, or what is left of it while it stands still, step by step.

    `start` and every event carry an offset. `filed_electronically` matters only where the counting
    moves such a filing to a day that is worked. Raises `ClockRefused`: an event that the clock does
    not name, or before the start; an extension that the rule does not give; a day that no calendar
    reaches.
    """
    _check_moment("start", start)
    happened = _in_order(events, rule, start)
    count: DayCount | HourCount
    if rule.limit.unit.elapsed is not None:
        count = HourCount(rule, start, calendar, timezone)
    else:
        count = DayCount(rule, start, calendar, timezone)
    if filed_electronically and rule.limit.counting.electronic_filing_moves:
        count.move_filing()
    for event in happened:
        count.take(event)
    return count.outcome()


def _in_order(events: Iterable[Happening], rule: Rule, start: datetime) -> list[Happening]:
    """Events by their moment; at the same moment, in the order given."""
    happened = list(events)
    for event in happened:
        _check_moment(event.name, event.at)
        if event.name == "extended" and rule.extension is None:
            raise ClockRefused("no_extension", events=rule.events)
        if event.name not in rule.events:
            raise ClockRefused("unknown_event", event=event.name, events=rule.events)
        if event.at < start:
            raise ClockRefused("event_before_start", event=event.name, at=event.at, start=start)
    return sorted(happened, key=lambda event: event.at)


def _check_moment(name: str, at: datetime) -> None:
    if at.tzinfo is None:
        raise ClockRefused("event_without_offset", event=name)
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ClockRefused(
            "outside_calendars", region="", year=at.year, first=FIRST_YEAR, last=LAST_YEAR
        )
