"""Small secrets of settings, encrypted before they reach the database: AES-256-GCM under a key that
is made from the installation's own, so that a copied database opens no mailbox.
"""

import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


class CannotOpen(Exception):
    """The secret was sealed by an installation with another SECRET_KEY, or it was changed."""


def seal(secret: str, *, purpose: str) -> bytes:
    """A secret as it may be stored. ``purpose`` keeps it from being used in another place."""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher().encrypt(nonce, secret.encode(), purpose.encode())


def unseal(sealed: bytes, *, purpose: str) -> str:
    """The secret again. Raises ``CannotOpen``."""
    try:
        plain = _cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())
    except InvalidTag as error:
        raise CannotOpen from error
    return plain.decode()


def _cipher() -> AESGCM:
    return AESGCM(hmac.digest(settings.SECRET_KEY.encode(), b"sealed settings", "sha256"))
