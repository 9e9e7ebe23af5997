"""Take a case into one's own hands."""

from datetime import datetime

from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.actions.assign import hand
from valedor.handling.first_reaction import reacted
from valedor.handling.models import Assignment
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def take(case: Case, *, by: By, at: datetime) -> Assignment:
    """Become responsible for a case that nobody holds; whoever leads takes over a held one too.

    Raises ``Refused``.
    """
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_take(state, viewer_for(case, by)))
    team = case.team or state.house.reception
    if team is None:
        refuse_if(rules.no_team())
    assert team is not None and by.account is not None  # noqa: S101, PT018 -- refused above
    taken = hand(state, by.account, team, basis="taken", reason="", by=by, at=at)
    reacted(case, by=by, at=at)
    return taken
