"""What arrives, as a row that holds its bytes: made before anything reads them.

A small message lies in its row; a large one in the document store under its digest, on disk before
the row is written. The salted digest is what ``verify`` holds the bytes against.
"""

import hashlib
import mmap
from datetime import datetime
from typing import Any

from django.db import connection

from valedor.casefile import store
from valedor.casefile.models import RawMessage
from valedor.casefile.seats import EVERYONE, Seat
from valedor.foundation import chain
from valedor.foundation.rows import fresh, insert_of

LARGEST_IN_ROW = 256 * 1024
_PIECE = 1 << 20
_ONCE = " ON CONFLICT (token) DO NOTHING RETURNING id"

Bytes = bytes | mmap.mmap


def raw_of(
    content: Bytes,
    *,
    entity_id: int,
    channel: str,
    media_type: str,
    envelope: dict[str, Any],
    at: datetime,
    state: RawMessage.State = RawMessage.State.ARRIVED,
    token: str | None = None,
    seats: Seat = EVERYONE,
) -> RawMessage:
    """The row of what arrived at a moment, not written yet.

    Raises ``OSError`` where the disk does not take a large one.
    """
    raw = fresh(
        RawMessage,
        entity_id=entity_id,
        seats=int(seats),
        channel=channel,
        token=token,
        state=state,
        envelope=without_nulls(envelope),
        media_type=media_type[:120].replace("\0", ""),
        received_at=at,
    )
    if len(content) <= LARGEST_IN_ROW:
        raw.content = bytes(content[:])
        sha256 = hashlib.sha256(raw.content).hexdigest()
    else:
        sha256, _size = store.keep(
            content[start : start + _PIECE] for start in range(0, len(content), _PIECE)
        )
        raw.stored_as = sha256
    raw.salt = chain.draw_salt()
    raw.salted_digest = chain.salted_digest(raw.salt, {"sha256": sha256})
    return raw


def is_new(raw: RawMessage) -> bool:
    """Write a row in the current transaction; False where one of its token is there already."""
    statement, values = insert_of(raw)
    with connection.cursor() as cursor:
        cursor.execute(statement + _ONCE, values)
        return cursor.fetchone() is not None


def content_of(raw: RawMessage) -> bytes:
    """The bytes as they came. Raises ``FileNotFoundError`` where the disk has lost them."""
    return store.read(raw.stored_as) if raw.stored_as else bytes(raw.content or b"")


def without_nulls(envelope: dict[str, Any]) -> dict[str, Any]:
    """JSON in PostgreSQL knows no null character."""
    return {
        key: value.replace("\0", "") if isinstance(value, str) else value
        for key, value in envelope.items()
    }
