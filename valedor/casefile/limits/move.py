"""Dated events that stop, resume, extend or restart limits."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from valedor.casefile import timeline
from valedor.casefile.actors import By
from valedor.casefile.limits.begin import calendar_of, refresh_next_due, set_looks
from valedor.casefile.limits.facts import LimitsMoved, as_told
from valedor.casefile.limits.settle import running
from valedor.casefile.models import Case, Deadline, DeadlineEvent, Instance
from valedor.casefile.seats import Seat
from valedor.clocks.engine import compute
from valedor.clocks.outcome import Happening, Outcome
from valedor.clocks.refusals import ClockRefused
from valedor.clocks.rule import Rule
from valedor.foundation.refusals import Refusal, Refused
from valedor.procedures.applicable import AREA_DUTY, rule_of_version
from valedor.procedures.explanation import refusal_in_words
from valedor.procedures.house_rules import HouseRules, house_rules

_SET_BY_AN_ACT = frozenset(
    {"cure", "carry_out_redress", AREA_DUTY, "answer_the_office", "answer_a_body"}
)


def allows(case: Case, instance: Instance, event: str) -> bool:
    """Whether some running limit of the instance knows this event."""
    house = house_rules(case.entity_id)
    return any(
        event in rule_of(deadline, house).events
        for deadline in running(case)
        if deadline.instance_id == instance.pk
    )


def happen(
    case: Case,
    instance: Instance,
    event: str,
    *,
    by: By,
    at: datetime,
    length: int | None = None,
    unit: str = "",
    reason: str = "",
    basis: str = "",
) -> list[Deadline]:
    """Record an event on every limit of the instance whose clock names it, and count those anew.

    Returns the limits that it concerns: none where no regime knows the event. Raises ``Refused``
    where a regime knows it but not like this (an extension beyond its limit, or asked after the due
    day).
    """
    house = house_rules(case.entity_id)
    moved = []
    for deadline in running(case):
        if deadline.instance_id != instance.pk or event not in rule_of(deadline, house).events:
            continue
        DeadlineEvent.objects.create(
            case_id=case.pk,
            entity_id=case.entity_id,
            seats=deadline.seats,
            deadline=deadline,
            event=event,
            length=length,
            unit=unit,
            at=at,
            reason=reason,
            basis=basis,
            by_id=by.account_id,
        )
        count(deadline, house)
        moved.append(deadline)
    if moved:
        _tell(case, instance, moved, event=event, basis=basis, reason=reason, by=by, at=at)
    return moved


def recount(
    case: Case, instance: Instance, *, by: By, at: datetime, reason: str, event: str = "corrected"
) -> list[Deadline]:
    """Count every limit of the instance anew from its start and events: after a correction.

    Those whose day an act set stay as they are.
    """
    house = house_rules(case.entity_id)
    moved = [
        deadline
        for deadline in Deadline.objects.filter(case=case.pk, instance=instance).order_by("pk")
        if deadline.state != Deadline.State.DROPPED and deadline.duty not in _SET_BY_AN_ACT
    ]
    for deadline in moved:
        count(deadline, house)
    if moved:
        _tell(case, instance, moved, event=event, basis="", reason=reason, by=by, at=at)
    return moved


def rule_of(deadline: Deadline, house: HouseRules) -> Rule:
    """The rule that a deadline was begun under, in the version that its case was received under."""
    return rule_of_version(
        deadline.procedure_version_id,
        deadline.clock,
        reading=deadline.reading,
        length=deadline.length,
        unit=deadline.unit,
    )


def count(deadline: Deadline, house: HouseRules) -> Outcome:
    """Count a deadline from its start and its events, and write where it stands.

    Raises ``Refused`` with the clock's reason in words.
    """
    outcome = outcome_of(deadline, house)
    settled = {Deadline.State.MET, Deadline.State.MISSED, Deadline.State.DROPPED}
    if outcome.state != "running":
        deadline.state = Deadline.State(outcome.state)
    elif deadline.state not in settled:
        deadline.state = Deadline.State.RUNNING
    elif _runs_again(deadline, outcome):
        deadline.state, deadline.missed_at = Deadline.State.RUNNING, None
    deadline.due_on, deadline.due_at = outcome.due, outcome.ends_at
    deadline.left = str(outcome.left) if outcome.left else ""
    deadline.is_provisional = outcome.provisional
    set_looks(deadline)
    deadline.save(
        update_fields=[
            "state", "due_on", "due_at", "left", "is_provisional", "missed_at", "warn_at",
            "next_look_at",
        ]
    )  # fmt: skip
    return outcome


def _runs_again(deadline: Deadline, outcome: Outcome) -> bool:
    """Whether a missed limit now ends later than the moment at which it was held to be missed."""
    missed = deadline.state == Deadline.State.MISSED and deadline.missed_at is not None
    return missed and outcome.ends_at is not None and outcome.ends_at > deadline.missed_at  # type: ignore[operator]


def outcome_of(deadline: Deadline, house: HouseRules) -> Outcome:
    """How a deadline is counted, step by step: what "how it is counted" shows.

    Raises ``Refused`` with the clock's reason in words.
    """
    happened = [
        Happening(event.event, event.at, event.length, event.unit or None)
        for event in DeadlineEvent.objects.filter(deadline=deadline, withdrawn_at=None).order_by(
            "at", "pk"
        )
    ]
    try:
        return compute(
            rule_of(deadline, house),
            deadline.starts_at,
            calendar_of(house),
            ZoneInfo(house.entity.timezone),
            happened,
        )
    except ClockRefused as refused:
        raise Refused(Refusal(refused.code, refusal_in_words(refused))) from refused


def _tell(
    case: Case,
    instance: Instance,
    moved: Sequence[Deadline],
    *,
    event: str,
    basis: str,
    reason: str,
    by: By,
    at: datetime,
) -> None:
    seats = Seat(0)
    for deadline in moved:
        seats |= Seat(deadline.seats)
    fact = LimitsMoved(event=event, basis=basis, deadlines=as_told(list(moved)))
    timeline.record(case, fact, by=by, at=at, body=reason, instance=instance, seats=seats)
    refresh_next_due(case)
