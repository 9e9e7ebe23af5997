"""The same words from the same network address within minutes are one contact, sent twice.

Somebody opens the form twice, or goes back and sends once more: another token, the same content.
"""

import hmac
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.conf import settings

from valedor.foundation.rows import Statement, fresh, insert_of
from valedor.intake import attempts
from valedor.intake.models import Attempt
from valedor.intake.submission import Submission

WITHIN = timedelta(minutes=15)
_NO_TIME = datetime.min.replace(tzinfo=UTC)


class SentAgain(Exception):
    """The very same became a case minutes ago: ``reference`` is its."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


def noting(digest: bytes, *, reference: str, at: datetime) -> Statement:
    """The statement that remembers what was registered as which case."""
    return insert_of(
        fresh(
            Attempt,
            what=Attempt.What.CONTENT,
            address_digest=digest,
            reference=reference,
            at=at,
        )
    )


def asking(digest: bytes, *, at: datetime) -> Statement:
    """What asks, within another question, for the reference of the case that the same became."""
    return (
        """
        (SELECT reference FROM intake_attempt
        WHERE address_digest = %s AND what = %s AND at > %s AND at <= %s ORDER BY at LIMIT 1)
        """,
        [digest, str(Attempt.What.CONTENT), at - WITHIN, at],
    )


def digest_of(submission: Submission, address: str) -> bytes:
    """A keyed digest of everything that was said, and of where it came from."""
    said = replace(submission, raw_id=None, token="", received_at=_NO_TIME, team=None)
    text = json.dumps([repr(said), attempts.digest_of_address(address).hex()])
    return hmac.digest(settings.SECRET_KEY.encode(), b"content" + text.encode(), "sha256")[:16]
