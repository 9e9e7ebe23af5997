"""What is stored so that only whoever brings the key can read it: AES-256-GCM, salt first.

The key of each is made from the installation's own, so that a copied database opens nothing; where
somebody else holds a secret too (``under``), neither the table nor that secret alone opens it.
"""

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_SALT, _NONCE = 16, 12


class CannotOpen(Exception):
    """It was sealed under another key or by an installation with another SECRET_KEY, or changed."""


def keyed(purpose: bytes, *parts: bytes) -> bytes:
    """A digest that nobody makes without the installation's secret; lengths part the parts."""
    content = purpose + b"".join(len(part).to_bytes(4) + part for part in parts)
    return hmac.digest(settings.SECRET_KEY.encode(), content, "sha256")


def seal(secret: str, *, purpose: str) -> bytes:
    """A secret of settings as it may be stored. ``purpose`` keeps it from being used elsewhere."""
    return seal_bytes(secret.encode(), b"settings", bound_to=purpose.encode())


def unseal(sealed: bytes, *, purpose: str) -> str:
    """The secret again. Raises ``CannotOpen``."""
    try:
        return unseal_bytes(sealed, b"settings", bound_to=purpose.encode()).decode()
    except CannotOpen:
        return _opened_as_before(sealed, purpose)


def seal_bytes(plain: bytes, purpose: bytes, *, under: bytes = b"", bound_to: bytes) -> bytes:
    """Anything sealed, as one piece; it opens only together with what it is ``bound_to``."""
    salt = secrets.token_bytes(_SALT)
    return salt + _cipher(purpose, under, salt).encrypt(salt[:_NONCE], plain, bound_to)


def unseal_bytes(sealed: bytes, purpose: bytes, *, under: bytes = b"", bound_to: bytes) -> bytes:
    """What was sealed. Raises ``CannotOpen``."""
    salt, content = sealed[:_SALT], sealed[_SALT:]
    try:
        return _cipher(purpose, under, salt).decrypt(salt[:_NONCE], content, bound_to)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen from error


def _cipher(purpose: bytes, under: bytes, salt: bytes) -> AESGCM:
    return AESGCM(keyed(purpose, under, salt))


def _opened_as_before(sealed: bytes, purpose: str) -> str:
    """Secrets of mailboxes and lines that were set before there was one way to seal: the nonce
    first, under one key. Setting them again seals them as above.
    """
    key = hmac.digest(settings.SECRET_KEY.encode(), b"sealed settings", "sha256")
    try:
        content = AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())
    except (InvalidTag, ValueError) as error:
        raise CannotOpen from error
    return content.decode()
