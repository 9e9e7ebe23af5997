"""When a code may go out to show who somebody is, and when it counts.

Only an address that was known before they turned up proves anything: whoever dictates a new one
and then reads out what arrived there shows only that they own it.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.handling.models import IdentityCheck
from valedor.handling.queries import CaseState
from valedor.handling.rules.standing import TAKES_IN, why_not_here
from valedor.people.models import ContactPoint

KNOWN_FOR = timedelta(days=1)
CODE_LASTS = timedelta(minutes=10)
MOST_TRIES = 5
MOST_CODES_A_DAY = 5
COUNTS_FOR = timedelta(minutes=30)
"""How long somebody who showed who they are is taken for that person: one conversation."""


def is_known_before(point: ContactPoint, *, at: datetime) -> bool:
    """Whether an address proves anything: known for a day, or shown to be theirs before."""
    if point.ended_at is not None or point.failed_at is not None:
        return False
    if point.kind == ContactPoint.Kind.POST:
        return False
    verified = point.verified_at is not None and point.verified_at <= at - timedelta(hours=1)
    return verified or point.created_at <= at - KNOWN_FOR


def why_not_send_identity_code(
    state: CaseState,
    viewer: Viewer,
    *,
    point: ContactPoint | None = None,
    sent_today: int = 0,
    at: datetime | None = None,
) -> Refusal | None:
    if refusal := why_not_here(state, viewer):
        return refusal
    if not viewer.permissions & TAKES_IN:
        return Refusal("not_permitted", _("Your role does not let you check who somebody is."))
    if state.case.complainant_id is None:
        return Refusal("anonymous", _("This case is anonymous: there is nobody to be shown."))
    if point is None or at is None:
        return None
    theirs = {state.case.complainant_id}
    if state.mandate is not None:
        theirs.add(state.mandate.representative_id)
    if point.person_id not in theirs:
        return Refusal("not_theirs", _("This address is not one of the person's."))
    if not is_known_before(point, at=at):
        return Refusal(
            "not_known_before",
            _("This address is too new to prove anything. Choose one that was known before."),
        )
    if sent_today >= MOST_CODES_A_DAY:
        return Refusal(
            "too_many_codes",
            _("So many codes were sent today that no more go out. Ask in another way."),
        )
    return None


def why_not_check_identity(
    state: CaseState, viewer: Viewer, check: IdentityCheck | None, *, at: datetime
) -> Refusal | None:
    """Whether a code can be said now."""
    if refusal := why_not_send_identity_code(state, viewer):
        return refusal
    if check is None or check.passed_at is not None:
        return Refusal("no_code", _("No code is on its way. Send one first."))
    if check.failed_at is not None or check.tries >= MOST_TRIES:
        return Refusal("tries_used_up", _("Five codes were wrong. Send another one, or stop here."))
    if check.expires_at <= at:
        return Refusal("code_expired", _("The ten minutes are over. Send another code."))
    return None
