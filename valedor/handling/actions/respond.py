"""Answer the person: a reasoned letter from the house's wording (ISO 10002, response).

Pressing the button does no duty: the answer counts when its letter was taken over (``answered``).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Stage
from valedor.casefile.stages import move_to
from valedor.foundation.refusals import refuse_if
from valedor.handling import answer_letter, outgoing, rules
from valedor.handling.actions.answered import count_as_answered
from valedor.handling.answer_letter import Preview
from valedor.handling.facts import ResponseWritten
from valedor.handling.first_reaction import reacted
from valedor.handling.models import Response
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def respond(
    case: Case,
    *,
    by: By,
    at: datetime,
    opening: str = "",
    places: Mapping[str, str] | None = None,
) -> Response:
    """Write the answer and queue it.

    ``places`` are texts for further places of the wording (causes, measures, participation…), which
    a
    regime may ask for. Raises ``Refused``, also while the letter lacks what the regime asks it to
    hold.
    """
    case = locked(case)
    state = case_state(case)
    viewer = viewer_for(case, by)
    refuse_if(rules.why_not_respond(state, viewer))
    filled = answer_letter.places_of(state, at=at, opening=opening, typed=places or {})
    key = answer_letter.key_of(state)
    refuse_if(
        rules.why_not_respond(
            state,
            viewer,
            text=opening if key == "message" else None,
            missing=answer_letter.missing_of(state, filled),
        )
    )
    meets = next(iter(state.running("respond")), None)
    held = timedelta(seconds=state.house.entity.seconds_to_take_back if by.account else 0)
    letter = outgoing.send(state, key, filled, by=by, at=at, meets=meets, held_for=held)
    template = outgoing.template_of(state, key)
    response = Response.objects.create(
        case=case,
        entity_id=case.entity_id,
        instance=state.instance,
        letter=letter,
        template_key=template.key,
        template_number=template.number,
        by=by.account,
        at=at,
    )
    reacted(case, by=by, at=at)
    move_to(case, Stage.ANSWERED_NOT_SENT, at=at)
    timeline.record(
        case,
        ResponseWritten(
            response=response.pk,
            letter=letter.pk if letter else None,
            template=template.key,
            number=template.number,
        ),
        by=by,
        at=at,
        instance=state.instance,
    )
    if letter is None:
        # Anonymous: the answer is on the page that the access code opens, and nowhere else.
        text = outgoing.written(state, key, filled, by=by)[1]
        count_as_answered(case_state(case), response, text=text, by=by, at=at)
    return response


@as_the_company
def preview_response(
    case: Case,
    *,
    by: By,
    at: datetime,
    opening: str = "",
    places: Mapping[str, str] | None = None,
) -> Preview:
    """The letter as it would go now, what it lacks, and what stands against it. Changes nothing."""
    state = case_state(case)
    filled = answer_letter.places_of(state, at=at, opening=opening, typed=places or {})
    refusal = rules.why_not_respond(
        state, viewer_for(case, by), missing=answer_letter.missing_of(state, filled)
    )
    return answer_letter.preview(state, filled, by=by, refusal=refusal)
