"""Who is on duty at a moment, from a weekly plan and what changes it. Pure: no database.

A plan runs by the clocks on the wall of its entity, so that eight in the evening stays eight when
clocks change. A turn that goes over midnight belongs to the day on which it begins.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HOLIDAY = "holiday"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Turn:
    """Every week on a day, from a time to another, somebody is on duty."""

    day: str
    begins: time
    ends: time
    rank: int
    account: int

    @property
    def goes_over_midnight(self) -> bool:
        """Whether it ends the day after; the same time twice is a whole day."""
        return self.ends <= self.begins


@dataclass(frozen=True)
class Change:
    """From a moment to another somebody else is, or nobody (no account)."""

    begins_at: datetime
    ends_at: datetime
    rank: int
    account: int | None


@dataclass(frozen=True)
class Roster:
    """A plan with its changes, the latest last."""

    turns: Sequence[Turn]
    changes: Sequence[Change]
    zone: ZoneInfo
    is_holiday: Callable[[date], bool]

    def on_duty(self, at: datetime) -> tuple[int, ...]:
        """Accounts in the order in which they are called, each once."""
        by_rank: dict[int, list[int]] = {}
        for turn in self._covering(at):
            by_rank.setdefault(turn.rank, []).append(turn.account)
        for change in self.changes:
            if change.begins_at <= at < change.ends_at:
                by_rank[change.rank] = [] if change.account is None else [change.account]
        ordered = (account for rank in sorted(by_rank) for account in by_rank[rank])
        return tuple(dict.fromkeys(ordered))

    def stretches(
        self, since: datetime, until: datetime
    ) -> Iterator[tuple[datetime, datetime, tuple[int, ...]]]:
        """From when to when the same people are on duty, one stretch after the other."""
        begins, people = since, self.on_duty(since)
        for moment in sorted(self._edges(since, until)):
            then = self.on_duty(moment)
            if then != people:
                yield begins, moment, people
                begins, people = moment, then
        if begins < until:
            yield begins, until, people

    def _covering(self, at: datetime) -> Iterable[Turn]:
        local = at.astimezone(self.zone)
        today, now = local.date(), local.time().replace(tzinfo=None)
        word, word_before = self._day(today), self._day(today - _ONE_DAY)
        in_order = sorted(self.turns, key=lambda one: (one.begins, one.account))
        for turn in in_order:  # Whoever has been there since yesterday is called first.
            if turn.day == word_before and turn.goes_over_midnight and now < turn.ends:
                yield turn
        for turn in in_order:
            begins = turn.day == word and turn.begins <= now
            if begins and (turn.goes_over_midnight or now < turn.ends):
                yield turn

    def _day(self, day: date) -> str:
        has_holidays = any(turn.day == HOLIDAY for turn in self.turns)
        return HOLIDAY if has_holidays and self.is_holiday(day) else _WEEK[day.weekday()]

    def _edges(self, since: datetime, until: datetime) -> set[datetime]:
        times = {turn.begins for turn in self.turns} | {turn.ends for turn in self.turns}
        day, last = since.astimezone(self.zone).date(), until.astimezone(self.zone).date()
        found = {moment for one in self.changes for moment in (one.begins_at, one.ends_at)}
        while day <= last:
            for clock in {*times, time()}:
                found.add(datetime.combine(day, clock, self.zone).astimezone(since.tzinfo))
            day += _ONE_DAY
        return {moment for moment in found if since < moment < until}
