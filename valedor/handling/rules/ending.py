"""The person's yes or no to the answer, and the end of a case."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Entry, Kind
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.foundation.spoken_dates import day_in_words
from valedor.handling.models import Closure, Response
from valedor.handling.queries import CaseState
from valedor.handling.rules.contacts import why_not_passed_on
from valedor.handling.rules.standing import (
    is_person,
    why_not_for_person,
    why_not_handle,
    why_not_here,
    why_not_open,
)
from valedor.handling.rules.words import why_not_text
from valedor.people.permissions import Permission

# What may end without an answer: nothing was asked for.
NEEDS_NO_ANSWER = frozenset({Kind.THANKS})


def why_not_answered(state: CaseState) -> Refusal | None:
    """Whether there is an answer to say yes or no to."""
    if state.response is None or state.response.sent_at is None:
        return Refusal("not_answered", _("This case has not been answered yet."))
    return None


def why_not_accept_answer(
    state: CaseState, viewer: Viewer, *, actor: str = Entry.Actor.COMPLAINANT
) -> Refusal | None:
    if refusal := why_not_for_person(state, viewer, actor=actor) or why_not_answered(state):
        return refusal
    if state.response is not None and state.response.accepted_at is not None:
        return Refusal("already_accepted", _("The answer has already been accepted."))
    if state.response is not None and state.response.contested_at is not None:
        return Refusal("contested", _("The answer was contested; a second look is being taken."))
    return why_not_open(state)


def why_not_withdraw(
    state: CaseState, viewer: Viewer, *, actor: str = Entry.Actor.COMPLAINANT
) -> Refusal | None:
    if refusal := why_not_for_person(state, viewer, actor=actor):
        return refusal
    if state.is_before_a_body:
        return Refusal(
            "before_a_body",
            _("Another body has this case. It is withdrawn there first, and then here."),
        )
    if state.agreed:
        return Refusal(
            "redress_pending",
            _("Something was agreed and is not carried out yet; the case stays open until it is."),
        )
    return why_not_open(state)


def why_not_close(
    state: CaseState, viewer: Viewer, *, at: datetime, reason: str | None = None
) -> Refusal | None:
    """A case ends with the person's agreement, or with the next step shown.

    Never by silence alone: theirs counts when the day that the answer told them is over.
    """
    if refusal := why_not_here(state, viewer):
        return refusal
    if state.case.closed_at is not None:
        return Refusal("already_closed", _("This case is already closed."))
    if refusal := why_not_handle(state, viewer):
        return refusal
    if state.agreed:
        return Refusal("redress_pending", _("Agreed redress has not been carried out yet."))
    if state.is_before_a_body:
        return Refusal(
            "before_a_body", _("Another body has this case: it stays open until that is over.")
        )
    if state.awaiting_approval:
        return Refusal("awaiting_approval", _("Redress waits for an approver's yes."))
    if state.response is not None and state.response.sent_at is None:
        return Refusal("not_sent_yet", _("The answer has not been sent yet."))
    if any(one.to == "area" for one in state.inquiries):
        return Refusal(
            "inquiry_open", _("An area has not answered yet. Withdraw the question first.")
        )
    if refusal := why_not_passed_on(state):
        return refusal
    if reason is not None:
        return _why_not_for_reason(state, reason, at=at)
    refusals = {one: _why_not_for_reason(state, one, at=at) for one in Closure.Reason}
    # An answer is how most cases end: where none can end, it says what that one lacks.
    return None if None in refusals.values() else refusals[Closure.Reason.ANSWERED]


def _why_not_for_reason(state: CaseState, reason: str, *, at: datetime) -> Refusal | None:
    response = state.response
    answered = response is not None and response.sent_at is not None
    match reason:
        case Closure.Reason.AGREED:
            if not (response is not None and response.accepted_at):
                return Refusal("not_agreed", _("The person has not said that they agree."))
        case Closure.Reason.ANSWERED:
            if response is None or not answered:
                return Refusal("not_answered", _("This case has not been answered yet."))
            if any(one.needs_acceptance for one in state.offered):
                return Refusal(
                    "offer_open",
                    _("The person has not said yet whether they take what was offered."),
                )
            if state.case.kind in NEEDS_NO_ANSWER or state.is_decided_outside:
                return None  # Nobody waits for a word: none was asked for, or others decided.
            return _why_not_for_silence(response, state.house.entity.timezone, at=at)
        case Closure.Reason.INADMISSIBLE:
            admitted = state.assessment is None or state.assessment.is_admissible
            if admitted or not answered:
                return Refusal(
                    "not_inadmissible",
                    _("Only a case that was not admitted, and whose person was told why, ends so."),
                )
        case Closure.Reason.NOT_COMPLETED:
            if state.cure is None or state.cure.lapsed_at is None:
                return Refusal(
                    "cure_not_lapsed", _("The time to send the missing details is not over.")
                )
        case Closure.Reason.NO_ANSWER_NEEDED:
            if state.case.kind not in NEEDS_NO_ANSWER:
                return Refusal("answer_needed", _("A contact of this kind is owed an answer."))
        case Closure.Reason.MERGED:
            return Refusal("not_merged", _("Merge it with the other case instead."))
        case reason if reason in SETTLED - {Closure.Reason.WITHDRAWN}:
            return Refusal("not_settled", _("A contact ends so by itself, when it was served."))
        case Closure.Reason.WITHDRAWN:
            return Refusal("not_withdrawn", _("Only the person withdraws a case."))
        case _:
            return Refusal("no_such_reason", _("Choose the reason from the list."))
    return None


def _why_not_for_silence(response: Response, timezone: str, *, at: datetime) -> Refusal | None:
    """Silence is taken for an answer only once it has lasted; whoever agreed was not silent.

    The answers of before there was a reaction period told no day, and have none.
    """
    if response.accepted_at is not None:
        return Refusal("agreed", _("The person agrees with the answer: close it as agreed."))
    if response.react_by is None or at >= response.react_by:
        return None
    last = (response.react_by - timedelta(microseconds=1)).astimezone(ZoneInfo(timezone)).date()
    return Refusal(
        "time_to_react",
        _(
            "The person has until %(day)s to say whether they agree. If they say nothing, the case "
            "can be closed after that day."
        ),
        {"day": day_in_words(last, get_language() or "en", with_weekday=True)},
    )


# How a contact comes to its end by itself: what was asked for was given, or cannot be any more.
SETTLED = frozenset(
    {
        Closure.Reason.SERVED,
        Closure.Reason.NOT_ATTENDED,
        Closure.Reason.CALLED_OFF,
        Closure.Reason.WITHDRAWN,
        Closure.Reason.ANSWERED_AT_ONCE,
    }
)


def why_not_settle(state: CaseState, *, reason: str) -> Refusal | None:
    """Only what was served, or can be served no more, ends without an answer. Nothing that somebody
    complained of does.
    """
    if reason not in SETTLED:
        return Refusal("no_such_reason", _("Choose the reason from the list."))
    if not state.is_served_with_a_word:
        return Refusal("answer_needed", _("A contact of this kind is owed an answer."))
    if state.response is not None and state.response.sent_at is None:
        return Refusal("not_sent_yet", _("The answer has not been sent yet."))
    return why_not_open(state)


def why_not_reopen(
    state: CaseState, viewer: Viewer, *, reason: str | None = None
) -> Refusal | None:
    if refusal := why_not_here(state, viewer):
        return refusal
    if state.case.closed_at is None:
        return Refusal("not_closed", _("This case is not closed."))
    if is_person(state, viewer):
        return Refusal("not_permitted", _("Write to us: a member of the staff reopens the case."))
    if not viewer.may(Permission.HANDLE):
        return Refusal("not_permitted", _("Your role does not let you reopen cases."))
    return why_not_text(reason)


def why_not_tell_measure(
    state: CaseState, viewer: Viewer, *, text: str | None = None
) -> Refusal | None:
    if refusal := why_not_here(state, viewer):
        return refusal
    if not viewer.may(Permission.HANDLE):
        return Refusal("not_permitted", _("Your role does not let you handle this case."))
    if state.case.closed_at is None:
        return Refusal("not_closed", _("This case is still open: write to the person instead."))
    if state.case.complainant_id is None:
        return Refusal(
            "nobody_to_write_to", _("This case is anonymous: there is nobody to write to.")
        )
    return why_not_text(text)
