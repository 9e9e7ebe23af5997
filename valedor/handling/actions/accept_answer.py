"""The person agrees with the answer.

What was offered and waited for their yes is agreed with it.
"""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.actions.settle_redress import agree
from valedor.handling.alarms import raise_alarm
from valedor.handling.facts import AnswerAccepted, RedressAccepted
from valedor.handling.models import Alarm, Response
from valedor.handling.queries import case_state
from valedor.handling.redress_words import told
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def accept_answer(
    case: Case, *, by: By, at: datetime, channel: str = Case.Channel.WEB_FORM
) -> Response:
    """By the person, or by staff who write down what they said by telephone. Raises ``Refused``."""
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_accept_answer(state, viewer_for(case, by), actor=by.actor))
    response = state.response
    assert response is not None  # noqa: S101 -- refused above
    response.accepted_at = at
    response.save(update_fields=["accepted_at"])
    timeline.record(
        case,
        AnswerAccepted(response=response.pk, channel=str(channel)),
        by=by,
        at=at,
        instance=state.instance,
    )
    for redress in state.offered:
        timeline.record(case, RedressAccepted(**told(redress)), by=by, at=at)
        agree(state, redress, by=by, at=at)
    raise_alarm(case, Alarm.Cause.PERSON_WROTE, at=at)
    return response
