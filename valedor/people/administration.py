"""The administration log: who changed which setting or right, from what, to what.

One chain an installation. Each line carries the hash of the one before it and is written in the
transaction of the act; the table refuses UPDATE, DELETE and TRUNCATE.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from valedor.foundation import chain
from valedor.people.models import Account, AdministrationEntry

# One line at a time: a number of our own for PostgreSQL's advisory locks.
LOCK = 7_245_320


@transaction.atomic
def record_change(
    by: Account | None,
    act: str,
    subject: str,
    before: Any = None,
    after: Any = None,
    reason: str = "",
    *,
    at: datetime,
) -> AdministrationEntry:
    """Write the next line. ``by`` is None for whoever sat at the console."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = AdministrationEntry.objects.order_by("-sequence").first()
    entry = AdministrationEntry(
        sequence=last.sequence + 1 if last else 1,
        at=at,
        by=by,
        act=act,
        subject=subject,
        before=before,
        after=after,
        reason=reason,
    )
    entry.hash = chain.link(bytes(last.hash) if last else chain.FIRST, content_of(entry))
    entry.save(force_insert=True)
    return entry


def content_of(entry: AdministrationEntry) -> dict[str, Any]:
    """What of a line is hashed."""
    return {
        "sequence": entry.sequence,
        "at": entry.at,
        "by": entry.by_id,
        "act": entry.act,
        "subject": entry.subject,
        "before": entry.before,
        "after": entry.after,
        "reason": entry.reason,
    }


def broken_lines() -> Iterator[int]:
    """Sequence numbers at which the chain does not hold: a line changed, missing or put between."""
    previous, expected = chain.FIRST, 1
    for entry in AdministrationEntry.objects.order_by("sequence").iterator():
        hashed = bytes(entry.hash)
        if entry.sequence != expected or hashed != chain.link(previous, content_of(entry)):
            yield entry.sequence
        previous, expected = hashed, entry.sequence + 1
