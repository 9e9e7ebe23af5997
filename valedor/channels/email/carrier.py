"""A letter as the mail server takes it, or as the demonstration keeps it."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from valedor.casefile.models import Case, Letter
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.email import composing, kept
from valedor.channels.email.conversations import of_this_process
from valedor.channels.email.server import mail_server
from valedor.people.models import ContactPoint

_NOTHING = Q(pk__in=[])


def why_it_waits(letter: Letter) -> str:
    """Why no mail leaves now, in the language of the house; empty where it does."""
    if settings.SMTP_URL or settings.DEMO:
        return ""
    with translation.override(letter.case.entity.default_language):
        return _("No mail server is set.")


def can_go_now() -> Q:
    """Which of the letters that wait a mail server would take."""
    if not settings.SMTP_URL and not settings.DEMO:
        return _NOTHING
    return Q(channel=Case.Channel.EMAIL, contact_point__kind=ContactPoint.Kind.EMAIL)


def hand_over(letter: Letter, *, at: datetime) -> str:
    """What the server said. Raises ``NotTaken``; ``ValueError`` for what makes no message."""
    address = letter.contact_point.value if letter.contact_point else ""
    with viewing(the_house(letter.entity_id)):
        content = composing.message_of(letter, recipient=address, at=at).as_bytes()
        sender = composing.from_address(letter)  # What comes back goes there.
    if not settings.SMTP_URL:
        return kept.keep(content, key=str(letter.pk), at=at)
    server = mail_server(settings.SMTP_URL, settings.PUBLIC_HOST)
    return of_this_process.hand_over(server, content, sender=sender, recipient=address)
