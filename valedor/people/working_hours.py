"""When somebody of the staff is at work in a week: stretches such as ``mon-fri 09:00-15:00``.

Nothing said means that nothing is restricted. Times are those of the entity whose case it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = "|".join(DAYS)
_STRETCH = re.compile(
    rf"({_DAY})(?:-({_DAY}))? ([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)"
)


@dataclass(frozen=True)
class Stretch:
    """From one time to another on some days of the week, Monday being 0."""

    days: tuple[int, ...]
    begins: time
    minutes: int


def read_stretch(text: str) -> Stretch:
    """What a line says. Raises ``ValueError`` for one that says nothing of the kind."""
    found = _STRETCH.fullmatch(" ".join(text.lower().split()))
    if found is None:
        raise ValueError(text)
    first = DAYS.index(found[1])
    last = DAYS.index(found[2]) if found[2] else first
    days = tuple(range(first, last + 1)) or (*range(first, 7), *range(last + 1))
    begins = int(found[3]) * 60 + int(found[4])
    ends = int(found[5]) * 60 + int(found[6])
    if not begins < ends <= 24 * 60:
        raise ValueError(text)
    return Stretch(days, time(int(found[3]), int(found[4])), ends - begins)


def next_at_work(
    hours: Sequence[str],
    at: datetime,
    zone: str,
    *,
    away: Sequence[tuple[date, date]] = (),
    within: int = 60,
) -> datetime | None:
    """When somebody is at work next, which may be now. ``away`` are days of absence, both ends
    included; None when there is no such moment in the next ``within`` days.
    """
    place = ZoneInfo(zone)
    stretches = [read_stretch(one) for one in hours]
    today = at.astimezone(place).date()
    for number in range(within):
        day = today + timedelta(days=number)
        if any(first <= day <= last for first, last in away):
            continue
        if not stretches:
            return max(at, datetime.combine(day, time(), place))
        moments = [
            max(at, begins)
            for one in stretches
            if day.weekday() in one.days
            for begins in [datetime.combine(day, one.begins, place)]
            if at < begins + timedelta(minutes=one.minutes)
        ]
        if moments:
            return min(moments)
    return None
