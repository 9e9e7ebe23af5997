"""Limits that are met, or that no longer apply."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.actors import By
from valedor.casefile.limits.begin import refresh_next_due
from valedor.casefile.limits.facts import LimitsDropped, LimitsMet, as_told
from valedor.casefile.limits.in_time import is_in_time
from valedor.casefile.models import Case, Deadline, Instance
from valedor.casefile.seats import Seat

_UNMET = [
    Deadline.State.RUNNING,
    Deadline.State.PAUSED,
    Deadline.State.HELD,
    Deadline.State.MISSED,
]


def running(case: Case) -> list[Deadline]:
    """The limits of a case that nobody has met yet: running, standing still or missed."""
    return list(Deadline.objects.filter(case=case.pk, state__in=_UNMET).order_by("due_at", "pk"))


def meet(
    case: Case,
    duty: str,
    *,
    by: By,
    at: datetime,
    instance: Instance | None = None,
    only: Deadline | None = None,
) -> list[Deadline]:
    """A duty was done at a moment: every limit set for it is met, in time or late.

    With ``only``, that one alone: each redress has a limit of its own.
    """
    met = [
        deadline
        for deadline in running(case)
        if deadline.duty == duty
        and (instance is None or deadline.instance_id == instance.pk)
        and (only is None or deadline.pk == only.pk)
    ]
    for deadline in met:
        deadline.state, deadline.met_at, deadline.next_look_at = Deadline.State.MET, at, None
        deadline.save(update_fields=["state", "met_at", "next_look_at"])
    if met:
        in_time = all(is_in_time(deadline, at) for deadline in met)
        fact = LimitsMet(duty=duty, in_time=in_time, deadlines=as_told(met))
        timeline.record(case, fact, by=by, at=at, seats=_seats(met), instance=instance)
        refresh_next_due(case)
    return met


def drop(
    case: Case, duty: str, *, by: By, at: datetime, reason: str, only: Deadline | None = None
) -> list[Deadline]:
    """A duty fell away: the person withdrew, or the kind of contact changed.

    With ``only``, that limit alone.
    """
    dropped = [
        deadline
        for deadline in running(case)
        if duty in {deadline.duty, "*"} and (only is None or deadline.pk == only.pk)
    ]
    for deadline in dropped:
        deadline.state, deadline.next_look_at = Deadline.State.DROPPED, None
        deadline.save(update_fields=["state", "next_look_at"])
    if dropped:
        fact = LimitsDropped(duty=duty, deadlines=as_told(dropped))
        timeline.record(case, fact, by=by, at=at, body=reason, seats=_seats(dropped))
        refresh_next_due(case)
    return dropped


def _seats(deadlines: list[Deadline]) -> Seat:
    seats = Seat(0)
    for deadline in deadlines:
        seats |= Seat(deadline.seats)
    return seats
