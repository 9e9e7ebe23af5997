"""Why papers cannot be taken in at the counter."""

from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.people.permissions import Permission

MOST_PAGES = 5000


def why_not_hand_in(case: Case, viewer: Viewer, *, what: str, pages: int) -> Refusal | None:
    """Whether whoever takes it in works there, it is said what was handed in and of how many pages,
    and there is a case for it. ``viewer`` is within the entity of the case.
    """
    if not viewer.may(Permission.REGISTER):
        return Refusal("not_permitted", _("Your role does not let you do this."))
    if case.erased_at is not None:
        return Refusal("case_erased", _("What was filed has been erased."))
    if not what.strip():
        return Refusal("nothing_said", _("Say what was handed in."))
    if not 1 <= pages <= MOST_PAGES:
        return Refusal("pages_missing", _("Say how many pages were handed in."))
    return None
