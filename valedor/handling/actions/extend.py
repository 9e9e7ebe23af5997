"""More time for the answer, with notice and reasons, where the regime allows it."""

from datetime import datetime

from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing, rules
from valedor.handling.facts import Extended
from valedor.handling.first_word import owed_word
from valedor.handling.models import DelayNotice
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.procedures.letter_facts import law_in_words


@as_the_company
def extend(
    case: Case,
    *,
    length: int,
    reason: str,
    by: By,
    at: datetime,
    unit: str = "",
    done_so_far: str = "",
) -> DelayNotice:
    """Extend the limits of the answer by ``length`` (in the clock's own unit unless said
    otherwise).

    Raises ``Refused``: where no regime allows it, and by the clock, beyond its limit or after the
    due day.
    """
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_extend(state, viewer_for(case, by), length=length, reason=reason))
    before = next((one for one in state.running("respond") if one.due_at), None)
    moved = limits.happen(
        case, state.instance, "extended", by=by, at=at, length=length, unit=unit, reason=reason
    )
    extended = min(
        (one for one in moved if one.due_at), key=lambda one: one.due_at or at, default=None
    )
    refuse_if(rules.why_not_extend(state, viewer_for(case, by)) if extended is None else None)
    due_at = extended.due_at if extended else None
    language, house = case.language, state.house
    law = extended and law_in_words(extended.procedure_version_id, extended.clock, language)
    places = {
        "first_date": outgoing.last_day(before.due_at if before else None, house, language),
        "new_date": outgoing.last_day(due_at, house, language),
        "law": law or "",
        "reason": reason,
        "done_so_far": done_so_far,
    }
    meets = owed_word(state, "extension", places, by=by)
    letter = outgoing.send(
        state,
        "extension",
        places,
        by=by,
        at=at,
        meets=meets,
        due_at=before.due_at if before else None,
    )
    notice = DelayNotice.objects.create(
        case=case,
        entity_id=case.entity_id,
        deadline=extended,
        extends=True,
        reason=reason,
        letter=letter,
        by=by.account,
        at=at,
    )
    entry = timeline.record(
        case,
        Extended(
            length=length,
            unit=unit or (extended.unit if extended else ""),
            due_on=extended.due_on.isoformat() if extended and extended.due_on else "",
        ),
        by=by,
        at=at,
        body=reason,
        instance=state.instance,
    )
    outgoing.keep_message(case, entry, letter, at=at)
    return notice
