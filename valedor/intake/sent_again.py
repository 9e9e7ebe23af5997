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


def noting(submission: Submission, address: str, *, reference: str, at: datetime) -> Statement:
    """The statement that remembers what was registered as which case."""
    return insert_of(
        fresh(
            Attempt,
            what=Attempt.What.CONTENT,
            address_digest=digest_of(submission, address),
            reference=reference,
            at=at,
        )
    )


def registered_before(submission: Submission, address: str, *, at: datetime) -> str:
    """The reference of the case that the very same became minutes ago; empty for anything new."""
    found = Attempt.objects.filter(
        address_digest=digest_of(submission, address),
        what=Attempt.What.CONTENT,
        at__gt=at - WITHIN,
        at__lte=at,
    )
    return found.order_by("at").values_list("reference", flat=True).first() or ""


def digest_of(submission: Submission, address: str) -> bytes:
    """A keyed digest of everything that was said, and of where it came from."""
    said = replace(submission, raw_id=None, token="", received_at=_NO_TIME, team=None)
    text = json.dumps([repr(said), attempts.digest_of_address(address).hex()])
    return hmac.digest(settings.SECRET_KEY.encode(), b"content" + text.encode(), "sha256")[:16]
