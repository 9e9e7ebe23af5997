"""Ask an area of the house, and answer as one. No clock waits for the house itself."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Stage
from valedor.casefile.stages import move_to
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.facts import AreaAnswered, AreaAsked
from valedor.handling.models import Inquiry
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.procedures.models import Area


@as_the_company
def ask_area(
    case: Case,
    *,
    area: Area,
    text: str,
    by: By,
    at: datetime,
    answer_by: datetime | None = None,
) -> Inquiry:
    """Put a question to an area. Raises ``Refused``."""
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_ask_area(state, viewer_for(case, by), text=text, area_id=area.pk))
    if case.stage in {Stage.RECEIVED, Stage.ASSESSED}:
        move_to(case, Stage.INVESTIGATION, at=at)
    inquiry = Inquiry(
        case=case,
        entity_id=case.entity_id,
        seats=int(AreaAsked.seats),
        to=Inquiry.To.AREA,
        area=area,
        question=text,
        answer_by=answer_by,
        by=by.account,
        at=at,
    )
    inquiry.entry = timeline.record(
        case,
        AreaAsked(
            inquiry=inquiry.pk,
            area=area.name,
            answer_by=answer_by.isoformat() if answer_by else "",
        ),
        by=by,
        at=at,
        body=text,
    )
    inquiry.save(force_insert=True)
    return inquiry


@as_the_company
def answer_inquiry(case: Case, *, inquiry: Inquiry, text: str, by: By, at: datetime) -> Inquiry:
    """Answer as the area that was asked. Raises ``Refused``."""
    case = locked(case)
    inquiry = Inquiry.objects.select_related("area", "case").get(pk=inquiry.pk, case=case)
    refuse_if(rules.why_not_answer_inquiry(viewer_for(case, by), inquiry, text=text))
    inquiry.answered_at, inquiry.answered_by, inquiry.answer = at, by.account, text
    inquiry.save(update_fields=["answered_at", "answered_by", "answer"])
    timeline.record(
        case,
        AreaAnswered(inquiry=inquiry.pk, area=str(inquiry.area.name if inquiry.area else "")),
        by=by,
        at=at,
        body=text,
    )
    return inquiry
