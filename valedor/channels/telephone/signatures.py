"""Whether what arrives at a line's webhook was sent by its switchboard. Pure but for the secret.

Ours signs ``timestamp.body`` with HMAC-SHA256, the timestamp being seconds since 1970: five
minutes later the signature is worth nothing. Twilio signs the address and the sorted fields with
HMAC-SHA1 and has no timestamp of its own; that it sends an event once is seen by its number.
"""

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.http import QueryDict

from valedor.channels.telephone.models import Line, LineTrouble
from valedor.foundation.sealed import CannotOpen, unseal

PURPOSE = "line"
WINDOW = timedelta(minutes=5)
TIMESTAMP, SIGNATURE = "Valedor-Timestamp", "Valedor-Signature"
TWILIO_SIGNATURE = "X-Twilio-Signature"

Reason = LineTrouble.Reason


def signature_of(secret: str, timestamp: str, body: bytes) -> str:
    """What stands in ``Valedor-Signature``."""
    signed = timestamp.encode() + b"." + body
    return "sha256=" + hmac.new(secret.encode(), signed, "sha256").hexdigest()


def twilio_signature_of(secret: str, address: str, fields: Mapping[str, list[str]]) -> str:
    """What stands in ``X-Twilio-Signature`` of a form that is posted to an address."""
    signed = address + "".join(
        name + value for name in sorted(fields) for value in sorted(set(fields[name]))
    )
    return b64encode(hmac.new(secret.encode(), signed.encode(), hashlib.sha1).digest()).decode()


def why_not_believed(
    line: Line, headers: Mapping[str, str], body: bytes, *, address: str, at: datetime
) -> LineTrouble.Reason | None:
    """Why a post is not believed: forged, or signed too long ago."""
    if not line.secret:
        return Reason.FORGED
    try:
        secret = unseal(bytes(line.secret), purpose=PURPOSE)
    except CannotOpen:
        return Reason.FORGED
    if line.format == Line.Format.TWILIO:
        return _why_not_twilio(secret, headers, body, address)
    timestamp = headers.get(TIMESTAMP, "")
    if not _is_same(headers.get(SIGNATURE, ""), signature_of(secret, timestamp, body)):
        return Reason.FORGED
    # Asked after the signature: whoever knows no secret learns nothing of our clock.
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= 12):
        return Reason.STALE
    away = abs(int(timestamp) - at.timestamp())
    return Reason.STALE if away > WINDOW.total_seconds() else None


def _why_not_twilio(
    secret: str, headers: Mapping[str, str], body: bytes, address: str
) -> LineTrouble.Reason | None:
    try:
        fields = dict(QueryDict(body, encoding="utf-8").lists())
        expected = twilio_signature_of(secret, address, fields)
    except ValueError:  # More fields than a form has, or bytes that are no text.
        return Reason.FORGED
    return None if _is_same(headers.get(TWILIO_SIGNATURE, ""), expected) else Reason.FORGED


def _is_same(told: str, expected: str) -> bool:
    return hmac.compare_digest(told.encode("utf-8", "replace"), expected.encode())
