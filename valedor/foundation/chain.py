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
    return written(content).encode()


def moment(value: datetime) -> str:
    """A moment as it is hashed: UTC, six decimals, the offset."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _plain(value: Any) -> str:
    return moment(value) if isinstance(value, datetime) else str(value)


written = json.JSONEncoder(
    ensure_ascii=False,
    sort_keys=True,
    separators=(",", ":"),
    default=_plain,
    check_circular=False,  # A third of the work, on values that are made from rows.
).encode
"""The canonical text of any value, to be put into the text of a line."""


def draw_salt() -> bytes:
    """Sixteen random bytes: without them a digest says nothing about a short content."""
    return secrets.token_bytes(16)


def salted_digest(salt: bytes, content: Mapping[str, Any] | str) -> bytes:
    """The digest that stays when a personal content is erased together with its salt.

    A content that is a text already is taken for canonical.
    """
    return hashlib.sha256(salt + _octets(content)).digest()


def link(previous: bytes, content: Mapping[str, Any] | str) -> bytes:
    """The hash of the next line. One that is a text already is taken for canonical."""
    return hashlib.sha256(previous + _octets(content)).digest()


def _octets(content: Mapping[str, Any] | str) -> bytes:
    return content.encode() if isinstance(content, str) else canonical(content)
