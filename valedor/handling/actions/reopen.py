"""A closed case goes on. It is owed an answer again, inside limits that begin now."""

from dataclasses import replace
from datetime import datetime

from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.limits.begin import record_begun, refresh_next_due
from valedor.casefile.models import Case, Grievance, Instance
from valedor.casefile.stages import move_to
from valedor.foundation import rows
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.facts import Reopened
from valedor.handling.models import Closure, Reopening, Response
from valedor.handling.queries import CaseState, case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def reopen(case: Case, *, reason: str, by: By, at: datetime) -> Reopening:
    """Raises ``Refused``.

    Decisions stay until they are replaced; the earlier answer stays visible.
    """
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_reopen(state, viewer_for(case, by), reason=reason))
    _undo(state, at=at)
    Response.objects.filter(case=case, instance=state.instance, replaced_at=None).update(
        replaced_at=at
    )
    instance = state.instance
    Instance.objects.filter(pk=instance.pk).update(closed_at=None)
    reopening = Reopening.objects.create(
        case=case, entity_id=case.entity_id, reason=reason, by=by.account, at=at
    )
    move_to(case, replace(case_state(case), closure=None).resting_stage, at=at)
    begun = [
        one
        for one in limits.begin(case, instance, state.house, starts_at=at, registered_at=at)
        if one.duty != "acknowledge"
    ]
    rows.write(begun)
    if begun:
        record_begun(case, instance, begun, by=by, at=at)
    refresh_next_due(case)
    timeline.record(
        case, Reopened(reopening=reopening.pk), by=by, at=at, body=reason, instance=instance
    )
    return reopening


def go_on(case: Case, *, reason: str, by: By, at: datetime) -> None:
    """A locked case that was closed goes on as it stood, for something is owed of it again that is
    no new answer: word to another body, what a third decided. Nothing begins anew.
    """
    if case.closed_at is None:
        return
    state = case_state(case)
    _undo(state, at=at)
    Instance.objects.filter(pk=state.instance.pk).update(closed_at=None)
    reopening = Reopening.objects.create(
        case=case, entity_id=case.entity_id, reason=reason, by=by.account, at=at
    )
    move_to(case, replace(case_state(case), closure=None).resting_stage, at=at)
    refresh_next_due(case)
    timeline.record(
        case, Reopened(reopening=reopening.pk), by=by, at=at, body=reason, instance=state.instance
    )


def _undo(state: CaseState, *, at: datetime) -> None:
    closure = state.closure
    if closure is None:
        return
    Closure.objects.filter(pk=closure.pk).update(undone_at=at)
    if closure.reason == Closure.Reason.WITHDRAWN:
        withdrawn = Grievance.objects.filter(case=state.case, withdrawn_at=closure.at)
        withdrawn.update(withdrawn_at=None)
