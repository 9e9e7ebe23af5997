"""By what mail of this installation is known when it comes back, however it comes (RFC 3834, 3.1.8:
whatever answers by itself must recognise its own).

One header on everything that is sent, keyed with the installation's secret. Nobody else makes it;
whoever got one of our mails could copy it, and would only have their own mail wait for a person.
"""

import base64
import hmac
from collections.abc import Iterable

from django.conf import settings

from valedor.channels.email.reading import OUR_MARK

__all__ = ["OUR_MARK", "is_ours", "our_mark"]


def our_mark() -> str:
    """The mark of this installation, the same on every mail."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), b"mail of this installation", "sha256")
    return base64.b32encode(digest[:15]).decode().lower()


def is_ours(marks: Iterable[str]) -> bool:
    """Whether one of these is the mark of this installation."""
    ours = our_mark().encode()
    return any(hmac.compare_digest(ours, mark.strip().lower().encode()) for mark in marks)
