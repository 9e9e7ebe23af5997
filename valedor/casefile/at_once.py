"""A whole transaction in one round trip: who looks, what is read and written, the commit."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import Any

import psycopg
from django.db import connection, transaction

from valedor.casefile.viewing import LOOK, NOBODY, Viewer, settings_of
from valedor.foundation.rows import Statement

_LOOK_AND_GO_ON = f"{LOOK}, set_config('synchronous_commit', 'off', true)"


def at_once(
    statements: Sequence[Statement], *, viewer: Viewer, is_followed: bool = False
) -> list[tuple[Any, ...]]:
    """Run statements as one transaction and one round trip; the first row of each that has rows.

    Inside a transaction they become part of it, or none of them does. ``is_followed`` says that
    another transaction of the same request is waited for before anybody is answered: what it makes
    durable, it makes durable together with everything before it, so the disk is waited for once.
    """
    is_whole = not connection.in_atomic_block
    look = _LOOK_AND_GO_ON if is_whole and is_followed else LOOK
    sent: list[Statement] = [(look, list(settings_of(viewer))), *statements]
    if is_whole:
        # What is sent before the server is asked to answer is a transaction of its own.
        return _send(sent)[1:]
    before = getattr(connection, "valedor_viewer", NOBODY)
    with transaction.atomic():
        return _send([*sent, (LOOK, list(settings_of(before)))])[1:-1]


def _send(statements: Sequence[Statement]) -> list[tuple[Any, ...]]:
    connection.ensure_connection()
    server: psycopg.Connection[Any] = connection.connection
    cursors: list[psycopg.RawCursor[Any]] = []
    with connection.wrap_database_errors:
        with server.pipeline():
            for statement, values in statements:
                cursor: psycopg.RawCursor[Any] = psycopg.RawCursor(server)
                cursor.execute(_numbered(statement), values)
                cursors.append(cursor)
        return [(cursor.fetchone() or ()) if cursor.description else () for cursor in cursors]


@lru_cache(maxsize=512)
def _numbered(statement: str) -> bytes:
    """A statement as the server wants it: its places numbered."""
    numbers = count(1)
    return re.sub("%s", lambda _place: f"${next(numbers)}", statement).encode()
