"""What is stored so that only whoever brings the key can read it.

The key is derived from a secret that somebody else holds and from the installation's own, so that
neither a stolen table nor the secret alone opens anything.
"""

import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


@dataclass(frozen=True)
class Sealed:
    """Something sealed, as it is stored."""

    salt: bytes
    content: bytes


class WrongKey(Exception):
    """It does not open with this key, or is not what was sealed."""


def keyed(purpose: bytes, *parts: bytes) -> bytes:
    """A digest that nobody makes without the installation's secret; lengths part the parts."""
    content = purpose + b"".join(len(part).to_bytes(4) + part for part in parts)
    return hmac.digest(settings.SECRET_KEY.encode(), content, "sha256")


def seal(plain: bytes, purpose: bytes, key: bytes, *, bound_to: bytes) -> Sealed:
    """Seal something under a key; it opens only together with what it is ``bound_to``."""
    salt = secrets.token_bytes(16)
    cipher = AESGCM(keyed(purpose, key, salt))
    return Sealed(salt, cipher.encrypt(salt[:_NONCE], plain, bound_to))


def unseal(sealed: Sealed, purpose: bytes, key: bytes, *, bound_to: bytes) -> bytes:
    """What was sealed. Raises ``WrongKey``."""
    cipher = AESGCM(keyed(purpose, key, sealed.salt))
    try:
        return cipher.decrypt(sealed.salt[:_NONCE], sealed.content, bound_to)
    except InvalidTag as error:
        raise WrongKey from error
