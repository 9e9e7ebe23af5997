"""Ask an area of the house, and answer as one. No clock waits for the house itself.

Each question has a limit of its own: whoever asked is warned before it ends and when it has.
"""

from datetime import datetime

from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Deadline, Stage
from valedor.casefile.stages import move_to
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.area_limit import area_limit
from valedor.handling.facts import AreaAnswered, AreaAsked
from valedor.handling.models import Alarm, Inquiry
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.procedures.applicable import AREA_DUTY
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
    """Put a question to an area, to be answered by the day that is named or the house's own.

    Raises ``Refused``.
    """
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_ask_area(state, viewer_for(case, by), text=text, area_id=area.pk))
    if case.stage in {Stage.RECEIVED, Stage.ASSESSED}:
        move_to(case, Stage.INVESTIGATION, at=at)
    limit = area_limit(state, at=at, named=answer_by)
    inquiry = Inquiry(
        case=case,
        entity_id=case.entity_id,
        seats=int(AreaAsked.seats),
        to=Inquiry.To.AREA,
        area=area,
        question=text,
        answer_by=limit.due_at,
        by=by.account,
        at=at,
    )
    inquiry.deadline = limits.add(
        case,
        state.instance,
        duty=AREA_DUTY,
        due_at=limit.due_at,
        by=by,
        at=at,
        seats=AreaAsked.seats,
        length=limit.length,
        unit=limit.unit,
        role=Deadline.Role.TARGET,
    )
    inquiry.entry = timeline.record(
        case,
        AreaAsked(
            inquiry=inquiry.pk,
            area=area.name,
            answer_by=limit.due_at.isoformat(),
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
    inquiry = Inquiry.objects.select_related("area", "case", "deadline").get(
        pk=inquiry.pk, case=case
    )
    refuse_if(rules.why_not_answer_inquiry(viewer_for(case, by), inquiry, text=text))
    inquiry.answered_at, inquiry.answered_by, inquiry.answer = at, by.account, text
    inquiry.save(update_fields=["answered_at", "answered_by", "answer"])
    if inquiry.deadline is not None:
        limits.meet(case, AREA_DUTY, by=by, at=at, only=inquiry.deadline)
        Alarm.objects.filter(deadline=inquiry.deadline, settled_at=None).update(settled_at=at)
    timeline.record(
        case,
        AreaAnswered(inquiry=inquiry.pk, area=str(inquiry.area.name if inquiry.area else "")),
        by=by,
        at=at,
        body=text,
    )
    return inquiry
