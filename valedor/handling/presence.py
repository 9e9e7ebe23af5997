"""Who has a case open and who writes in it: noted and read together, in one statement by indexes.

It is only a hint. Whoever audits is not shown, nobody is shown to another seat, and whoever may not
see the case is told nothing, since the statement begins with the case as the viewer sees it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

from valedor.casefile.access import visible_in_sql
from valedor.casefile.models import Case
from valedor.casefile.seats import Seat
from valedor.casefile.viewing import Viewer
from valedor.foundation.ids import next_id
from valedor.foundation.rows import Statement
from valedor.handling.models import Presence
from valedor.people.permissions import Permission

HERE_FOR = timedelta(minutes=2)
WRITES_FOR = timedelta(minutes=2)
KEPT = timedelta(minutes=10)
WORKS = frozenset(
    {
        Permission.HANDLE,
        Permission.ANSWER_ENQUIRIES,
        Permission.REGISTER,
        Permission.APPROVE,
        Permission.REVIEW,
    }
)

_HERE = """
    WITH seen AS (SELECT id, entity_id FROM casefile_case WHERE reference = %s AND {seen}),
    noted AS (
        INSERT INTO handling_presence (id, case_id, entity_id, seats, account_id, form, seen_at)
        SELECT %s, id, entity_id, %s, %s, '', %s FROM seen WHERE %s
        ON CONFLICT (case_id, account_id) DO UPDATE
        SET seen_at = excluded.seen_at, seats = excluded.seats
    )
    SELECT account.name, presence.form, presence.wrote_at FROM seen
    LEFT JOIN handling_presence AS presence ON presence.case_id = seen.id
        AND presence.account_id <> %s AND presence.seen_at > %s AND presence.seats & %s <> 0
    LEFT JOIN people_account AS account ON account.id = presence.account_id
    ORDER BY account.name
"""
_WRITES = """
    INSERT INTO handling_presence
        (id, case_id, entity_id, seats, account_id, form, wrote_at, seen_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (case_id, account_id) DO UPDATE SET form = excluded.form,
        wrote_at = excluded.wrote_at, seen_at = excluded.seen_at, seats = excluded.seats
"""


class Here(NamedTuple):
    """A colleague who has the case open; ``form`` is the one in which they write just now."""

    name: str
    form: str


def noting(viewer: Viewer, reference: str, *, at: datetime) -> Statement:
    """The statement that notes a viewer and tells of the others, for ``others_in``. It gives no row
    for a case that the viewer may not see.
    """
    seen, values = visible_in_sql(viewer)
    seats, me = _seats_of(viewer), viewer.account_id
    return (
        _HERE.format(seen=seen),
        [
            reference, *values, next_id(), seats, me, at, _is_shown(viewer),
            me, at - HERE_FOR, int(viewer.seats),
        ],
    )  # fmt: skip


def others_in(rows: Iterable[tuple[Any, ...]], *, at: datetime) -> list[Here]:
    """The colleagues that such a statement found."""
    return [
        Here(name, form if wrote_at and wrote_at > at - WRITES_FOR else "")
        for name, form, wrote_at in rows
        if name is not None
    ]


def others_here(viewer: Viewer, reference: str, *, at: datetime) -> list[Here] | None:
    """Who else has a case open; none for one that the viewer may not see. One query."""
    statement, values = noting(viewer, reference, at=at)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    return others_in(rows, at=at) if rows else None


def note_writing(viewer: Viewer, case: Case, *, form: str, at: datetime) -> None:
    """Somebody types in a form of a case that was fetched for them."""
    if not _is_shown(viewer):
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _WRITES,
            [
                next_id(), case.pk, case.entity_id, _seats_of(viewer), viewer.account_id, form[:40],
                at, at,
            ],
        )  # fmt: skip


def note_done(viewer: Viewer, case: Case) -> None:
    """What somebody wrote is sent: they write no more."""
    Presence.objects.filter(case=case, account=viewer.account_id).update(form="", wrote_at=None)


def forget_past(*, at: datetime) -> int:
    """Remove what was true a while ago; how many rows."""
    return Presence.objects.filter(seen_at__lt=at - KEPT).delete()[0]


def _is_shown(viewer: Viewer) -> bool:
    return viewer.account is not None and not WORKS.isdisjoint(viewer.permissions)


def _seats_of(viewer: Viewer) -> int:
    """Each seat for itself: what one side looks at is nothing to the other."""
    return int(viewer.seats & ~Seat.COMPLAINANT) or int(Seat.COMPANY)
