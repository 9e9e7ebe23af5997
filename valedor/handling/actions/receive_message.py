"""The person writes, calls or comes by. What they say is kept whole, and somebody is told once."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.actors import By
from valedor.casefile.joining import locked_where_it_goes_on
from valedor.casefile.models import Case, Message, RawMessage, Stage
from valedor.casefile.stages import move_to
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.actions.ask import resume
from valedor.handling.alarms import raise_alarm
from valedor.handling.facts import MessageReceived, QuestionAnswered
from valedor.handling.models import Alarm, Inquiry
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.people.models import Account


@as_the_company
def receive_message(
    case: Case,
    *,
    text: str,
    channel: Case.Channel,
    by: By,
    at: datetime,
    raw: RawMessage | None = None,
    recorded_at: datetime | None = None,
    heard_by: Account | None = None,
) -> Message:
    """Keep a message of the person. It answers what was asked of them before, and ends a pause.

    ``at`` is when it reached the house, ``recorded_at`` when somebody there saw it: what was asked
    in between is still open. A closed case stays closed: the alarm has somebody look. What
    comes to a merged case reaches the one in which it goes on. Whoever
    ``heard_by`` names talked with them: only another handler need be told. Raises ``Refused``.
    """
    case = locked_where_it_goes_on(case)
    state = case_state(case)
    refuse_if(rules.why_not_receive_message(state, viewer_for(case, by), text=text))
    questions = [one for one in state.questions_to_person if one.at <= at]
    Inquiry.objects.filter(pk__in=[one.pk for one in questions]).update(answered_at=at, answer=text)
    if case.stage == Stage.AWAITING_COMPLAINANT:
        move_to(case, case_state(case).resting_stage, at=at)
    resume(state, questions, by=by, at=at)
    entry = timeline.record(
        case,
        MessageReceived(channel=str(channel), raw=raw.pk if raw else None),
        by=by,
        at=at,
        body=text,
        recorded_at=recorded_at,
    )
    for question in questions:
        timeline.record(case, QuestionAnswered(inquiry=question.pk), by=by, at=at)
    if raw is not None:
        RawMessage.objects.filter(pk=raw.pk).update(case=case, state=RawMessage.State.REGISTERED)
    if heard_by is None or case.holder_id not in {None, heard_by.pk}:
        raise_alarm(case, Alarm.Cause.PERSON_WROTE, at=recorded_at or at)
    return Message.objects.create(
        case=case,
        entity_id=case.entity_id,
        entry=entry,
        direction=Message.Direction.IN,
        channel=channel,
        raw=raw,
        at=at,
    )
