"""Decide one grievance before the instance that deals with the case (ISO 10002, response)."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Grievance
from valedor.casefile.stages import move_to
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.facts import Decided
from valedor.handling.models import Decision
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def decide(
    case: Case,
    *,
    grievance: Grievance,
    outcome: Decision.Outcome,
    reasons: str,
    by: By,
    at: datetime,
    grounds: str = "",
) -> Decision:
    """A newer decision replaces an earlier one of the same instance.

    Both stay. Raises ``Refused``.
    """
    case = locked(case)
    state = case_state(case)
    refuse_if(
        rules.why_not_decide(
            state,
            viewer_for(case, by),
            grievance=grievance,
            outcome=outcome,
            reasons=reasons,
            grounds=grounds,
        )
    )
    earlier = state.decisions.get(grievance.pk)
    if earlier is not None:
        earlier.replaced_at = at
        earlier.save(update_fields=["replaced_at"])
    decision = Decision.objects.create(
        case=case,
        entity_id=case.entity_id,
        seats=int(Decided.seats),
        instance=state.instance,
        grievance=grievance,
        outcome=outcome,
        grounds=grounds,
        reasons=reasons,
        by=by.account,
        at=at,
    )
    move_to(case, case_state(case).resting_stage, at=at)
    timeline.record(
        case,
        Decided(
            decision=decision.pk,
            grievance=grievance.pk,
            ordinal=grievance.ordinal,
            outcome=str(outcome),
            replaces=earlier.pk if earlier else None,
            grounds=grounds,
        ),
        by=by,
        at=at,
        body=reasons,
        instance=state.instance,
    )
    return decision
