"""One period of time that a body of rules sets: how long, from when, and what stops it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from .limits import Limit, Unit

Kind = Literal["deadline", "window", "sla", "retention", "guarantee", "cap", "report"]

KINDS_THAT_ROLL = frozenset({"deadline", "window"})
"""Only these move to a working day; what is kept or guaranteed ends where it ends."""


@dataclass(frozen=True)
class Extension:
    """How much a term may be extended, all extensions together."""

    length: int
    unit: Unit


@dataclass(frozen=True)
class Validity:
    """From when a rule is law, and for whom."""

    voluntary: bool = False
    law_from: date | None = None
    """First day on which the rule is law; none: it was law before anybody here asks."""
    law_until: date | None = None
    """Last day on which it was law."""
    transposed: Mapping[str, date] | None = None
    """A directive: first day of the national law, by country. A country not named is not bound."""
    binding_at_end: bool = False
    """The last day of the period decides, not the first: windows for facts older than the law."""

    def binds(self, first_day: date, last_day: date | None, country: str) -> bool:
        """Whether a period with these ends is governed by the rule."""
        if self.voluntary:
            return False
        day = last_day if self.binding_at_end and last_day else first_day
        if self.law_from and day < self.law_from:
            return False
        if self.law_until and day > self.law_until:
            return False
        if self.transposed is None:
            return True
        national = self.transposed.get(country)
        return national is not None and day >= national


@dataclass(frozen=True)
class Rule:
    """A period as an engine needs it. Event names are words of the packs' closed vocabulary.

    `pauses_on` and `resumes_on` pair by position. `held_by` takes the due day away until an event
    of `restarts_on`. A restart after the due day counts within `restart_within` of the start.
    """

    limit: Limit
    kind: Kind = "deadline"
    pauses_on: tuple[str, ...] = ()
    resumes_on: tuple[str, ...] = ()
    pause_both_ends: bool = False
    held_by: tuple[str, ...] = ()
    restarts_on: tuple[str, ...] = ()
    restart_within: Limit | None = None
    waits_for: tuple[str, ...] = ()
    extension: Extension | None = None
    validity: Validity = field(default_factory=Validity)

    @property
    def may_roll(self) -> bool:
        """Whether its end may move to a working day; what is due at once never moves."""
        return self.kind in KINDS_THAT_ROLL and self.limit.length > 0

    @property
    def events(self) -> tuple[str, ...]:
        """Every event that means something to this clock, each once, in order of mention."""
        names = (
            *self.pauses_on,
            *self.resumes_on,
            *self.held_by,
            *self.restarts_on,
            *self.waits_for,
            *(("extended",) if self.extension else ()),
        )
        return tuple(dict.fromkeys(names))
