"""Mail of the installation to its own staff: sign-in, lost passwords. Django's back-end for it.

It leaves through the same server as letters; in the demonstration it is kept beside them. Without
a server it is an error that the caller sees: nobody waits for a mail that cannot come.
"""

import hashlib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from valedor.channels.carriers import NotTaken
from valedor.channels.email import kept, mark
from valedor.channels.email.server import mail_server
from valedor.foundation.moments import now


class StaffMail(BaseEmailBackend):
    """Sends at once, in the request that asked for it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many went. Raises ``NotTaken`` unless failures are to be kept quiet."""
        sent = 0
        for message in email_messages:
            try:
                self._send(message)
            except (NotTaken, OSError):
                if not self.fail_silently:
                    raise
            else:
                sent += 1
        return sent

    def _send(self, message: EmailMessage) -> None:
        made = message.message()
        made[mark.OUR_MARK] = mark.our_mark()
        lines = made.as_bytes().splitlines()
        content = b"\r\n".join(lines) + b"\r\n"
        if settings.SMTP_URL:
            server = mail_server(settings.SMTP_URL, settings.PUBLIC_HOST)
            for recipient in message.recipients():
                server.hand_over(content, sender=settings.MAIL_FROM, recipient=recipient)
        elif settings.DEMO:
            key = hashlib.sha256(content).hexdigest()[:16]
            kept.keep(content, key=key, at=now())
        else:
            raise NotTaken("No mail server is set: set SMTP_URL.")
