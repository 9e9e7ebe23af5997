"""The limits of imported cases: counted by the clocks, met or missed as the dates of the file say.

Limits in days depend on the local day on which they start, so cases of one day share the count;
limits in hours are counted for each case.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from valedor.foundation.ids import own_ids
from valedor.intake.importing.tables import NOTHING, boolean, moment, number, text
from valedor.procedures.applicable import applied_clocks
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.models import Category

_ANSWERS = frozenset({"acknowledge", "first_answer", "status_update", "respond"})
"""What an answer does, all at once."""

State = Deadline.State
_RUNNING, _MET = State.RUNNING.value, State.MET.value
_MISSED, _DROPPED = State.MISSED.value, State.DROPPED.value


class Counted:
    """A limit of one case, by the names of ``Deadline``. What it shares with its day is in
    ``kept``.
    """

    __slots__ = (
        "due_at", "due_text", "kept", "met_at", "missed_at", "next_look_at", "pk", "starts_at",
        "state", "warn_at", "warned_at",
    )  # fmt: skip

    def __init__(
        self, kept: "Kept", pk: int, starts_at: datetime, due_at: datetime | None, due_text: str
    ) -> None:
        self.kept = kept
        self.pk = pk
        self.starts_at = starts_at
        self.due_at = due_at
        self.due_text = due_text
        self.state: str = _RUNNING
        self.warn_at: datetime | None = None
        self.met_at: datetime | None = None
        self.warned_at: datetime | None = None
        self.missed_at: datetime | None = None
        self.next_look_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What the limits of one clock have in common in all cases of one day."""

    clock: str
    duty: str
    due_on: date | None
    due_at: datetime | None
    due_text: str  # The same as COPY reads it.
    version: int | None
    rule: Rule | None  # Of a clock in hours, which is counted for each case.
    told: Mapping[str, Any]  # As entries tell of it.
    line: str  # The columns that do not differ, as ``SHARED`` names them, ready for COPY.


SHARED = (
    "seats", "procedure_version_id", "regime", "clock", "duty", "role", "binds", "reading",
    "length", "unit", "due_on", "is_provisional",
)  # fmt: skip


class Clockwork:
    """Counts limits for one entity under one set of rules."""

    def __init__(self, house: HouseRules, instance: str, *, at: datetime) -> None:
        self.house = house
        self.instance = instance
        self.at = at
        self.ids = own_ids()
        self.zone = ZoneInfo(house.entity.timezone)
        self.calendar = calendar_of(house)
        self._case = Case(id=0, entity=house.entity, channel=Case.Channel.IMPORT)
        self._instance = Instance(id=0, case=self._case, entity_id=house.entity.pk, kind=instance)
        self._days: dict[tuple[str, tuple[tuple[str, Any], ...], date], tuple[Kept, ...]] = {}

    def limits_of(
        self, kind: str, category: Category | None, facts: Mapping[str, Any], received_at: datetime
    ) -> list[Counted]:
        """The limits that began with a case, running."""
        day = received_at.astimezone(self.zone).date()
        key = (kind, tuple(sorted(facts.items())), day)
        shared = self._days.get(key)
        if shared is None:
            shared = self._days[key] = self._count(kind, facts, received_at)
        return [self._counted(kept, received_at) for kept in shared]

    def _counted(self, kept: "Kept", received_at: datetime) -> Counted:
        due_at, due_text = kept.due_at, kept.due_text
        if kept.rule is not None:
            due_at = due_moment(kept.rule, received_at, self.calendar, self.zone)
            due_text = moment(due_at)
        return Counted(kept, next(self.ids), received_at, due_at, due_text)

    def _count(
        self, kind: str, facts: Mapping[str, Any], received_at: datetime
    ) -> tuple[Kept, ...]:
        case, instance = self._case, self._instance
        case.kind, case.facts = kind, dict(facts)
        case.received_at = case.registered_at = received_at
        begun = limits.begin(
            case, instance, self.house, starts_at=received_at, registered_at=received_at
        )
        applied = applied_clocks(self.house, kind, case.facts, self.instance, on=received_at)
        return tuple(
            _kept(deadline, clock.rule) for deadline, clock in zip(begun, applied, strict=True)
        )

    def settle(
        self,
        counted: Sequence[Counted],
        *,
        answered_at: datetime | None,
        closed_at: datetime | None,
    ) -> None:
        """Say of each limit what became of it.

        An answer meets what it answers, in time or late. Whether a receipt was sent is not known
        from a file, so its limit is met by an answer in time and falls away else. What nobody did
        before the case was closed falls away, or was missed when its day had passed. In an open
        case a past limit is missed.
        """
        for limit in counted:
            due = limit.due_at
            duty = limit.kept.duty
            in_time = due is None or answered_at is None or answered_at < due
            if answered_at is not None and duty in _ANSWERS:
                if duty == "acknowledge" and not in_time:
                    limit.state = _DROPPED
                    continue
                limit.state, limit.met_at = _MET, answered_at
                limit.missed_at = None if in_time else due
            elif closed_at is not None:
                was_missed = due is not None and due <= closed_at and duty in _ANSWERS
                if was_missed and duty != "acknowledge":
                    limit.state, limit.missed_at = _MISSED, due
                else:
                    limit.state = _DROPPED
            elif due is not None and due <= self.at:
                if duty == "acknowledge":
                    limit.state = _DROPPED
                else:
                    limit.state, limit.missed_at = _MISSED, due
            else:
                set_looks(_as_deadline(limit))


def _kept(deadline: Deadline, rule: Rule) -> Kept:
    columns = (
        str(deadline.seats),
        number(deadline.procedure_version_id),
        text(deadline.regime),
        text(deadline.clock),
        deadline.duty,
        deadline.role,
        boolean(deadline.binds),
        deadline.reading,
        str(deadline.length),
        deadline.unit,
        NOTHING if deadline.due_on is None else deadline.due_on.isoformat(),
        boolean(deadline.is_provisional),
    )
    return Kept(
        clock=deadline.clock,
        duty=deadline.duty,
        due_on=deadline.due_on,
        due_at=deadline.due_at,
        due_text=moment(deadline.due_at),
        version=deadline.procedure_version_id,
        rule=rule if rule.limit.unit is Unit.HOURS else None,
        told=as_told([deadline])[0],
        line="\t".join(columns),
    )


def told(counted: Sequence[Counted]) -> tuple[dict[str, Any], ...]:
    """Limits as an entry tells them."""
    return tuple(
        {**limit.kept.told, "deadline": limit.pk, "state": limit.state}
        if limit.kept.rule is None
        else {
            **limit.kept.told,
            "deadline": limit.pk,
            "state": limit.state,
            "due_at": limit.due_text,
        }
        for limit in counted
    )


def next_due(counted: Sequence[Counted]) -> datetime | None:
    """What an open case waits for."""
    return limits.next_due(cast("list[Deadline]", counted))


def urgency(counted: Sequence[Counted]) -> str:
    """How urgent an open case is."""
    return urgency_of(cast("list[Deadline]", counted))


def _as_deadline(limit: Counted) -> Deadline:
    return cast("Deadline", limit)
