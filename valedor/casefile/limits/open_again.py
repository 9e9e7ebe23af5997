"""Limits that were met by something that did not arrive, and run again."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.actors import By
from valedor.casefile.limits.begin import refresh_next_due
from valedor.casefile.limits.facts import LimitsOpenedAgain, as_told
from valedor.casefile.limits.move import count
from valedor.casefile.models import Case, Deadline, Instance
from valedor.casefile.seats import Seat
from valedor.procedures.house_rules import house_rules


def open_again(
    case: Case, instance: Instance, duty: str, *, met_at: datetime, by: By, at: datetime
) -> list[Deadline]:
    """The limits of a duty that were met at a moment run again, counted from their start and
    events; those that have ended meanwhile are missed at the next look.
    """
    opened = list(
        Deadline.objects.filter(
            case=case.pk, instance=instance, duty=duty, state=Deadline.State.MET, met_at=met_at
        ).order_by("pk")
    )
    house = house_rules(case.entity_id)
    for deadline in opened:
        deadline.state, deadline.met_at = Deadline.State.RUNNING, None
        deadline.save(update_fields=["state", "met_at"])
        count(deadline, house)
    if opened:
        seats = Seat(0)
        for deadline in opened:
            seats |= Seat(deadline.seats)
        fact = LimitsOpenedAgain(duty=duty, deadlines=as_told(opened))
        timeline.record(case, fact, by=by, at=at, seats=seats, instance=instance)
        refresh_next_due(case)
    return opened
