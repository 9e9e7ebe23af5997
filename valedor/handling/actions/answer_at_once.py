"""Answer an enquiry while the person is there (first contact resolution).

What they were told is kept, confirmed to them in writing where there is an address, and the case
ends with it: nobody waits for another answer.
"""

from datetime import datetime

from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Message
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing, rules
from valedor.handling.actions.answered import MET_BY_THE_ANSWER
from valedor.handling.actions.settle import settle
from valedor.handling.facts import AnsweredAtOnce
from valedor.handling.first_reaction import reacted
from valedor.handling.models import Closure
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def answer_at_once(case: Case, *, text: str, article: str = "", by: By, at: datetime) -> Message:
    """Raises ``Refused``. ``article`` is the key of what it was answered from."""
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_answer_at_once(state, viewer_for(case, by), text=text))
    letter = outgoing.send(state, "message", {"words": text}, by=by, at=at)
    entry = timeline.record(
        case,
        AnsweredAtOnce(
            channel=str(case.channel), letter=letter.pk if letter else None, article=article
        ),
        by=by,
        at=at,
        body=text,
    )
    message = outgoing.keep_message(case, entry, letter, at=at)
    reacted(case, by=by, at=at)
    for duty in MET_BY_THE_ANSWER:
        limits.meet(case, duty, by=by, at=at)
    settle(case, reason=Closure.Reason.ANSWERED_AT_ONCE, by=by, at=at)
    return message
