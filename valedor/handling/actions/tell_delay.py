"""Tell the person that it takes longer, and why. No legal limit moves by it.

Where a first answer is owed within 24 or 48 hours, this word is that first answer.
"""

from datetime import date, datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Deadline
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing, rules
from valedor.handling.facts import DelayTold
from valedor.handling.first_word import owed_word
from valedor.handling.models import DelayNotice
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def tell_delay(
    case: Case,
    *,
    reason: str,
    expected_on: date,
    by: By,
    at: datetime,
    done_so_far: str = "",
) -> DelayNotice:
    """Raises ``Refused``."""
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_tell_delay(state, viewer_for(case, by), reason=reason))
    law = next(
        (one for one in state.running("respond") if one.role == Deadline.Role.LAW and one.due_at),
        None,
    )
    language, house = case.language, state.house
    places = {
        "law_date": outgoing.last_day(law.due_at if law else None, house, language),
        "new_date": outgoing.day(expected_on, house, language),
        "reason": reason,
        "done_so_far": done_so_far,
    }
    meets = owed_word(state, "delay_notice", places, by=by)
    places["first_date"] = outgoing.last_day(meets.due_at if meets else None, house, language)
    letter = outgoing.send(state, "delay_notice", places, by=by, at=at, meets=meets)
    notice = DelayNotice.objects.create(
        case=case,
        entity_id=case.entity_id,
        deadline=meets,
        extends=False,
        reason=reason,
        letter=letter,
        by=by.account,
        at=at,
    )
    entry = timeline.record(
        case, DelayTold(expected_on=expected_on.isoformat()), by=by, at=at, body=reason
    )
    outgoing.keep_message(case, entry, letter, at=at)
    return notice
