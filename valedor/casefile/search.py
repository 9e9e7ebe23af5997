"""Search: a reference goes straight to its case; names, addresses and words find cases, newest
first.

Every word is sought as a stem of each of the four languages and, accents folded, as it stands. Two
ways lead to the first results: the word index, for what few cases hold, and walking the permitted
cases from the newest on, for what many do; the planner's estimate chooses. ``SearchText`` has no
row policy, so it is read joined to ``cases_visible_to`` and in no other way.
"""

import heapq
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from django.db import OperationalError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from valedor.casefile.access import cases_visible_to
from valedor.casefile.filters import Filters
from valedor.casefile.models import WalledSearchText
from valedor.casefile.models.case import CaseQuerySet
from valedor.casefile.queries import CaseLine, lines_of
from valedor.casefile.queues import Key, cursor_of, read_cursor
from valedor.casefile.search_terms import Sought, read_terms
from valedor.casefile.seats import Seat
from valedor.casefile.snippets import Part, marked_texts
from valedor.casefile.viewing import Viewer
from valedor.foundation.references import looks_like_reference, read_reference
from valedor.foundation.refusals import Refused
from valedor.people.contact_points import persons_reached_at
from valedor.people.models import Entity, Mandate

PAGE = 25
COUNTED_UP_TO = 1000
# Estimated rows beyond which walking is quicker; the planner guesses three times too many, because
# the variants of one word overlap.
_WALK_ABOVE = 10_000
_PATIENCE_MS = 4000
_WALKING_MS = 400
_COUNTING_MS = 1000


class Hit(NamedTuple):
    """A case that was found, with its title and a piece of its text; marks are flags, never
    markup.
    """

    line: CaseLine
    subject: list[Part]
    snippet: list[Part]


class SearchPage(NamedTuple):
    """What a search found. ``straight`` is the reference of the one case that was named.

    ``total`` stops at a thousand (``is_more``) and is empty where counting would have taken too
    long. ``trouble`` is a sentence about what was typed, or about a search that was given up.
    """

    typed: str
    straight: str = ""
    hits: Sequence[Hit] = ()
    total: int | None = 0
    is_more: bool = False
    next: str = ""
    trouble: str = ""


def search(
    viewer: Viewer,
    typed: str,
    filters: Filters | None = None,
    *,
    cursor: str = "",
    size: int = PAGE,
) -> SearchPage:
    """Search as a viewer. Needs a transaction that knows who looks (``viewing``)."""
    typed = typed.replace("\0", "").strip()[:300]
    if not typed:
        return SearchPage(typed)
    if looks_like_reference(typed):
        try:
            reference = read_reference(typed)
        except Refused as refused:
            return SearchPage(typed, trouble=str(refused.refusal))
        if cases_visible_to(viewer).filter(reference=reference).exists():
            return SearchPage(typed, straight=reference, total=1)
        return SearchPage(typed, trouble=_("No case with the reference %s.") % reference)
    permitted = cases_visible_to(viewer).filter((filters or Filters()).condition())
    _backward, place, trouble = read_cursor(cursor)
    persons = persons_reached_at(typed, _countries(viewer))
    if persons:
        return _of_persons(viewer, permitted, persons, typed, place, size)
    sought = read_terms(typed)
    if not sought.query:
        return SearchPage(typed, trouble=_("Type a word that says more: these are in every text."))
    try:
        with _patience(_PATIENCE_MS):
            keys = _keys(viewer, permitted, sought, place, size + 1)
    except _TookTooLong:
        return SearchPage(
            typed,
            total=None,
            trouble=_("This search takes too long. Add a word, or narrow it with a filter."),
        )
    if place is not None:
        total = None
    else:
        total = len(keys) if len(keys) <= size else _count(viewer, permitted, sought)
    return _page(viewer, typed, keys, size, total, sought, trouble)


