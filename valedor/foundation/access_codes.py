"""The access code: the secret that opens a case together with its reference.

Twelve characters of Crockford's base 32 (60 bits) in three groups, shown once, kept as a keyed
digest.
"""

import hashlib
import hmac
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def draw_access_code() -> str:
    """A new code, at random."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(12)))


def access_code_from(seed: bytes, *, key: str) -> str:
    """The code that belongs to a submission: the same submission sent twice gets the same one."""
    number = int.from_bytes(hmac.digest(key.encode(), b"access code" + seed, "sha256")[:8]) >> 4
    return _grouped("".join(ALPHABET[number >> shift & 31] for shift in range(55, -5, -5)))


def access_code_for(token: str, *, key: str) -> str:
    """The code of what is registered: of the form that it came with, or at random without one."""
    return access_code_from(token.encode(), key=key) if token else draw_access_code()


def digest_of(typed: str, *, key: str) -> bytes:
    """What is stored instead of the code. Hyphens, blanks and capitals do not matter, nor O for
    0.
    """
    plain = "".join(filter(str.isalnum, typed.upper())).translate(_READ_AS)
    return hmac.digest(key.encode(), b"access code digest" + plain.encode(), hashlib.sha256)


def _grouped(code: str) -> str:
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"
