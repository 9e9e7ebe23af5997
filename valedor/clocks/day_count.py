"""Clocks in calendar days, business days and months."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .calendars import WorkedDays, WorkingCalendar
from .count import Count
from .fresh import end_of_day
from .limits import Unit, add_months
from .outcome import Happening, Left, Outcome, State, Step
from .rule import Rule
from .stretches import Stretches, covered

ONE_DAY = timedelta(days=1)


class DayCount(Count[date]):
    """A clock whose due date is a day: the last on which the duty can still be met."""

    def __init__(
        self, rule: Rule, start: datetime, calendar: WorkingCalendar, timezone: ZoneInfo
    ) -> None:
        super().__init__(rule, start, calendar, timezone)
        self.limit = rule.limit
        self.counting = rule.limit.counting
        self.is_business = rule.limit.unit is Unit.BUSINESS_DAYS
        self.first_zero = self.zero
        self.history: list[Step] = []
        self.looked_at: date | None = None
        self.filing_moved = False

    @property
    def worked(self) -> WorkedDays:
        """The worked days; asked for only where the count looks at them."""
        return self.calendar.worked_days(self.counting)

    def point(self, moment: datetime) -> date:
        return moment.astimezone(self.timezone).date()

    def move_filing(self) -> None:
        """Filed electronically on a day not worked: made on the next (Ley 39/2015 art. 31.2.b)."""
        moved = self.worked.on_or_after(self.zero)
        if moved > self.zero:
            days = (moved - self.zero).days
            self.history.append(
                Step("skipped", self.zero + ONE_DAY, moved, days, "filed_electronically")
            )
        self.zero = self.first_zero = moved
        self.filing_moved = True

    def end(self) -> date:
        return self._ends()[-1]

    def restart_limit(self) -> date | None:
        within = self.rule.restart_within
        if within is None:
            return None
        if within.unit is Unit.MONTHS:
            return add_months(self.first_zero, within.length, within.counting.month_end)
        if within.unit is Unit.BUSINESS_DAYS:
            return self.worked.nth_after(self.first_zero, within.length)
        return self.first_zero + timedelta(days=within.length)

    def left(self, since: date) -> Left:
        """What remains, told from the pausing day: calendar days for clocks in months."""
        paused = self._paused_days()
        length = self.limit.length + self.extended_by
        unpaused = [
            date.fromordinal(ordinal)
            for ordinal in range(self.zero.toordinal() + 1, since.toordinal() + 1)
            if ordinal not in paused
        ]
        if self.is_business:
            used = sum(self.worked.is_worked(day) for day in unpaused)
            return Left(max(0, length - used), Unit.BUSINESS_DAYS.value)
        whole = (self._after(length) - self.zero).days
        return Left(max(0, whole - len(unpaused)), Unit.CALENDAR_DAYS.value)

    def leave_behind(self, point: date, event: Happening) -> None:
        self.history += self._held_steps(point)
        since = point if self.held_since is not None else self.zero
        days = (point - since).days
        begins = since + ONE_DAY if days else point
        particulars = {"event": event.name}
        self.history.append(Step("restarted", begins, point, days, "restarted", particulars))

    def outcome(self) -> Outcome:
        # Only the final count is asked whether its calendar is published, not those on the way.
        self.looked_at = None
        if self.filing_moved:
            self._look(self.first_zero)
        if self.held_since is not None:
            left = Left(self.limit.length, self.limit.unit.value)
            return self._answer("held", None, left, self._held_steps(None))
        if self.open_pauses:
            since = self.standing_still_since
            standing = Step("paused", since + ONE_DAY, None, 0, "paused", self.pausing_event(since))
            if self.is_business:
                self._look(since)
            steps = [*self._stretches().until(since), standing]
            return self._answer("paused", None, self.left(since), steps)
        return self._answer("running", self._ends()[-1], None, self._running_steps())

    def _after(self, length: int) -> date:
        """End of a bare length of calendar days or months: months are added as one sum."""
        if self.limit.unit is Unit.MONTHS:
            return add_months(self.zero, length, self.counting.month_end)
        return self.zero + timedelta(days=length)

    def _paused_days(self) -> set[int]:
        return covered(self.pauses, both_ends=self.rule.pause_both_ends)

    def _unrolled_end(self) -> date:
        length = self.limit.length + self.extended_by
        paused = self._paused_days()
        if not self.is_business:
            return self._after(length) + timedelta(days=len(paused))
        if not paused:
            end = self.worked.nth_after(self.zero, length)
        else:
            end = self.zero
            while length:
                end = self.worked.nth_after(end, 1)
                if end.toordinal() not in paused:
                    length -= 1
        if end > self.zero:
            self._look(end)
        return end

    def _ends(self) -> tuple[date, date, date, date]:
        """The end before waiting, after waiting, after rolling, after the two working days."""
        bare = self._unrolled_end()
        end = max(bare, self.waited_until) if self.waited_until else bare
        if not self.rule.may_roll:
            return bare, end, end, end
        rolled = end
        if self.counting.roll_forward:
            rolled = self.worked.on_or_after(end)
            self._look(rolled)
        last = rolled
        is_long = self.limit.length >= 2 or self.limit.unit is Unit.MONTHS
        if self.counting.at_least_two_working_days and is_long:
            second = self.worked.nth_after(self.zero, 2)
            self._look(second)
            last = max(rolled, second)
        return bare, end, rolled, last

    def _look(self, day: date) -> None:
        """Remember how far a count asked whether days are worked: weekends need no calendar."""
        if day.isoweekday() not in self.counting.weekend:
            self.looked_at = max(day, self.looked_at or day)

    def _held_steps(self, until: date | None) -> list[Step]:
        """The time used before a hold, which is lost, and the hold itself."""
        held = self.held_since
        if held is None:
            return []
        steps: list[Step] = []
        if held > self.zero:
            days = (held - self.zero).days
            steps.append(Step("held", self.zero + ONE_DAY, held, days, "time_lost"))
        if until is None:
            steps.append(Step("held", held + ONE_DAY, None, 0, "held"))
        elif until > held:
            steps.append(Step("held", held + ONE_DAY, until, (until - held).days, "held"))
        return steps

    def _running_steps(self) -> list[Step]:
        bare, end, rolled, last = self._ends()
        steps = self._stretches().until(bare)
        if not self.limit.length and not steps:
            steps.append(Step("counted", self.zero, self.zero, 0, "at_once"))
        if end > bare:
            steps.append(Step("waited", bare + ONE_DAY, end, (end - bare).days, "waited"))
        if rolled > end:
            closed = self.worked.why_not(end)
            particulars = {"day": end, "closed": closed}
            steps.append(
                Step("rolled", end + ONE_DAY, rolled, (rolled - end).days, "rolled", particulars)
            )
        if last > rolled:
            days = (last - rolled).days
            steps.append(Step("rolled", rolled + ONE_DAY, last, days, "two_working_days"))
        return steps

    def _stretches(self) -> Stretches:
        counted, extended = self.limit.length, self.extended_by
        if not self.is_business:
            counted = (self._after(self.limit.length) - self.zero).days
            whole = self._after(self.limit.length + self.extended_by)
            extended = (whole - self.zero).days - counted
        return Stretches(
            zero=self.zero,
            limit=self.limit,
            counted=counted,
            extended=extended,
            extended_by=self.extended_by,
            paused=self._paused_days(),
            pausing_names=self.pausing_names,
            worked=self.worked if self.is_business else None,
        )

    def _answer(
        self, state: State, due: date | None, left: Left | None, steps: list[Step]
    ) -> Outcome:
        return Outcome(
            state=state,
            due=due,
            due_at=None,
            ends_at=end_of_day(due, self.timezone) if due else None,
            left=left,
            late=tuple(self.late),
            first_day=self.zero,
            binding=self.rule.validity.binds(self.zero, due, self.calendar.country),
            provisional=WorkedDays.is_provisional(self.looked_at),
            steps=(*self.history, *steps),
        )
