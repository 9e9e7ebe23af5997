"""What waits for a yes of the ombudsman's office, and who says it."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from valedor.foundation.refusals import Refusal
from valedor.people.models import Account, OfficeRequest, Role
from valedor.people.permissions import OFFICE_ROLES


def why_office_first(role: str) -> Refusal | None:
    """Some roles wait for a yes of the office."""
    if role in OFFICE_ROLES:
        return Refusal(
            "office_must_confirm",
            _("The ombudsman's office confirms this first: ask it."),
        )
    return None


def why_not_touch_sign_in(*, holds_office: bool) -> Refusal | None:
    """Whoever could make a link or change an address alone could sign in as the ombudsman."""
    if holds_office:
        return Refusal(
            "office_must_confirm",
            _("The ombudsman's office confirms this first: ask it."),
        )
    return None


def why_not_ask_office(*, by: Account | None, roles: Collection[str]) -> Refusal | None:
    """The office must know who asks: the console has no name."""
    if by is None or Role.ADMINISTRATOR not in roles:
        return Refusal(
            "office_asked_by_administrator",
            _("The ombudsman's office is asked by an administrator who says who they are."),
        )
    return None


def why_not_answer(
    request: OfficeRequest,
    *,
    by: Account,
    roles: Collection[str],
    office: Collection[int],
    confirm: bool,
) -> Refusal | None:
    """Who says yes: the office; where nobody else holds it, an administrator who did not ask."""
    if request.answered_at is not None:
        return Refusal("already_answered", _("This has been answered already."))
    if not confirm and by.pk == request.asked_by_id:
        return None
    if by.pk in {request.asked_by_id, request.account_id}:
        return Refusal("own_request", _("Somebody else confirms what one asked or gets."))
    if office and by.pk not in office:
        return Refusal("not_of_the_office", _("Only the ombudsman's office confirms this."))
    if not office and Role.ADMINISTRATOR not in roles:
        return Refusal(
            "second_administrator",
            _("Nobody else holds the office now: a second administrator confirms this."),
        )
    return None
