"""Hash chains: each line carries the hash of the one before it.

A line is hashed over a canonical JSON text (keys sorted, no blanks, UTF-8), so that anyone can do
it again with a program of their own; docs/concepts/chains.md writes the format down.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

FIRST = bytes(32)


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one text of a content that is hashed."""
    return _encode(content).encode()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)


_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
).encode


def draw_salt() -> bytes:
    """Sixteen random bytes: without them a digest says nothing about a short content."""
    return secrets.token_bytes(16)


def salted_digest(salt: bytes, content: Mapping[str, Any]) -> bytes:
    """The digest that stays when a personal content is erased together with its salt."""
    return hashlib.sha256(salt + canonical(content)).digest()


def link(previous: bytes, content: Mapping[str, Any]) -> bytes:
    """The hash of the next line."""
    return hashlib.sha256(previous + canonical(content)).digest()
