"""How what we post is signed: Standard Webhooks, HMAC-SHA256 over id, moment and body. Pure but for
the drawing of secrets.

The secret is ``whsec_`` and 24 to 64 bytes in base 64, as the libraries of Standard Webhooks expect
it; the signature is ``v1,`` and base 64. Several, parted by a blank, while two secrets hold.
"""

import base64
import binascii
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"
SHORTEST, LONGEST = 24, 64
PURPOSE = "webhook"


def draw_secret() -> str:
    """A new secret."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def key_of(secret: str) -> bytes | None:
    """The bytes with which a secret signs; None where it is none."""
    if not secret.startswith(PREFIX):
        return None
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if SHORTEST <= len(key) <= LONGEST else None


def signature_of(secrets_held: Iterable[str], name: str, timestamp: int, body: bytes) -> str:
    """What stands in ``webhook-signature``. Raises ``ValueError`` for what is no secret."""
    signed = f"{name}.{timestamp}.".encode() + body
    made = []
    for secret in secrets_held:
        key = key_of(secret)
        if key is None:
            raise ValueError("no secret of a webhook")
        made.append("v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode())
    return " ".join(made)
