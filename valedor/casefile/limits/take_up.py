"""Limits that fell away with something that was taken back, and run on as if nothing had been."""

from collections.abc import Sequence
from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.actors import By
from valedor.casefile.limits.begin import refresh_next_due
from valedor.casefile.limits.facts import LimitsTakenUp, as_told
from valedor.casefile.limits.move import count
from valedor.casefile.models import Case, Deadline
from valedor.casefile.seats import Seat
from valedor.procedures.house_rules import house_rules


def take_up(
    case: Case, deadlines: Sequence[int], *, by: By, at: datetime, reason: str
) -> list[Deadline]:
    """Those of these limits that were dropped run again, counted from their start and events; what
    has ended meanwhile is missed at the next look.
    """
    found = list(
        Deadline.objects.filter(
            case=case.pk, pk__in=deadlines, state=Deadline.State.DROPPED
        ).order_by("pk")
    )
    house = house_rules(case.entity_id)
    for deadline in found:
        deadline.state = Deadline.State.RUNNING
        deadline.save(update_fields=["state"])
        count(deadline, house)
    if found:
        seats = Seat(0)
        for deadline in found:
            seats |= Seat(deadline.seats)
        fact = LimitsTakenUp(deadlines=as_told(found))
        timeline.record(case, fact, by=by, at=at, body=reason, seats=seats)
        refresh_next_due(case)
    return found
