"""Take an answer back in the seconds before it leaves. Nothing reached the person."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Letter
from valedor.casefile.stages import move_to
from valedor.foundation.refusals import Refusal, Refused, refuse_if
from valedor.handling import rules
from valedor.handling.facts import AnswerTakenBack
from valedor.handling.models import Response
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def take_back_answer(case: Case, *, by: By, at: datetime) -> Response:
    """The letter is cancelled and the case stands where it stood; what was typed is a draft again.

    Raises ``Refused``, also where the worker has just taken the letter in hand.
    """
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_take_back_answer(state, viewer_for(case, by), at=at))
    response = state.response
    assert response is not None  # noqa: S101 -- refused above
    cancelled = Letter.objects.filter(
        pk=response.letter_id or 0, state=Letter.State.QUEUED, attempts=0
    ).update(state=Letter.State.CANCELLED, next_attempt_at=None)
    if not cancelled:
        raise Refused(
            Refusal("left_already", _("The answer has left. Correct the letter instead."))
        )
    Response.objects.filter(pk=response.pk).update(replaced_at=at)
    move_to(case, case_state(case).resting_stage, at=at)
    fact = AnswerTakenBack(response=response.pk, letter=response.letter_id)
    timeline.record(case, fact, by=by, at=at, instance=state.instance)
    return response
