"""The plan of a week: ``mon 09:00-14:00``, a line each. Pure."""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from valedor.foundation.refusals import Refusal, Refused

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


@dataclass(frozen=True, order=True)
class Opening:
    """From when to when on a day of the week (0 is Monday), by the clocks of the entity."""

    weekday: int
    begins: time
    ends: time

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {self.begins:%H:%M}-{self.ends:%H:%M}"


def plan_of(lines: Iterable[str]) -> tuple[Opening, ...]:
    """The openings of a week, in order. Raises ``Refused`` with what is wrong in a line."""
    return _plan(tuple(lines))


@lru_cache(maxsize=256)
def _plan(lines: tuple[str, ...]) -> tuple[Opening, ...]:
    openings = sorted(_opening(line) for line in lines if line.strip())
    for one, following in itertools.pairwise(openings):
        if one.weekday == following.weekday and following.begins < one.ends:
            raise Refused(
                Refusal(
                    "hours_overlap",
                    _("“%(one)s” and “%(other)s” overlap: put them together."),
                    {"one": str(one), "other": str(following)},
                )
            )
    return tuple(openings)


def _opening(line: str) -> Opening:
    name, _blank, hours = line.strip().lower().partition(" ")
    found = _HOURS.fullmatch(hours.strip())
    if name not in WEEKDAYS or found is None:
        raise _unreadable(line)
    numbers = [int(number) for number in found.groups()]
    try:
        begins, ends = time(numbers[0], numbers[1]), time(numbers[2], numbers[3])
    except ValueError:
        raise _unreadable(line) from None
    if begins >= ends:
        raise Refused(
            Refusal("hours_backwards", _("“%(line)s” ends before it begins."), {"line": line})
        )
    return Opening(WEEKDAYS.index(name), begins, ends)


def _unreadable(line: str) -> Refused:
    return Refused(
        Refusal(
            "hours_unreadable",
            _("“%(line)s” are no hours: write them like this: mon 09:00-14:00."),
            {"line": line},
        )
    )


def hours_of_day(text: str, weekday: int) -> list[str]:
    """What somebody typed for one day of the week, “9:00-14:00, 16:00-18:30”, as lines."""
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    return [f"{WEEKDAYS[weekday]} {part}" for part in parts]


def times_of(plan: Sequence[Opening], day: date, *, minutes: int, zone: ZoneInfo) -> list[datetime]:
    """When somebody can begin on a day: one after the other, each ending before it closes.

    An hour that the clocks skip on that day is left out.
    """
    length = timedelta(minutes=minutes)
    found = []
    for opening in plan:
        if opening.weekday != day.weekday():
            continue
        begins = datetime.combine(day, opening.begins)
        while begins + length <= datetime.combine(day, opening.ends):
            there = begins.replace(tzinfo=zone)
            if there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == begins:
                found.append(there.astimezone(UTC))
            begins += length
    return found