def _page(
    viewer: Viewer,
    typed: str,
    keys: list[Key],
    size: int,
    total: int | None,
    sought: Sought | None,
    trouble: str = "",
) -> SearchPage:
    lines = lines_of(viewer, [key.id for key in keys[:size]])
    texts = marked_texts({line.id: (line.language, line.subject) for line in lines}, sought)
    return SearchPage(
        typed,
        hits=[Hit(line, *texts[line.id]) for line in lines],
        total=None if total is None else min(total, COUNTED_UP_TO),
        is_more=total is not None and total > COUNTED_UP_TO,
        next=cursor_of(keys[size - 1], backward=False) if len(keys) > size else "",
        trouble=trouble,
    )


# ------------------------------------------------------------------ persons
def _countries(viewer: Viewer) -> tuple[str, ...]:
    found = Entity.objects.filter(pk__in=viewer.entities).values_list("country", flat=True)
    return tuple(sorted(set(found)))


def _of_persons(
    viewer: Viewer,
    permitted: CaseQuerySet,
    persons: set[int],
    typed: str,
    place: Key | None,
    size: int,
) -> SearchPage:
    by_themselves = set(
        permitted.filter(complainant__in=persons).values_list("pk", flat=True)[: COUNTED_UP_TO + 1]
    )
    mandates = dict(
        Mandate.objects.filter(representative__in=persons).values_list("pk", "represented")
    )
    for_others = set(
        permitted.filter(complainant__in=set(mandates.values()), mandate__in=mandates).values_list(
            "pk", flat=True
        )[: COUNTED_UP_TO + 1]
    )
    found = by_themselves | for_others
    keys = _newest(_after(permitted.filter(pk__in=found), place), size + 1)
    return _page(viewer, typed, keys, size, len(found), None)


# ------------------------------------------------------------------ words
def _keys(
    viewer: Viewer, permitted: CaseQuerySet, sought: Sought, place: Key | None, size: int
) -> list[Key]:
    """The newest matching cases."""
    rows = _after(permitted, place)
    lanes = []
    if viewer.seats & Seat.COMPANY:
        lanes.append(_found_by_words(viewer, rows, sought.query, size))
    walled = _walled(viewer, sought.query)
    if walled:
        lanes.append(_newest(rows.filter(pk__in=walled), size))
    merged: list[Key] = []
    for key in heapq.merge(*lanes, key=_newest_last, reverse=True):
        if not merged or merged[-1] != key:
            merged.append(key)
    return merged[:size]


def _found_by_words(viewer: Viewer, rows: CaseQuerySet, query: str, size: int) -> list[Key]:
    if _estimate(query) > _WALK_ABOVE:
        try:
            with _patience(_WALKING_MS):
                lanes = [
                    _walk(rows.filter(entity=entity), query, size) for entity in viewer.entities
                ]
            return list(heapq.merge(*lanes, key=_newest_last, reverse=True))[:size]
        except _TookTooLong:
            pass  # Many cases hold it, but few of these: the word index finds them.
    return _look_up(rows, query, size)


def _walk(rows: CaseQuerySet, query: str, size: int) -> list[Key]:
    """From the newest case on, looking into each one's words."""
    sql, values = _sql_of(rows)
    return _fetched(
        f"""
        SELECT permitted.received_at, permitted.id FROM ({sql}) AS permitted
        CROSS JOIN LATERAL (
            SELECT words FROM casefile_searchtext WHERE case_id = permitted.id OFFSET 0
        ) AS text
        WHERE text.words @@ %s::tsquery
        ORDER BY permitted.received_at DESC, permitted.id DESC LIMIT %s
        """,  # noqa: S608 -- the SQL of a queryset
        [*values, query, size],
    )


