"""Write to the person. The letter is queued in the same transaction."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Message
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing, rules
from valedor.handling.alarms import settle_alarms
from valedor.handling.facts import MessageSent
from valedor.handling.first_reaction import reacted
from valedor.handling.first_word import owed_word
from valedor.handling.models import Alarm
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def send_message(case: Case, *, text: str, by: By, at: datetime) -> Message:
    """Raises ``Refused``.

    Somebody's first words are the first answer, once sent; later ones say where the case stands.
    """
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_send_message(state, viewer_for(case, by), text=text))
    places = {"words": text}
    meets = owed_word(state, "message", places, by=by)
    letter = outgoing.send(state, "message", places, by=by, at=at, meets=meets)
    entry = timeline.record(
        case,
        MessageSent(
            channel=str(letter.channel if letter else case.answer_channel),
            letter=letter.pk if letter else None,
        ),
        by=by,
        at=at,
        body=text,
    )
    reacted(case, by=by, at=at)
    settle_alarms(case, Alarm.Cause.PERSON_WROTE, at=at)
    Message.objects.filter(case=case, direction=Message.Direction.IN, answered_at=None).update(
        answered_at=at
    )
    return outgoing.keep_message(case, entry, letter, at=at)
