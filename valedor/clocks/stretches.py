"""A count told as stretches of days: counted, extended, skipped, paused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .calendars import NotWorked, WorkedDays
from .limits import Limit, Unit
from .outcome import Step, What

ONE_DAY = timedelta(days=1)


def covered(pauses: Iterable[tuple[date, date]], *, both_ends: bool) -> set[int]:
    """The days that pauses take away, as ordinals; a day paused twice is taken once.

    The pausing day itself counts and the resuming day does not: the difference of dates. With
    `both_ends` neither does.
    """
    days: set[int] = set()
    for begins, ends in pauses:
        first = begins.toordinal() + (0 if both_ends else 1)
        days.update(range(first, ends.toordinal() + 1))
    return days


@dataclass
class Stretches:
    """What a count is made of. `worked` is given for business days only."""

    zero: date
    limit: Limit
    counted: int
    extended: int
    extended_by: int
    paused: set[int]
    pausing_names: Mapping[date, str]
    worked: WorkedDays | None

    def until(self, end: date) -> list[Step]:
        """The stretches from day 1 to a day, without gap."""
        steps: list[Step] = []
        self._number = 0
        previous: object = None
        day = self.zero + ONE_DAY
        while day <= end:
            what, closed = self._label(day)
            amount = self._amount(what, day)
            # Each holiday is a stretch of its own, so that it can be named.
            is_named = closed is not None and closed.why != "weekend"
            label = (what, closed, day if is_named else None)
            if steps and label == previous:
                last = steps[-1]
                particulars = dict(last.particulars)
                if what in ("counted", "extended"):
                    particulars["through"] = self._number
                steps[-1] = Step(
                    what, last.begins, day, last.amount + amount, last.reason, particulars
                )
            else:
                steps.append(self._step(what, closed, day, amount))
            previous = label
            day += ONE_DAY
        return steps

    def _label(self, day: date) -> tuple[What, NotWorked | None]:
        if day.toordinal() in self.paused:
            return "paused", None
        closed = self.worked.why_not(day) if self.worked else None
        if closed:
            return "skipped", closed
        if self._number < self.counted:
            self._number += 1
            return "counted", None
        if self._number < self.counted + self.extended:
            self._number += 1
            return "extended", None
        return "paused", None

    def _amount(self, what: What, day: date) -> int:
        """A paused day that nobody works would not have counted anyway."""
        if what == "paused" and self.worked and not self.worked.is_worked(day):
            return 0
        return 1

    def _step(self, what: What, closed: NotWorked | None, day: date, amount: int) -> Step:
        if closed:
            particulars: dict[str, Any] = {"name": closed.name, "region": closed.region}
            return Step(what, day, day, amount, closed.why, particulars)
        if what == "paused":
            event = self.pausing_names.get(day - ONE_DAY) or self.pausing_names.get(day, "")
            return Step(what, day, day, amount, "paused", {"event": event})
        particulars = {"from": self._number, "through": self._number, "zero": self.zero}
        if what == "extended":
            particulars |= {"by": self.extended_by, "unit": self.limit.unit.value}
            return Step(what, day, day, amount, "extended", particulars)
        particulars["length"] = self.limit.length
        if self.limit.unit is Unit.MONTHS and self.zero.day > 28:
            particulars["month_end"] = self.limit.counting.month_end
        return Step(what, day, day, amount, f"counted_{self.limit.unit.value}", particulars)
