"""Ask the person for information. The clock waits only where the regime allows it."""

from collections.abc import Sequence
from datetime import datetime

from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Stage
from valedor.casefile.stages import move_to
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing, rules
from valedor.handling.facts import Asked, QuestionWithdrawn
from valedor.handling.first_word import owed_word
from valedor.handling.models import Alarm, Inquiry
from valedor.handling.queries import CaseState, case_state
from valedor.handling.standing import as_the_company, viewer_for

# What asking is called in the packs, with what ends it. Some regimes know one of these, most none.
PAUSES = {
    "information": {
        "more_information_requested": "more_information_received",
        "clarification_requested": "clarification_received",
    },
    "identity": {"identity_check_needed": "identity_confirmed"},
}


def pause_of(state: CaseState, about: str = "information") -> tuple[str, str]:
    """The event by which asking stops a clock of this case, and the one by which it goes on.

    Empty where no regime of the case allows it.
    """
    known = PAUSES[about].items()
    return next(((asked, got) for asked, got in known if asked in state.events), ("", ""))


@as_the_company
def ask(
    case: Case,
    *,
    text: str,
    by: By,
    at: datetime,
    answer_by: datetime | None = None,
    about: str = "information",
) -> Inquiry:
    """Put a question to the person by letter. Raises ``Refused``.

    One that names a day says why it takes longer and until when: it is a first answer, too.
    ``about`` is ``information`` or ``identity``: regimes that pause for one need not for the other.
    """
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_ask(state, viewer_for(case, by), text=text))

    event, ends = pause_of(state, about)
    inquiry = Inquiry(
        case=case,
        entity_id=case.entity_id,
        to=Inquiry.To.COMPLAINANT,
        question=text,
        answer_by=answer_by,
        by=by.account,
        at=at,
    )
    move_to(case, Stage.AWAITING_COMPLAINANT, at=at)
    if event:
        moved = limits.happen(case, state.instance, event, by=by, at=at, reason=text)
        inquiry.pauses, inquiry.resumes_with = bool(moved), ends
    places = {
        "question": text,
        "answer_by": outgoing.last_day(answer_by, state.house, case.language),
        "clock_waits": "yes" if inquiry.pauses else "",
        "clock_runs": "" if inquiry.pauses else "yes",
    }
    meets = owed_word(state, "question", places, by=by)
    letter = outgoing.send(state, "question", places, by=by, at=at, meets=meets)
    entry = timeline.record(
        case,
        Asked(
            inquiry=inquiry.pk,
            answer_by=answer_by.isoformat() if answer_by else "",
            pauses=inquiry.pauses,
        ),
        by=by,
        at=at,
        body=text,
    )
    inquiry.entry = entry
    inquiry.save(force_insert=True)
    outgoing.keep_message(case, entry, letter, at=at)
    return inquiry


@as_the_company
def withdraw_question(case: Case, *, inquiry: Inquiry, by: By, at: datetime) -> Inquiry:
    """A question needs no answer any more.

    A clock that waited for it goes on. Raises ``Refused``.
    """
    case = locked(case)
    state = case_state(case)
    inquiry = Inquiry.objects.select_related("deadline").get(pk=inquiry.pk, case=case)
    refuse_if(rules.why_not_withdraw_question(state, viewer_for(case, by), inquiry))
    inquiry.withdrawn_at = at
    inquiry.save(update_fields=["withdrawn_at"])
    move_to(case, case_state(case).resting_stage, at=at)
    if inquiry.deadline is not None:
        duty = inquiry.deadline.duty
        limits.drop(case, duty, by=by, at=at, reason="withdrawn", only=inquiry.deadline)
        Alarm.objects.filter(deadline=inquiry.deadline, settled_at=None).update(settled_at=at)
    resume(state, [inquiry], by=by, at=at)
    timeline.record(case, QuestionWithdrawn(inquiry=inquiry.pk), by=by, at=at)
    return inquiry


def resume(state: CaseState, questions: Sequence[Inquiry], *, by: By, at: datetime) -> None:
    """The clocks that waited for an answer to these questions go on."""
    for event in dict.fromkeys(one.resumes_with for one in questions if one.pauses):
        limits.happen(state.case, state.instance, event, by=by, at=at)
