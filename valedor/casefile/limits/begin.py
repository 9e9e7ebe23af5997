"""The limits that begin with an instance of a case."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from valedor.casefile import timeline
from valedor.casefile.actors import By
from valedor.casefile.limits.facts import LimitsBegun, as_told
from valedor.casefile.limits.in_time import ends_at
from valedor.casefile.models import Case, Deadline, Instance
from valedor.casefile.seats import BOTH_SIDES, Seat
from valedor.clocks.calendars import Closures, WorkingCalendar, working_calendar
from valedor.clocks.fresh import due_day, due_moment, is_provisional
from valedor.clocks.limits import Unit
from valedor.foundation.rows import fresh
from valedor.people.models import Entity
from valedor.procedures.applicable import Applied, applied_clocks
from valedor.procedures.house_rules import HouseRules

# Told on the spot, on screen or by word of mouth: the receipt is in the person's hands.
_AT_ONCE = {
    Case.Channel.WEB_FORM,
    Case.Channel.API,
    Case.Channel.TELEPHONE,
    Case.Channel.IN_PERSON,
    Case.Channel.CHAT,
    Case.Channel.SOCIAL,
}
_LONGEST_WARNING = timedelta(days=3)
_SHORTEST_WARNING = timedelta(minutes=30)


def begin(
    case: Case,
    instance: Instance,
    house: HouseRules,
    *,
    starts_at: datetime,
    registered_at: datetime,
) -> list[Deadline]:
    """The limits of an instance, not written yet.

    A limit that starts with the contact itself starts when the house could first answer: a letter
    is a contact when it is registered.
    """
    deadlines = []
    for applied in applied_clocks(house, case.kind, case.facts, instance.kind, on=starts_at):
        start = registered_at if applied.starts_with_contact else starts_at
        deadlines.append(_deadline(case, instance, house, applied, start))
    if instance.kind == Instance.Kind.COMPANY and case.channel in _AT_ONCE:
        for deadline in deadlines:
            if deadline.duty == "acknowledge":
                deadline.state, deadline.met_at = Deadline.State.MET, registered_at
                deadline.next_look_at = None
    return deadlines


def _deadline(
    case: Case, instance: Instance, house: HouseRules, applied: Applied, starts_at: datetime
) -> Deadline:
    zone, calendar = ZoneInfo(house.entity.timezone), calendar_of(house)
    is_internal = applied.role == "target" and not applied.is_public
    deadline = fresh(
        Deadline,
        case_id=case.pk,
        entity_id=case.entity_id,
        seats=int(Seat.COMPANY if is_internal else BOTH_SIDES),
        instance=instance,
        procedure_version_id=applied.version_id,
        regime=applied.regime,
        clock=applied.clock,
        duty=applied.duty,
        role=applied.role,
        binds=applied.binds(starts_at, zone),
        reading=applied.reading,
        length=applied.rule.limit.length,
        unit=applied.rule.limit.unit,
        starts_at=starts_at,
    )
    if applied.rule.limit.unit.elapsed is None:
        deadline.due_on = due_day(applied.rule, starts_at, calendar, zone)
        deadline.is_provisional = is_provisional(applied.rule, deadline.due_on)
    deadline.due_at = due_moment(applied.rule, starts_at, calendar, zone)
    set_looks(deadline)
    return deadline


def set_looks(deadline: Deadline) -> None:
    """When the sweep looks at a running deadline: a warning before its end, then its end."""
    if deadline.state != Deadline.State.RUNNING or deadline.due_at is None:
        deadline.warn_at = deadline.next_look_at = None
        return
    end = ends_at(deadline)
    if end != deadline.due_at:  # At once: there is nothing to warn of before.
        deadline.warn_at = deadline.next_look_at = end
        return
    span = deadline.due_at - deadline.starts_at
    ahead = max(min(span / 4, _LONGEST_WARNING), _SHORTEST_WARNING)
    deadline.warn_at = max(deadline.due_at - ahead, deadline.starts_at)
    deadline.next_look_at = deadline.due_at if deadline.warned_at else deadline.warn_at


def next_due(deadlines: Iterable[Deadline]) -> datetime | None:
    """The earliest end among the limits that still run or are past and not met: what a case waits
    for.
    """
    unmet = {Deadline.State.RUNNING, Deadline.State.MISSED}
    return min(
        (
            deadline.due_at
            for deadline in deadlines
            if deadline.state in unmet and deadline.due_at is not None
        ),
        default=None,
    )


def calendar_of(house: HouseRules) -> WorkingCalendar:
    """The working days of an entity: the holidays of its place and its own closures."""
    return _calendar(house)


@lru_cache(maxsize=64)
def _calendar(house: HouseRules) -> WorkingCalendar:
    days = tuple((closure.on, str(closure.name)) for closure in house.closures)
    closures = Closures(version=str(house.number), days=days) if days else Closures()
    return working_calendar((house.entity.region,), closures)


def add(
    case: Case,
    instance: Instance,
    *,
    duty: str,
    due_at: datetime,
    by: By,
    at: datetime,
    seats: Seat = BOTH_SIDES,
    length: int = 0,
    unit: str = Unit.CALENDAR_DAYS,
    regime: str = "house",
    role: Deadline.Role = Deadline.Role.PROMISE,
    clock: str = "",
    version_id: int | None = None,
    starts_at: datetime | None = None,
) -> Deadline:
    """A limit whose day an act sets: redress to carry out, what is asked of an area. Written at
    once, and never counted anew. ``clock`` and ``version_id`` name the rule of a regime that the
    day was counted by; ``starts_at`` from when, where that was before the act.
    """
    deadline = Deadline(
        case_id=case.pk,
        entity_id=case.entity_id,
        seats=int(seats),
        instance=instance,
        procedure_version_id=version_id,
        regime=regime,
        clock=clock or duty,
        duty=duty,
        role=role,
        binds=role == Deadline.Role.LAW,
        length=length,
        unit=unit,
        starts_at=starts_at or at,
        due_at=due_at,
    )
    if Unit(unit).elapsed is None:
        zone = ZoneInfo(Entity.objects.get(pk=case.entity_id).timezone)
        deadline.due_on = (due_at - timedelta(microseconds=1)).astimezone(zone).date()
    set_looks(deadline)
    deadline.save(force_insert=True)
    record_begun(case, instance, [deadline], by=by, at=at)
    refresh_next_due(case)
    return deadline


def record_begun(
    case: Case, instance: Instance, deadlines: Sequence[Deadline], *, by: By, at: datetime
) -> None:
    """Tell the timeline which limits began."""
    fact = LimitsBegun(deadlines=as_told(list(deadlines)))
    seats = Seat(0)
    for deadline in deadlines:
        seats |= Seat(deadline.seats)
    timeline.record(case, fact, by=by, at=at, instance=instance, seats=seats or BOTH_SIDES)


def refresh_next_due(case: Case) -> None:
    """Bring the case's own next due moment and urgency in step with its deadlines."""
    deadlines = list(Deadline.objects.filter(case=case.pk)) if case.closed_at is None else []
    case.next_due_at = next_due(deadlines)
    case.urgency = urgency_of(deadlines)
    Case.objects.filter(pk=case.pk).update(next_due_at=case.next_due_at, urgency=case.urgency)


def urgency_of(deadlines: Iterable[Deadline]) -> str:
    """Overdue where a limit is missed and not met since, due soon where one was warned of."""
    states = list(deadlines)
    if any(deadline.state == Deadline.State.MISSED for deadline in states):
        return Case.Urgency.OVERDUE
    running = [deadline for deadline in states if deadline.state == Deadline.State.RUNNING]
    if any(deadline.warned_at is not None for deadline in running):
        return Case.Urgency.DUE_SOON
    return Case.Urgency.NONE
