"""Who complained is known to few: the case of a protected person is seen by its holder and leads.

Lei 13.460 art. 10 § 7 has the identity of whoever turns to an ouvidoria protected; elsewhere it is
the house's own care for people whom a colleague, a neighbour or a partner must not find.
"""

from django.utils.translation import gettext_lazy as _

from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.handling.queries import CaseState
from valedor.handling.rules.standing import may_handle, why_not_here
from valedor.people.permissions import Permission


def why_not_protect(
    state: CaseState, viewer: Viewer, *, reason: str | None = None
) -> Refusal | None:
    """Whoever handles may protect, closed cases too: a name stays dangerous after the end."""
    if refusal := why_not_here(state, viewer):
        return refusal
    if not may_handle(state, viewer):
        return Refusal("not_permitted", _("Your role does not let you handle this case."))
    if state.case.is_protected:
        return Refusal("already_protected", _("The person of this case is protected already."))
    return _why_not_reason(reason)


def why_not_lift_protection(
    state: CaseState, viewer: Viewer, *, reason: str | None = None
) -> Refusal | None:
    """A lead lifts it: whoever holds the case alone does not open it to everybody."""
    if refusal := why_not_here(state, viewer):
        return refusal
    if not state.case.is_protected:
        return Refusal("not_protected", _("The person of this case is not protected."))
    if not (viewer.may(Permission.SEE_PROTECTED) and viewer.may(Permission.ASSIGN)):
        return Refusal("not_permitted", _("Only a lead lifts the protection of a person."))
    return _why_not_reason(reason)


def _why_not_reason(reason: str | None) -> Refusal | None:
    if reason is not None and not reason.strip():
        return Refusal("reason_missing", _("Write the reason."))
    return None
