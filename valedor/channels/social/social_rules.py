"""What may not be done with a public message, and why. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from valedor.casefile.viewing import Viewer
from valedor.channels.social.models import PublicMessage
from valedor.foundation.refusals import Refusal
from valedor.people.permissions import Permission

ANSWERED_WITHIN = timedelta(days=30)
"""So long somebody is waited for; then what they wrote is removed (GDPR art. 5.1.e)."""


def why_not_note(
    viewer: Viewer, entity_id: int, *, address: str, seen_at: datetime, at: datetime
) -> Refusal | None:
    """Whoever registers contacts of an entity may ask, about what was seen already."""
    if not viewer.within(entity_id).may(Permission.REGISTER):
        return Refusal("not_permitted", _("Your role does not let you do this."))
    if not address.startswith("https://"):
        return Refusal("no_address", _("Its address has to begin with https://."))
    if seen_at > at:
        return Refusal("seen_later", _("It cannot have been seen later than now."))
    return None


def why_not_answer(message: PublicMessage, *, at: datetime) -> Refusal | None:
    """An author answers once, while somebody waits for it."""
    is_open = message.state == PublicMessage.State.ASKED and bool(message.text)
    if is_open and at < message.noted_at + ANSWERED_WITHIN:
        return None
    return Refusal("consent_settled", _("This question is closed: nothing more can be said to it."))


def why_not_withdraw(brought_in: Sequence[PublicMessage]) -> Refusal | None:
    """What was agreed can be taken back at any time, once (GDPR art. 7.3)."""
    if brought_in:
        return None
    return Refusal("no_consent", _("No public message of yours is in this case."))
