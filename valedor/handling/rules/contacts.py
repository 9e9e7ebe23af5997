"""Contacts that are served with a word: thanks are passed on, an enquiry is answered at once."""

from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Kind
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.handling.queries import CaseState
from valedor.handling.rules.standing import why_not_handle
from valedor.handling.rules.words import why_not_text

# What can be answered while the person is there: nothing has to be decided for it.
AT_ONCE = frozenset({Kind.ENQUIRY, Kind.TECHNICAL_SUPPORT})


def why_not_pass_on(
    state: CaseState, viewer: Viewer, *, targets: int | None = None, text: str | None = None
) -> Refusal | None:
    """``targets``: how many are named, an area or somebody; it takes one at a time."""
    if refusal := why_not_handle(state, viewer):
        return refusal
    if state.case.kind != Kind.THANKS:
        return Refusal("not_thanks", _("Only thanks are passed on."))
    if targets is not None and targets != 1:
        return Refusal(
            "nobody_thanked", _("Choose whom the thanks are for: an area, or one of the staff.")
        )
    return why_not_text(text)


def why_not_passed_on(state: CaseState) -> Refusal | None:
    """Thanks end once they have reached those whom they are for."""
    if state.case.kind == Kind.THANKS and not state.thanks:
        return Refusal(
            "not_passed_on",
            _("Pass the thanks on first, to the person or the area that is thanked."),
        )
    return None


def why_not_answer_at_once(
    state: CaseState, viewer: Viewer, *, text: str | None = None
) -> Refusal | None:
    """Only while it is what the person asked: a question, and nobody has answered it yet."""
    if state.case.kind not in AT_ONCE:
        return Refusal(
            "not_at_once",
            _("Only an enquiry or a request for technical support is answered at once."),
        )
    if refusal := why_not_handle(state, viewer):
        return refusal
    if state.response is not None:
        return Refusal("already_answered", _("This case has already been answered."))
    return why_not_text(text)
