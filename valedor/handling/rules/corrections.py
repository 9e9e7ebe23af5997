"""Setting right what was written down wrong, and the keys to a case."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import Letter
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.handling.queries import CaseState
from valedor.handling.rules.standing import is_person, why_not_here
from valedor.handling.rules.words import why_not_text
from valedor.people.models import ContactPoint
from valedor.people.permissions import Permission
from valedor.procedures.models import Category


def why_not_correct(
    state: CaseState,
    viewer: Viewer,
    *,
    before: object = None,
    after: object = None,
    reason: str | None = None,
) -> Refusal | None:
    """Closed cases too: a wrong date stays wrong after the end."""
    if refusal := why_not_here(state, viewer):
        return refusal
    if not viewer.may(Permission.CORRECT):
        return Refusal("not_permitted", _("Your role does not let you correct cases."))
    if after is not None and before == after:
        return Refusal("nothing_changed", _("That is what the case says already."))
    if reason is not None and not reason.strip():
        return Refusal("reason_missing", _("Say what was wrong, and how you know."))
    return None


def why_not_correct_letter(
    state: CaseState, viewer: Viewer, letter: Letter, *, reason: str | None = None
) -> Refusal | None:
    if refusal := why_not_correct(state, viewer, reason=reason):
        return refusal
    if letter.case_id != state.case.pk:
        return Refusal("not_of_case", _("This letter belongs to another case."))
    if letter.state == Letter.State.CANCELLED:
        return Refusal("already_replaced", _("Another letter has already taken its place."))
    if letter.state == Letter.State.SENDING:
        return Refusal("being_sent", _("This letter is being sent right now. Try in a minute."))
    return None


def why_not_issue_access_code(
    state: CaseState,
    viewer: Viewer,
    *,
    contact_point: ContactPoint | None = None,
    identity_check: str | None = None,
) -> Refusal | None:
    """To an address known to be theirs, or into the hands of somebody who proved who they are.

    Whoever opened the case with a mailed link draws a new code on screen.
    """
    if refusal := why_not_here(state, viewer):
        return refusal
    if is_person(state, viewer):
        return None
    if not viewer.permissions & {Permission.HANDLE, Permission.ANSWER_ENQUIRIES}:
        return Refusal("not_permitted", _("Your role does not let you give out access codes."))
    if contact_point is not None:
        if contact_point.verified_at is None or contact_point.ended_at is not None:
            return Refusal(
                "not_verified",
                _("A code goes only to an address that is known to be theirs. Check who they are."),
            )
        return None
    return why_not_text(identity_check)


def why_not_send_link(
    state: CaseState,
    viewer: Viewer,
    *,
    contact_point: ContactPoint,
    addressee_id: int | None,
    is_on_its_way: bool,
) -> Refusal | None:
    """Only to an address of whoever gets the letters, and not twice at once."""
    if refusal := why_not_here(state, viewer):
        return refusal
    if not viewer.permissions & {Permission.HANDLE, Permission.ANSWER_ENQUIRIES}:
        return Refusal("not_permitted", _("Your role does not let you do this."))
    is_post = contact_point.kind == ContactPoint.Kind.POST
    if is_post or contact_point.ended_at or contact_point.person_id != addressee_id:
        return Refusal("not_theirs", _("The case has no such address or number."))
    if is_on_its_way:
        return Refusal("link_on_its_way", _("A link is on its way to this address already."))
    return None


def why_not_revoke_links(state: CaseState, viewer: Viewer) -> Refusal | None:
    if refusal := why_not_here(state, viewer):
        return refusal
    if not viewer.permissions & {Permission.HANDLE, Permission.ANSWER_ENQUIRIES}:
        return Refusal("not_permitted", _("Your role does not let you do this."))
    return None


def why_not_received_then(received_at: datetime, *, at: datetime) -> Refusal | None:
    """Nothing is received in the future."""
    if received_at > at:
        return Refusal("in_the_future", _("A case cannot have been received in the future."))
    return None


def why_not_category(category: Category | None) -> Refusal | None:
    """A category is chosen from the entity's own tree."""
    if category is None:
        return Refusal("no_such_category", _("Choose the subject from the list."))
    return None
