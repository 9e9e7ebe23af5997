"""Row ids drawn in blocks.

Rows that refer to each other are then composed before anything is sent to the database, and a whole
case is written in one round trip (docs/decisions/0004-one-round-trip.md). Ids are unique over all
tables, rise roughly with time, and have gaps.
"""

import threading
from collections.abc import Iterator

from django.db import connection

BLOCK = 1000
SEQUENCE = "valedor_ids"

_lock = threading.Lock()
_stock: Iterator[int] = iter(())


def next_id() -> int:
    """The next id of this process."""
    global _stock
    with _lock:
        drawn = next(_stock, None)
        if drawn is None:
            _stock = iter(_block())
            drawn = next(_stock)
        return drawn


def own_ids() -> Iterator[int]:
    """Ids without end, for one composer alone: bulk work asks for a dozen and more a case, and
    needs no lock for each.
    """
    while True:
        yield from _block()


def _block() -> range:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [SEQUENCE])
        last: int = cursor.fetchone()[0] * BLOCK
    return range(last - BLOCK + 1, last + 1)


def forget_stock() -> None:
    """Give up the ids in stock: after a fork, and between the databases of tests."""
    global _stock
    with _lock:
        _stock = iter(())
