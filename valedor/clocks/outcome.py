"""What a clock answers: the day, the state, and every stretch of time on the way there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

What = Literal["counted", "skipped", "paused", "held", "waited", "extended", "rolled", "restarted"]
State = Literal["running", "paused", "held"]


@dataclass(frozen=True)
class Step:
    """One stretch of a count; they follow each other without gap from day 1 to the due day.

    `begins` and `ends` are days, both inside; for clocks in hours they are moments. `ends` is none
    while the clock stands still. `amount` is what the stretch holds: worked days for stretches of
    business days, days else, hours for clocks in hours. `reason` is a code that
    `valedor.procedures.explanation` words, with `particulars`.
    """

    what: What
    begins: date | datetime
    ends: date | datetime | None
    amount: float
    reason: str
    particulars: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Happening:
    """Something that happened to a running clock, by its word and its moment (with offset).

    `length` and `unit` belong to an extension: `unit` none means the clock's own.
    """

    name: str
    at: datetime
    length: int | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Left:
    """What remains of a clock that stands still."""

    amount: float
    unit: str

    def __str__(self) -> str:
        return f"{self.amount:g} {self.unit}"


@dataclass(frozen=True)
class Outcome:
    """Where a clock stands after everything that happened to it."""

    state: State
    due: date | None
    """Last day on which the duty can still be met, until it ends in the zone of the case."""
    due_at: datetime | None
    """For clocks in hours: the moment, in the zone of the case."""
    ends_at: datetime | None
    """The moment, in UTC, after which the duty is missed; none while the clock stands still."""
    left: Left | None
    late: tuple[Happening, ...]
    """Events after the due day: history, they changed nothing."""
    first_day: date
    """Day 0 of the count that runs now."""
    binding: bool
    provisional: bool
    steps: tuple[Step, ...]
