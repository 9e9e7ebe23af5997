"""Clocks in elapsed hours or minutes, computed in UTC: a change of the clocks adds nothing."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from .calendars import WorkingCalendar
from .count import Count
from .fresh import end_of_day
from .limits import Unit, add_months
from .outcome import Happening, Left, Outcome, State, Step, What
from .rule import Rule

HOUR = timedelta(hours=1)


class HourCount(Count[datetime]):
    """A clock whose due date is a moment."""

    def __init__(
        self, rule: Rule, start: datetime, calendar: WorkingCalendar, timezone: ZoneInfo
    ) -> None:
        super().__init__(rule, start, calendar, timezone)
        self.one = rule.limit.unit.elapsed or HOUR
        self.first_zero = self.zero
        self.history: list[Step] = []

    def point(self, moment: datetime) -> datetime:
        return moment.astimezone(UTC)

    def end(self) -> datetime:
        bare = self._unwaited_end()
        return max(bare, self.waited_until) if self.waited_until else bare

    def restart_limit(self) -> datetime | None:
        within = self.rule.restart_within
        if within is None:
            return None
        if (one := within.unit.elapsed) is not None:
            return self.first_zero + within.length * one
        first = self.start.astimezone(self.timezone).date()
        if within.unit is Unit.MONTHS:
            last = add_months(first, within.length, within.counting.month_end)
        elif within.unit is Unit.BUSINESS_DAYS:
            last = self.calendar.worked_days(within.counting).nth_after(first, within.length)
        else:
            last = first + timedelta(days=within.length)
        return end_of_day(last, self.timezone)

    def left(self, since: datetime) -> Left:
        """What remains of the hours."""
        return Left(round((self._unwaited_end() - since) / HOUR, 2), Unit.HOURS.value)

    def leave_behind(self, point: datetime, event: Happening) -> None:
        what: What = "restarted" if self.held_since is None else "held"
        if point > self.zero:
            self.history.append(self._step(what, self.zero, point, "time_lost"))
        particulars = {"event": event.name}
        self.history.append(self._step("restarted", point, point, "restarted", particulars))

    def outcome(self) -> Outcome:
        if self.held_since is not None:
            left = Left(self.rule.limit.length, self.rule.limit.unit.value)
            lost = self._step("held", self.zero, self.held_since, "time_lost")
            held = self._step("held", self.held_since, None, "held")
            return self._answer("held", None, left, [lost, held])
        if self.open_pauses:
            since = self.standing_still_since
            named = self.pausing_event(since)
            standing = self._step("paused", since, None, "paused", named)
            steps = [*self._running_steps(since), standing]
            return self._answer("paused", None, self.left(since), steps)
        return self._answer("running", self.end(), None, self._running_steps(None))

    def _merged_pauses(self) -> list[tuple[datetime, datetime]]:
        """Pauses without overlap: time paused twice is paused once."""
        merged: list[tuple[datetime, datetime]] = []
        for begins, ends in sorted(self.pauses):
            if merged and begins <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], ends))
            elif ends > begins:
                merged.append((begins, ends))
        return merged

    def _unwaited_end(self) -> datetime:
        length = self.rule.limit.length + self.extended_by
        paused = sum((ends - begins for begins, ends in self._merged_pauses()), timedelta())
        return self.zero + length * self.one + paused

    def _running_steps(self, until: datetime | None) -> list[Step]:
        steps: list[Step] = []
        reached = self.zero
        for begins, ends in self._merged_pauses():
            if begins > reached:
                steps.append(self._step("counted", reached, begins, "counted_hours"))
            steps.append(self._step("paused", begins, ends, "paused", self.pausing_event(begins)))
            reached = ends
        bare = self._unwaited_end()
        extended = self.extended_by * self.one
        counted_end = bare - extended if until is None else until
        reason = "counted_hours" if self.rule.limit.length else "at_once"
        if counted_end > reached or not steps:
            steps.append(self._step("counted", reached, max(counted_end, reached), reason))
        if until is not None:
            return steps
        if extended:
            particulars = {"by": self.extended_by, "unit": self.rule.limit.unit.value}
            begins = max(reached, bare - extended)
            steps.append(self._step("extended", begins, bare, "extended", particulars))
        if self.end() > bare:
            steps.append(self._step("waited", bare, self.end(), "waited"))
        return steps

    def _step(
        self,
        what: What,
        begins: datetime,
        ends: datetime | None,
        reason: str,
        particulars: Mapping[str, Any] | None = None,
    ) -> Step:
        return Step(
            what,
            begins.astimezone(self.timezone),
            ends.astimezone(self.timezone) if ends else None,
            round((ends - begins) / HOUR, 2) if ends else 0,
            reason,
            particulars or {},
        )

    def _answer(
        self, state: State, due: datetime | None, left: Left | None, steps: list[Step]
    ) -> Outcome:
        first = self.zero.astimezone(self.timezone).date()
        local = due.astimezone(self.timezone) if due else None
        return Outcome(
            state=state,
            due=None,
            due_at=local,
            ends_at=due,
            left=left,
            late=tuple(self.late),
            first_day=first,
            binding=self.rule.validity.binds(
                first, local.date() if local else None, self.calendar.country
            ),
            provisional=False,
            steps=(*self.history, *steps),
        )
