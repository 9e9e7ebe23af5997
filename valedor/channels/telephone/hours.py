"""When a line is answered: read from one sentence, and asked for the next moment. Pure.

``mon-fri 9:00-14:00 15:00-18:00; sat 9:00-13:00; hol 10:00-12:00``: days of the week and holidays,
each with one span or several. Nothing written means at any hour.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "hol")
_WHOLE = 24 * 60
_LOOKS_AHEAD = 31
_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")

Span = tuple[int, int]  # Minutes since midnight.
IsHoliday = Callable[[date], bool]


class HoursWrong(ValueError):
    """A part of the sentence that says nothing; its words are the argument."""


@dataclass(frozen=True)
class Hours:
    """The spans of each day of the week, then those of a holiday."""

    spans: tuple[tuple[Span, ...], ...]

    def on(self, day: date, *, is_holiday: bool) -> tuple[Span, ...]:
        """When a day is answered; a holiday has its own hours, or none."""
        return self.spans[7 if is_holiday else day.weekday()]


@dataclass(frozen=True)
class Opening:
    """The hours of a line in its place."""

    hours: Hours
    zone: ZoneInfo
    is_holiday: IsHoliday

    def is_open(self, at: datetime) -> bool:
        """Whether somebody answers at a moment."""
        return any(begins <= at < ends for begins, ends in self.from_(at))

    def next_open(self, at: datetime) -> tuple[datetime, datetime] | None:
        """The moment itself or the next one that is answered, and when that span ends; none
        within a month.
        """
        for begins, ends in self.from_(at):
            if at < ends:
                return max(begins, at), ends
        return None

    def from_(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The spans from the day of a moment on, one after another."""
        first = at.astimezone(self.zone).date()
        for number in range(_LOOKS_AHEAD):
            day = first + timedelta(days=number)
            for begins, ends in self.hours.on(day, is_holiday=self.is_holiday(day)):
                yield self._moment(day, begins), self._moment(day, ends)

    def _moment(self, day: date, minutes: int) -> datetime:
        day += timedelta(days=minutes // _WHOLE)
        return datetime.combine(day, time(minutes % _WHOLE // 60, minutes % 60), tzinfo=self.zone)


def read_hours(text: str) -> Hours:
    """The hours that a sentence tells. Raises ``HoursWrong``."""
    if not text.strip():
        return Hours(tuple(((0, _WHOLE),) for _day in DAYS))
    found: dict[str, tuple[Span, ...]] = {}
    for part in text.lower().split(";"):
        days, *spans = part.replace(", ", ",").split() or [""]
        if not spans:
            raise HoursWrong(part.strip() or ";")
        for day in _days(days):
            if day in found:
                raise HoursWrong(day)
            found[day] = tuple(sorted(map(_span, spans)))
    for spans_of_day in found.values():
        for (_begins, ends), (begins, _ends) in pairwise(spans_of_day):
            if begins < ends:
                raise HoursWrong(text.strip())
    return Hours(tuple(found.get(day, ()) for day in DAYS))


def _days(words: str) -> Iterator[str]:
    for word in words.split(","):
        first, dash, last = word.partition("-")
        if first not in DAYS or (dash and last not in DAYS[:7]):
            raise HoursWrong(word)
        if not dash:
            yield first
            continue
        begins, ends = DAYS.index(first), DAYS.index(last)
        if ends < begins:
            raise HoursWrong(word)
        yield from DAYS[begins : ends + 1]


def _span(words: str) -> Span:
    found = _SPAN.fullmatch(words)
    if found is None:
        raise HoursWrong(words)
    begins, ends = (int(found[hour]) * 60 + int(found[minute]) for hour, minute in ((1, 2), (3, 4)))
    if not 0 <= begins < ends <= _WHOLE or int(found[2]) > 59 or int(found[4]) > 59:
        raise HoursWrong(words)
    return begins, ends
