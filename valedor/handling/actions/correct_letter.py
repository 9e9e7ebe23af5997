"""A letter was wrong: another one takes its place, and both stay visible."""

from datetime import datetime

from valedor.casefile import letters, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Letter
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing, rules
from valedor.handling.facts import LetterCorrected
from valedor.handling.models import Response
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for

_GONE = {Letter.State.ACCEPTED}


@as_the_company
def correct_letter(
    case: Case, *, letter: Letter, body: str, reason: str, by: By, at: datetime
) -> Letter:
    """One that has not left is cancelled; one that has is followed by a corrected one in reply to
    it.

    Raises ``Refused``.
    """
    case = locked(case)
    letter = (
        Letter.objects.select_for_update(of=("self",))
        .select_related("recipient", "meets")
        .get(pk=letter.pk)
    )
    state = case_state(case)
    refuse_if(rules.why_not_correct_letter(state, viewer_for(case, by), letter, reason=reason))
    had_gone = letter.state in _GONE
    if not had_gone:
        letter.state, letter.next_attempt_at = Letter.State.CANCELLED, None
        letter.save(update_fields=["state", "next_attempt_at"])
    point = outgoing.contact_point_of(case, letter.recipient) if letter.recipient else None
    corrected = letters.queue(
        letters.compose_letter(
            case,
            kind=letter.kind,
            subject=letter.subject,
            body=body,
            at=at,
            by=by,
            recipient=letter.recipient,
            contact_point=point,
            meets=letter.meets,
            with_receipt=letter.with_receipt,
            due_at=letter.due_at,
            contents=tuple(letter.contents),
            language=letter.language,
            in_reply_to=letter.message_id if had_gone else "",
        )
    )
    Response.objects.filter(letter=letter, sent_at=None).update(letter=corrected)
    entry = timeline.record(
        case,
        LetterCorrected(letter=corrected.pk, replaced=letter.pk, had_gone=had_gone),
        by=by,
        at=at,
        body=reason,
    )
    outgoing.keep_message(case, entry, corrected, at=at)
    return corrected
