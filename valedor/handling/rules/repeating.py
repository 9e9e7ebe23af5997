"""What stands against saying that a case and another one are two matters."""

from django.utils.translation import gettext_lazy as _

from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.handling.models import Repetition
from valedor.handling.queries import CaseState
from valedor.handling.rules.standing import TAKES_IN, why_not_here
from valedor.handling.rules.words import why_not_text


def why_not_keep_apart(
    state: CaseState, viewer: Viewer, repetition: Repetition, *, reason: str | None = None
) -> Refusal | None:
    """Whoever takes in what people say may say it: they heard it."""
    if refusal := why_not_here(state, viewer):
        return refusal
    if viewer.account is not None and not viewer.permissions & TAKES_IN:
        return Refusal("not_permitted", _("Your role does not let you handle this case."))
    if repetition.kept_apart_at is not None:
        return Refusal("kept_apart", _("Somebody said already that these are two matters."))
    if reason is None:
        return None
    if not reason.strip():
        return Refusal("reason_missing", _("Say why it is another matter."))
    return why_not_text(reason)
