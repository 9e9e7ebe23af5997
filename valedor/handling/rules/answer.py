"""The answer to the person, and words that it takes longer."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Letter
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.handling.models import Response
from valedor.handling.queries import CaseState
from valedor.handling.rules.assessment import why_not_move_on
from valedor.handling.rules.standing import why_not_handle, why_not_responsible
from valedor.handling.rules.words import why_not_text
from valedor.people.permissions import Permission
from valedor.procedures.applicable import pack_of_version
from valedor.procedures.plain_names import pack_title


def why_not_respond(
    state: CaseState,
    viewer: Viewer,
    *,
    text: str | None = None,
    missing: Collection[str] = (),
) -> Refusal | None:
    """``missing`` are the words for what the regime asks the letter to hold and it does not."""
    if refusal := why_not_handle(state, viewer) or why_not_responsible(state, viewer):
        return refusal
    if refusal := why_not_move_on(state):
        return refusal
    if state.response is not None:
        if state.response.sent_at is None:
            return Refusal("not_sent_yet", _("The answer is written and waits to be sent."))
        return Refusal("already_answered", _("This case has already been answered."))
    if not state.is_served_with_a_word and state.undecided:
        return Refusal(
            "undecided",
            _("%(count)s points of this case are not decided yet."),
            {"count": len(state.undecided)},
        )
    if state.awaiting_approval:
        return Refusal("awaiting_approval", _("Redress waits for an approver's yes."))
    if state.open_parts:
        return Refusal("parts_open", _("Parts of this case are not finished yet."))
    if missing:
        return Refusal(
            "content_missing",
            _("The answer must also hold: %(what)s."),
            {"what": "; ".join(missing)},
        )
    return why_not_text(text)


def why_not_take_back_answer(state: CaseState, viewer: Viewer, *, at: datetime) -> Refusal | None:
    """While it waits to leave, whoever wrote it, or leads, takes an answer back."""
    if refusal := why_not_handle(state, viewer):
        return refusal
    response = state.response
    if response is None or response.letter is None or response.sent_at is not None:
        return Refusal("nothing_held", _("No answer waits to leave."))
    if viewer.account_id != response.by_id and not viewer.may(Permission.ASSIGN):
        return Refusal("not_yours", _("Whoever wrote the answer takes it back."))
    letter = response.letter
    leaves_at = letter.next_attempt_at
    if letter.state != Letter.State.QUEUED or letter.attempts or not leaves_at or leaves_at <= at:
        return Refusal("left_already", _("The answer has left. Correct the letter instead."))
    return None


def why_not_resend(state: CaseState, viewer: Viewer, response: Response | None) -> Refusal | None:
    if refusal := why_not_handle(state, viewer):
        return refusal
    if response is None or response.letter is None:
        return Refusal("not_answered", _("This case has not been answered yet."))
    if response.letter.state != Letter.State.REFUSED:
        return Refusal("not_refused", _("This letter did not come back."))
    return None


def why_not_extend(
    state: CaseState,
    viewer: Viewer,
    *,
    length: int | None = None,
    reason: str | None = None,
) -> Refusal | None:
    """The regime's own refusals (beyond its limit, after the due day) come from the clock."""
    if refusal := why_not_handle(state, viewer) or why_not_responsible(state, viewer):
        return refusal
    if state.response is not None:
        return Refusal("answered", _("This case has been answered."))
    if "extended" not in state.events:
        running = state.running("respond")
        if not running:
            return Refusal("no_limit", _("No limit runs for the answer."))
        language = get_language() or "en"
        versions = sorted({one.procedure_version_id for one in running if one.procedure_version_id})
        regimes = [pack_title(pack_of_version(version), language) for version in versions]
        # Without a law behind it, the limit is the house's own promise.
        regimes = regimes or [state.house.entity.name]
        return Refusal(
            "no_extension",
            _(
                "The rules that hold here (%(regimes)s) allow no extension. Tell the person "
                "instead."
            ),
            {"regimes": "; ".join(dict.fromkeys(regimes))},
        )
    if length is not None and length < 1:
        return Refusal("length_missing", _("Say by how much."))
    return why_not_text(reason)


def why_not_tell_delay(
    state: CaseState, viewer: Viewer, *, reason: str | None = None
) -> Refusal | None:
    if refusal := why_not_handle(state, viewer):
        return refusal
    if state.response is not None:
        return Refusal("answered", _("This case has been answered."))
    if state.case.complainant_id is None:
        return Refusal(
            "nobody_to_write_to", _("This case is anonymous: there is nobody to write to.")
        )
    return why_not_text(reason)
