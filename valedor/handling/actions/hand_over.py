"""Hand a case over to somebody else, or back to the team, with the reason."""

from datetime import datetime

from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.actions.assign import hand, why_not_give_to
from valedor.handling.eligibility import candidate
from valedor.handling.models import Assignment
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.people.models import Account, Team


@as_the_company
def hand_over(
    case: Case,
    *,
    by: By,
    at: datetime,
    reason: str,
    holder: Account | None = None,
    team: Team | None = None,
) -> Assignment:
    """Without a ``holder`` the case waits with the team until somebody takes it.

    Raises ``Refused``.
    """
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_hand_over(state, viewer_for(case, by), reason=reason))
    to_team = team or case.team or state.house.reception
    if to_team is None:
        refuse_if(rules.no_team())
    assert to_team is not None  # noqa: S101 -- refused above
    if holder is not None:
        refuse_if(why_not_give_to(candidate(state, holder, at=at), reason=reason))
    return hand(state, holder, to_team, basis="reassigned", reason=reason, by=by, at=at)
