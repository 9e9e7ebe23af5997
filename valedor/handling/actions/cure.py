"""What was missing has arrived: the clock goes on where it stood."""

from datetime import datetime

from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.casefile.stages import move_to
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.actions.request_cure import CURED
from valedor.handling.alarms import settle_alarms
from valedor.handling.facts import Cured
from valedor.handling.models import Alarm, CureRequest
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def cure(case: Case, *, by: By, at: datetime, text: str = "") -> CureRequest:
    """The missing details are here, from the person or written down by staff. Late is welcome too.

    Raises ``Refused``.
    """
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_cure(state, viewer_for(case, by)))
    request = state.cure
    assert request is not None  # noqa: S101 -- refused above
    request.cured_at = at
    request.save(update_fields=["cured_at"])
    move_to(case, case_state(case).resting_stage, at=at)
    limits.happen(case, state.instance, CURED, by=by, at=at)
    limits.meet(case, "cure", by=by, at=at)
    settle_alarms(case, Alarm.Cause.CURE_LAPSED, at=at)
    timeline.record(case, Cured(in_time=at < request.cure_by), by=by, at=at, body=text)
    return request
