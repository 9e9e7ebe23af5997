"""The limits of imported cases: counted by the clocks, met or missed as the dates of the file say.

Limits in days depend on the local day on which they start, so cases of one day share the count; limits in
hours are counted for each case.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from valedor.casefile import limits
from valedor.casefile.limits.begin import calendar_of, set_looks, urgency_of
from valedor.casefile.limits.facts import as_told
from valedor.casefile.models import Case, Deadline, Instance
from valedor.clocks.fresh import due_moment
from valedor.clocks.limits import Unit
from valedor.clocks.rule import Rule
from valedor.foundation.ids import next_id
from valedor.procedures.applicable import applied_clocks
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.models import Category

_ANSWERS = frozenset({"acknowledge", "first_answer", "status_update", "respond"})
"""What an answer does, all at once."""

State = Deadline.State


@dataclass(slots=True)
class Counted:
    """A limit of one case, by the names of ``Deadline``."""

    pk: int
    seats: int
    procedure_version_id: int | None
    regime: str
    clock: str
    duty: str
    role: str
    binds: bool
    reading: str
    length: int
    unit: str
    starts_at: datetime
    due_on: date | None
    due_at: datetime | None
    is_provisional: bool
    state: str = State.RUNNING
    warn_at: datetime | None = None
    met_at: datetime | None = None
    warned_at: datetime | None = None
    missed_at: datetime | None = None
    next_look_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Shared:
    """What cases of one day have in common: their limits, and the rules of those in hours."""

    counted: tuple[tuple[Counted, Rule | None], ...]


class Clockwork:
    """Counts limits for one entity under one set of rules."""

    def __init__(self, house: HouseRules, instance: str, *, at: datetime) -> None:
        self.house = house
        self.instance = instance
        self.at = at
        self.zone = ZoneInfo(house.entity.timezone)
        self.calendar = calendar_of(house)
        self._days: dict[tuple[str, int, date], _Shared] = {}

    def limits_of(
        self, kind: str, category: Category | None, facts: Mapping[str, Any], received_at: datetime
    ) -> list[Counted]:
        """The limits that began with a case, running."""
        day = received_at.astimezone(self.zone).date()
        key = (kind, category.pk if category else 0, day)
        shared = self._days.get(key)
        if shared is None:
            shared = self._days[key] = self._count(kind, category, facts, received_at)
        counted = []
        for one, rule in shared.counted:
            own = replace(one, pk=next_id(), starts_at=received_at)
            if rule is not None:
                own.due_at = due_moment(rule, received_at, self.calendar, self.zone)
            counted.append(own)
        return counted

    def _count(
        self, kind: str, category: Category | None, facts: Mapping[str, Any], received_at: datetime
    ) -> _Shared:
        case = Case(
            id=0,
            entity=self.house.entity,
            kind=kind,
            channel=Case.Channel.IMPORT,
            category=category,
            facts=dict(facts),
            received_at=received_at,
            registered_at=received_at,
        )
        instance = Instance(id=0, case=case, entity_id=case.entity_id, kind=self.instance)
        begun = limits.begin(
            case, instance, self.house, starts_at=received_at, registered_at=received_at
        )
        applied = applied_clocks(self.house, kind, case.facts, self.instance, on=received_at)
        return _Shared(
            tuple(
                (
                    Counted(
                        pk=0,
                        seats=deadline.seats,
                        procedure_version_id=deadline.procedure_version_id,
                        regime=deadline.regime,
                        clock=deadline.clock,
                        duty=deadline.duty,
                        role=deadline.role,
                        binds=deadline.binds,
                        reading=deadline.reading,
                        length=deadline.length,
                        unit=deadline.unit,
                        starts_at=deadline.starts_at,
                        due_on=deadline.due_on,
                        due_at=deadline.due_at,
                        is_provisional=deadline.is_provisional,
                    ),
                    clock.rule if clock.rule.limit.unit is Unit.HOURS else None,
                )
                for deadline, clock in zip(begun, applied, strict=True)
            )
        )

    def settle(
        self,
        counted: Sequence[Counted],
        *,
        answered_at: datetime | None,
        closed_at: datetime | None,
    ) -> None:
        """Say of each limit what became of it.

        An answer meets what it answers, in time or late. Whether a receipt was sent is not known from a
        file, so its limit is met by an answer in time and falls away else. What nobody did before the case
        was closed falls away, or was missed when its day had passed. In an open case a past limit is missed.
        """
        for limit in counted:
            due = limit.due_at
            in_time = due is None or answered_at is None or answered_at < due
            if answered_at is not None and limit.duty in _ANSWERS:
                if limit.duty == "acknowledge" and not in_time:
                    limit.state = State.DROPPED
                    continue
                limit.state, limit.met_at = State.MET, answered_at
                limit.missed_at = None if in_time else due
            elif closed_at is not None:
                was_missed = due is not None and due <= closed_at and limit.duty in _ANSWERS
                if was_missed and limit.duty != "acknowledge":
                    limit.state, limit.missed_at = State.MISSED, due
                else:
                    limit.state = State.DROPPED
            elif due is not None and due <= self.at:
                if limit.duty == "acknowledge":
                    limit.state = State.DROPPED
                else:
                    limit.state, limit.missed_at = State.MISSED, due
            else:
                set_looks(_as_deadline(limit))


def told(counted: Sequence[Counted]) -> tuple[dict[str, Any], ...]:
    """Limits as an entry tells them."""
    return as_told(cast("list[Deadline]", counted))


def next_due(counted: Sequence[Counted]) -> datetime | None:
    """What an open case waits for."""
    return limits.next_due(cast("list[Deadline]", counted))


def urgency(counted: Sequence[Counted]) -> str:
    """How urgent an open case is."""
    return urgency_of(cast("list[Deadline]", counted))


def _as_deadline(limit: Counted) -> Deadline:
    return cast("Deadline", limit)
