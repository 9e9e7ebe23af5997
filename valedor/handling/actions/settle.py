"""Close a contact that was served: an appointment kept, an order delivered, a question answered at
once. Nothing was decided, so no letter tells where to turn to next; what led here was told in its
own words.
"""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.actions.close import end, tell_areas
from valedor.handling.facts import Closed
from valedor.handling.models import Closure
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company


@as_the_company
def settle(case: Case, *, reason: Closure.Reason, by: By, at: datetime, note: str = "") -> Closure:
    """Raises ``Refused``. Whoever calls it has asked whether ``by`` may do what brings it about."""
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_settle(state, reason=reason))
    closure = end(state, reason, by=by, at=at, note=note)
    timeline.record(case, Closed(closure=closure.pk, reason=str(reason)), by=by, at=at, body=note)
    tell_areas(state, by=by, at=at)
    return closure
