"""The book of an entity: every registration of a year under a number of its own, without a gap.

References come from a sequence and have gaps; an inspector counts the book. Numbers are given by
the worker after the commit, so that registering never waits for a counter.

Why no number is ever given too early: a registration is taken only when the transaction that wrote
it is older than every transaction that the statement's own snapshot sees running. What is older
than all of those has ended, and where it committed, this very snapshot shows it; so nothing older
can still appear, and whatever appears later has a later transaction and takes a later number.
Running transactions of other databases of the same server write no case of ours and are passed
over, but only those that the server's lock table shows to be another database's: one in doubt is
waited for.

The transaction of a registration is read from the first entry of its case, which is written with
the case and never changed; the case row would show whoever changed it last. Among those taken, the
order is that of registration, then of ids. A long import in one transaction holds numbers back
until it ends; it loses none.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection, models
from django.db.models import Max

from valedor.casefile import timeline
from valedor.casefile.actors import SYSTEM
from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation import rows
from valedor.intake.facts import BookNumberGiven
from valedor.people.models import Entity

BITE = 500
# One giver at a time for each entity: the first of two numbers for PostgreSQL's advisory locks.
LOCK = 724_532

_ELIGIBLE = """
    WITH of_others AS (
        SELECT held.transactionid::text AS number
        FROM pg_locks AS held JOIN pg_stat_activity AS activity ON activity.pid = held.pid
        WHERE held.locktype = 'transactionid' AND held.granted AND held.mode = 'ExclusiveLock'
            AND activity.datid <> (SELECT oid FROM pg_database WHERE datname = current_database())
    ), oldest AS (
        SELECT coalesce(
            (SELECT running FROM pg_snapshot_xip(pg_current_snapshot()) AS running
                WHERE running::xid::text NOT IN (SELECT number FROM of_others)
                ORDER BY running LIMIT 1),
            pg_snapshot_xmax(pg_current_snapshot())
        )::xid AS number
    )
    SELECT filed.id FROM casefile_case AS filed
    JOIN casefile_entry AS first ON first.case_id = filed.id AND first.sequence = 1
    WHERE filed.entity_id = %s AND filed.id > 0
        AND filed.book_number IS NULL AND filed.source = ''
        AND age(first.xmin) > age((SELECT number FROM oldest))
    ORDER BY filed.registered_at, filed.id LIMIT %s
"""
_NUMBER = """
    UPDATE casefile_case SET book_year = %s, book_number = %s, last_sequence = %s, last_hash = %s
    WHERE id = %s
"""


def give_book_numbers(at: datetime) -> int:
    """Give the next numbers, entity by entity; how many were given. Run by the worker."""
    given = 0
    for entity in Entity.objects.order_by("pk"):
        while True:
            with viewing(the_house(entity)):
                some = _give_some(entity, at)
            given += some
            if some < BITE:
                break
    return given


def _give_some(entity: Entity, at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, entity.pk])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_ELIGIBLE, [entity.pk, BITE])
        eligible = [row[0] for row in cursor.fetchall()]
    if not eligible:
        return 0
    cases = list(
        Case.objects.select_for_update(of=("self",))
        .filter(pk__in=eligible)
        .order_by("registered_at", "id")
    )
    zone = ZoneInfo(entity.timezone)
    last: dict[int, int] = {}
    written: list[models.Model] = []
    statements: list[rows.Statement] = []
    for case in cases:
        year = case.registered_at.astimezone(zone).year
        if year not in last:
            last[year] = _last_number(entity, year)
        last[year] += 1
        entry, content = timeline.compose(
            case, BookNumberGiven(year=year, number=last[year]), by=SYSTEM, at=at
        )
        written += [entry] if content is None else [entry, content]
        statements.append(
            (_NUMBER, [year, last[year], case.last_sequence, case.last_hash, case.pk])
        )
        statements += timeline.follow_up(case, entry)
    rows.write(written, also=statements)
    return len(cases)


def _last_number(entity: Entity, year: int) -> int:
    found = Case.objects.filter(entity=entity, book_year=year).aggregate(Max("book_number"))
    return int(found["book_number__max"] or 0)