def _look_up(rows: CaseQuerySet, query: str, size: int) -> list[Key]:
    """Through the word index, then the permitted ones of what it finds."""
    sql, values = _sql_of(rows)
    return _fetched(
        f"""
        WITH found AS MATERIALIZED (
            SELECT case_id FROM casefile_searchtext WHERE words @@ %s::tsquery
        )
        SELECT permitted.received_at, permitted.id
        FROM found JOIN ({sql}) AS permitted ON permitted.id = found.case_id
        ORDER BY permitted.received_at DESC, permitted.id DESC LIMIT %s
        """,  # noqa: S608 -- the SQL of a queryset
        [query, *values, size],
    )


def _walled(viewer: Viewer, query: str) -> list[int]:
    """Cases found by words that the company does not see. Row policies bind this table."""
    if not viewer.seats & ~Seat.COMPANY:
        return []
    return list(
        WalledSearchText.objects.extra(where=["words @@ %s::tsquery"], params=[query])
        .order_by("-case_id")
        .values_list("case_id", flat=True)[:COUNTED_UP_TO]
    )


def _count(viewer: Viewer, permitted: CaseQuerySet, sought: Sought) -> int | None:
    """How many, up to a thousand and one; nothing where counting takes too long."""
    sql, values = _sql_of(permitted)
    text = "SELECT case_id FROM casefile_searchtext WHERE words @@ %s::tsquery"
    if not viewer.seats & Seat.COMPANY:
        text += " AND false"
    walled = _walled(viewer, sought.query)
    if walled:
        text += " UNION SELECT unnest(%s::bigint[])"
    try:
        with _patience(_COUNTING_MS), connection.cursor() as cursor:
            cursor.execute(
                f"""
                SELECT count(*) FROM (
                    SELECT 1 FROM ({text}) AS text JOIN ({sql}) AS permitted
                    ON permitted.id = text.case_id LIMIT %s
                ) AS counted
                """,  # noqa: S608 -- the SQL of a queryset
                [sought.query, *([walled] if walled else []), *values, COUNTED_UP_TO + 1],
            )
            counted: int = cursor.fetchone()[0]
    except _TookTooLong:
        return None
    return counted


def _estimate(query: str) -> int:
    """How many cases the planner expects to hold the words. It reads statistics only."""
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN (FORMAT JSON) SELECT FROM casefile_searchtext WHERE words @@ %s::tsquery",
            [query],
        )
        plan = cursor.fetchone()[0]
    tree: list[dict[str, Any]] = json.loads(plan) if isinstance(plan, str) else plan
    return int(tree[0]["Plan"]["Plan Rows"])


# ------------------------------------------------------------------ order
def _after(rows: CaseQuerySet, place: Key | None) -> CaseQuerySet:
    if place is None or place.moment is None:
        return rows
    return rows.filter(received_at__lte=place.moment).filter(
        Q(received_at__lt=place.moment) | Q(pk__lt=place.id)
    )


def _newest(rows: CaseQuerySet, size: int) -> list[Key]:
    found = rows.order_by("-received_at", "-pk").values_list("received_at", "pk")[:size]
    return [Key(moment, key) for moment, key in found]


def _newest_last(key: Key) -> tuple[datetime, int]:
    assert key.moment is not None  # noqa: S101 -- every case was received at some moment
    return key.moment, key.id


def _sql_of(rows: CaseQuerySet) -> tuple[str, list[Any]]:
    sql, values = rows.order_by().values("received_at", "id").query.sql_with_params()
    return sql, list(values)


def _fetched(sql: str, values: list[Any]) -> list[Key]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Key(moment, key) for moment, key in cursor.fetchall()]


# ------------------------------------------------------------------ patience
class _TookTooLong(Exception):
    """The statement was stopped; the transaction goes on."""


@contextmanager
def _patience(milliseconds: int) -> Iterator[None]:
    """Stop statements that take longer, without breaking the transaction around them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        before = cursor.fetchone()[0]
    try:
        with transaction.atomic():
            _set_timeout(str(milliseconds))
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != "57014":  # query_canceled
            raise
        raise _TookTooLong from error
    _set_timeout(before)


def _set_timeout(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [value])
