"""Other rules hold for a case: the limits that no longer apply go, those that do now begin."""

from collections.abc import Sequence
from datetime import datetime

from valedor.casefile import limits, timeline
from valedor.casefile.actors import By
from valedor.casefile.limits.begin import record_begun, refresh_next_due
from valedor.casefile.limits.facts import LimitsDropped, as_told
from valedor.casefile.models import Deadline
from valedor.foundation import rows
from valedor.handling.queries import CaseState


def hold_other_rules(state: CaseState, *, by: By, at: datetime, reason: str) -> bool:
    """Drop the limits that no longer apply and begin those that do; what was met stays met.

    All are counted from the moment of receipt, as if the rules had held from the first day. Whether
    any limit changed.
    """
    case, instance = state.case, state.instances[0]
    now = limits.begin(
        case, instance, state.house, starts_at=case.received_at, registered_at=case.registered_at
    )
    before = list(Deadline.objects.filter(case=case, instance=instance))
    before = [one for one in before if one.state != Deadline.State.DROPPED]
    still = {_same(one) for one in now}
    gone = [
        one
        for one in before
        if _same(one) not in still and one.state != Deadline.State.MET and one.regime != "house"
    ]
    known = {_same(one) for one in before}
    done = {one.duty for one in before if one.state == Deadline.State.MET}
    begun = [one for one in now if _same(one) not in known and one.duty not in done]
    for one in gone:
        one.state, one.next_look_at = Deadline.State.DROPPED, None
        one.save(update_fields=["state", "next_look_at"])
    if gone:
        fact = LimitsDropped(duty=_duties(gone), deadlines=as_told(gone))
        timeline.record(case, fact, by=by, at=at, body=reason, instance=instance)
    rows.write(begun)
    if begun:
        instance.procedure_versions = sorted(
            {*instance.procedure_versions}
            | {one.procedure_version_id for one in begun if one.procedure_version_id}
        )
        instance.save(update_fields=["procedure_versions"])
        record_begun(case, instance, begun, by=by, at=at)
    refresh_next_due(case)
    return bool(gone or begun)


def _same(deadline: Deadline) -> tuple[str, str, str, str]:
    return deadline.regime, deadline.clock, str(deadline.role), deadline.reading


def _duties(deadlines: Sequence[Deadline]) -> str:
    return ", ".join(sorted({one.duty for one in deadlines}))
