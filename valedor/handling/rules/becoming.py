"""A contact becomes one of another kind: a question turns out to be a complaint."""

from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Instance, Kind
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.handling.queries import SERVED_WITH_A_WORD, CaseState
from valedor.handling.rules.standing import is_person, may_handle, why_not_here, why_not_open
from valedor.handling.rules.words import why_not_text

# What a person may call it themselves, and the house may not deny (Ley 10/2025, art. 3: any
# statement that something was defective is one, whatever the company calls it).
COMPLAINTS = frozenset({Kind.COMPLAINT, Kind.CLAIM})


def why_not_change_kind(
    state: CaseState, viewer: Viewer, *, kind: str | None = None, reason: str | None = None
) -> Refusal | None:
    """The person makes a complaint or a claim of it; staff who may handle it, any kind."""
    if refusal := why_not_here(state, viewer) or why_not_open(state):
        return refusal
    if is_person(state, viewer):
        if state.case.kind in COMPLAINTS:
            return Refusal("complaint_already", _("We deal with this as a complaint already."))
        if kind is not None and kind not in COMPLAINTS:
            return Refusal("not_a_complaint", _("Choose whether it is a complaint or a claim."))
    elif not may_handle(state, viewer):
        return Refusal("not_permitted", _("Your role does not let you handle this case."))
    if kind is not None and kind == state.case.kind:
        return Refusal("nothing_changed", _("That is what the case says already."))
    if state.instance.kind != Instance.Kind.COMPANY:
        return Refusal("second_look_runs", _("Someone else is already looking at it again."))
    if refusal := _why_not_after_the_answer(state, kind):
        return refusal
    return None if is_person(state, viewer) else why_not_text(reason)


def _why_not_after_the_answer(state: CaseState, kind: str | None) -> Refusal | None:
    """A word that served a question is no reasoned answer to a complaint; a decision is one."""
    if state.response is None:
        return None
    if state.response.sent_at is None:
        return Refusal("not_sent_yet", _("The answer is written and waits to be sent."))
    if not state.is_served_with_a_word or (kind is not None and kind in SERVED_WITH_A_WORD):
        return Refusal("already_answered", _("This case has already been answered."))
    return None
