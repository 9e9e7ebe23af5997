"""Who looked at what: a line for every case that somebody opened, chained so that none can be taken
out.

A read is appended without waiting for anybody, in the transaction of the page; the worker gives it
its place in the one chain of reads within a minute. Search words and other typed text are never
noted.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from valedor.casefile.models import Case, ReadEntry, ReadLink
from valedor.casefile.viewing import Viewer
from valedor.foundation import chain, rows
from valedor.foundation.questions import Ask

BITE = 2000
# One giver of places at a time: a number of our own for PostgreSQL's advisory locks.
LOCK = 7_245_321


def note_read(
    viewer: Viewer,
    case: Case | None,
    what: str,
    at: datetime,
    particulars: dict[str, Any] | None = None,
) -> None:
    """Note that a viewer looked at something: ``case``, ``document``, ``search``, ``export``…

    ``particulars`` hold ids and figures, nothing that a person wrote. One insert, no lock.
    """
    rows.write([read_of(viewer, case, what, at, particulars)])


def note_with(ask: Ask, viewer: Viewer, case: Case, what: str, at: datetime) -> None:
    """Note that a viewer looked at a case, in the round trip in which its page is read."""
    ask.rows(*rows.insert_of(read_of(viewer, case, what, at)))


def read_of(
    viewer: Viewer,
    case: Case | None,
    what: str,
    at: datetime,
    particulars: dict[str, Any] | None = None,
) -> ReadEntry:
    """The row of a read, not written yet, for a page that writes more in the same round trip."""
    entity = case.entity_id if case else (viewer.entities[0] if viewer.entities else None)
    if entity is None:
        raise ValueError("a read belongs to an entity: name a case")
    return ReadEntry(
        account_id=viewer.account.pk if viewer.account else None,
        entity_id=entity,
        case_id=case.pk if case else None,
        what=what,
        particulars=particulars or {},
        at=at,
    )


def chain_reads() -> int:
    """Give their place to the reads that have none yet; how many there were. Run by the worker."""
    chained = 0
    while True:
        with transaction.atomic():
            done = _chain_some()
        chained += done
        if done < BITE:
            return chained


def _chain_some() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = ReadLink.objects.order_by("-sequence").first()
    sequence, previous = (last.sequence, bytes(last.hash)) if last else (0, chain.FIRST)
    waiting = list(ReadEntry.objects.filter(link=None).order_by("id")[:BITE])
    links = []
    for read in waiting:
        sequence += 1
        previous = hash_of(read, sequence, previous=previous)
        links.append(ReadLink(sequence=sequence, read=read, hash=previous))
    ReadLink.objects.bulk_create(links)
    return len(links)


def hash_of(read: ReadEntry, sequence: int, *, previous: bytes) -> bytes:
    """The hash of a read in its place."""
    return chain.link(
        previous,
        {
            "sequence": sequence,
            "read": read.pk,
            "account": read.account_id,
            "entity": read.entity_id,
            "case": read.case_id,
            "what": read.what,
            "particulars": read.particulars,
            "at": read.at,
        },
    )


def reads_of(case: Case, *, limit: int = 200) -> Sequence[ReadEntry]:
    """Who looked at a case, the latest first. Shown to auditors."""
    found = ReadEntry.objects.filter(case_id=case.pk).select_related("account")
    return list(found.order_by("-at", "-id")[:limit])
