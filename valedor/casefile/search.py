"""Search: a reference goes straight to its case; names, addresses and words find cases, newest
first.

Every word is sought as a stem of each of the four languages and, accents folded, as it stands. Two
ways lead to the first results: the word index, for what few cases hold, and walking the permitted
cases from the newest on, for what many do; the planner's estimate chooses. The index brings the
number of hits with it; walking stops at the page's last row, and ``count`` tells the number apart.
``SearchText`` has no row policy, so it is read joined to ``cases_visible_to`` and in no other way.
"""

import heapq
import math
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import OperationalError, connection
from django.db.models import Q
from django.utils.translation import gettext as _

from valedor.casefile.access import cases_visible_to, condition_in_sql
from valedor.casefile.filters import Filters
from valedor.casefile.models import WalledSearchText
from valedor.casefile.models.case import CaseQuerySet
from valedor.casefile.queries import AskedLines, CaseLine
from valedor.casefile.queues import Key, cursor_of, read_cursor
from valedor.casefile.search_terms import Sought, read_terms
from valedor.casefile.seats import Seat
from valedor.casefile.snippets import AskedTexts, Part, marked_texts
from valedor.casefile.viewing import Viewer
from valedor.foundation.questions import one_round_trip
from valedor.foundation.references import looks_like_reference, read_reference
from valedor.foundation.refusals import Refused
from valedor.people.contact_points import persons_reached_at
from valedor.people.models import Entity, Mandate

PAGE = 25
COUNTED_UP_TO = 1000
# Walking reads N / m cases for a hit where m of N hold the word, and looking up reads all m: they
# meet at a multiple of the root of N. The planner guesses three times too many, because the
# variants of one word overlap; that is in the factor.
_WALK_ABOVE_ROOT_TIMES = 24
_FEW = 1500
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

    ``total`` stops at a thousand (``is_more``). It is empty after the first page, where counting
    would take too long, and where so many cases hold the words that ``count`` is to be asked apart
    (``is_uncounted``). ``trouble`` is a sentence about what was typed, or about a search that was
    given up.
    """

    typed: str
    straight: str = ""
    hits: Sequence[Hit] = ()
    total: int | None = 0
    is_more: bool = False
    is_uncounted: bool = False
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
    persons = persons_reached_at(typed, _countries(viewer)) if _may_be_address(typed) else set()
    if persons:
        return _of_persons(viewer, permitted, persons, typed, place, size)
    sought = read_terms(typed)
    if not sought.query:
        return SearchPage(typed, trouble=_("Type a word that says more: these are in every text."))
    try:
        found = _find(viewer, permitted, sought.query, place, size + 1)
    except _TookTooLong:
        return SearchPage(
            typed,
            total=None,
            trouble=_("This search takes too long. Add a word, or narrow it with a filter."),
        )
    total = None if place is not None else found.total
    page = _page(viewer, typed, found.keys, size, total, sought, trouble)
    return page._replace(is_uncounted=total is None and place is None)


def count(viewer: Viewer, typed: str, filters: Filters | None = None) -> SearchPage:
    """How many cases hold the words that somebody typed, without the cases."""
    typed = typed.replace("\0", "").strip()[:300]
    sought = read_terms(typed)
    if not sought.query:
        return SearchPage(typed)
    permitted = cases_visible_to(viewer).filter((filters or Filters()).condition())
    total = _count(viewer, permitted, sought.query)
    if total is None:
        return SearchPage(typed, total=None)
    return SearchPage(typed, total=min(total, COUNTED_UP_TO), is_more=total > COUNTED_UP_TO)


def _page(
    viewer: Viewer,
    typed: str,
    keys: list[Key],
    size: int,
    total: int | None,
    sought: Sought | None,
    trouble: str = "",
) -> SearchPage:
    ids = [key.id for key in keys[:size]]
    with one_round_trip() as ask:
        asked, told = AskedLines(ask, viewer, ids), AskedTexts(ask, ids)
    lines = asked.lines()
    subjects = {line.id: (line.language, line.subject) for line in lines}
    texts = marked_texts(subjects, told.texts(), sought)
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


def _may_be_address(typed: str) -> bool:
    """Whether it is worth asking: words hold neither an at sign nor six digits."""
    return "@" in typed or sum(map(str.isdigit, typed)) >= 6


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
class _Found(NamedTuple):
    """The newest matching cases, and how many there are as far as that came with them."""

    keys: list[Key]
    total: int | None


def _find(
    viewer: Viewer, permitted: CaseQuerySet, query: str, place: Key | None, size: int
) -> _Found:
    rows = _after(permitted, place)
    seen = _Found([], 0)
    if viewer.seats & Seat.COMPANY:
        seen = _found_by_words(viewer, rows, query, size)
    walled = _walled(viewer, query)
    if not walled:
        return seen
    both = heapq.merge(
        seen.keys, _newest(rows.filter(pk__in=walled), size), key=_newest_last, reverse=True
    )
    keys = list(dict.fromkeys(both))[:size]
    return _Found(keys, len(keys) if len(keys) < size else _count(viewer, permitted, query))


def _found_by_words(viewer: Viewer, rows: CaseQuerySet, query: str, size: int) -> _Found:
    if _in_many(query):
        try:
            keys = _walk(viewer, rows, query, size)
        except _TookTooLong:
            pass  # Many cases hold it, but few of these: the word index finds them.
        else:
            return _Found(keys, len(keys) if len(keys) < size else None)
    return _look_up(rows, query, size)


def _walk(viewer: Viewer, rows: CaseQuerySet, query: str, size: int) -> list[Key]:
    """From the newest case on, looking into each one's words; a lane for each entity."""
    seen, values = condition_in_sql(rows)
    statement = f"""
        SELECT casefile_case.received_at, casefile_case.id FROM casefile_case
        CROSS JOIN LATERAL (
            SELECT words FROM casefile_searchtext WHERE case_id = casefile_case.id OFFSET 0
        ) AS text
        WHERE {seen} AND casefile_case.entity_id = %s AND text.words @@ %s::tsquery
        ORDER BY casefile_case.received_at DESC, casefile_case.id DESC LIMIT %s
    """  # noqa: S608 -- the SQL of a queryset
    lanes = _patiently(
        [(statement, [*values, entity, query, size]) for entity in viewer.entities], _WALKING_MS
    )
    keys = sorted((Key(*row) for lane in lanes for row in lane), key=_newest_last, reverse=True)
    return keys[:size]


def _look_up(rows: CaseQuerySet, query: str, size: int) -> _Found:
    """Through the word index, then the permitted ones of what it finds."""
    seen, values = condition_in_sql(rows)
    statement = f"""
        WITH found AS MATERIALIZED (
            SELECT case_id FROM casefile_searchtext WHERE words @@ %s::tsquery
        )
        SELECT received_at, id, count(*) OVER () FROM found
        JOIN casefile_case ON casefile_case.id = found.case_id
        WHERE {seen} ORDER BY received_at DESC, id DESC LIMIT %s
    """  # noqa: S608 -- the SQL of a queryset
    (found,) = _patiently([(statement, [query, *values, size])], _PATIENCE_MS)
    return _Found([Key(*row[:2]) for row in found], found[0][2] if found else 0)


def _walled(viewer: Viewer, query: str) -> list[int]:
    """Cases found by words that the company does not see. Row policies bind this table."""
    if not viewer.seats & ~Seat.COMPANY:
        return []
    return list(
        WalledSearchText.objects.extra(where=["words @@ %s::tsquery"], params=[query])
        .order_by("-case_id")
        .values_list("case_id", flat=True)[:COUNTED_UP_TO]
    )


def _count(viewer: Viewer, permitted: CaseQuerySet, query: str) -> int | None:
    """How many, up to a thousand and one; nothing where counting takes too long."""
    seen, values = condition_in_sql(permitted)
    text = "SELECT case_id FROM casefile_searchtext WHERE words @@ %s::tsquery"
    if not viewer.seats & Seat.COMPANY:
        text += " AND false"
    walled = _walled(viewer, query)
    if walled:
        text += " UNION SELECT unnest(%s::bigint[])"
    statement = f"""
        SELECT count(*) FROM (
            SELECT 1 FROM ({text}) AS text JOIN casefile_case ON casefile_case.id = text.case_id
            WHERE {seen} LIMIT %s
        ) AS counted
    """  # noqa: S608 -- the SQL of a queryset
    asked = [query, *([walled] if walled else []), *values, COUNTED_UP_TO + 1]
    try:
        ((counted,),) = _patiently([(statement, asked)], _COUNTING_MS)
    except _TookTooLong:
        return None
    return int(counted[0])


def _in_many(query: str) -> bool:
    """Whether so many cases hold the words that walking finds a page of them sooner. It reads
    statistics only.
    """
    with one_round_trip() as ask:
        plan = ask.rows(_EXPLAINED, [query])
        size = ask.rows(_SIZE)
    ((tree,),) = plan
    expected = float(tree[0]["Plan"]["Plan Rows"])
    return expected > max(_FEW, _WALK_ABOVE_ROOT_TIMES * math.sqrt(max(size[0][0], 0)))


_EXPLAINED = "EXPLAIN (FORMAT JSON) SELECT FROM casefile_searchtext WHERE words @@ %s::tsquery"
_SIZE = "SELECT reltuples FROM pg_class WHERE oid = 'casefile_searchtext'::regclass"


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


# ------------------------------------------------------------------ patience
class _TookTooLong(Exception):
    """The statement was stopped; the transaction goes on."""


def _patiently(
    statements: Sequence[tuple[str, Sequence[Any]]], milliseconds: int
) -> list[list[tuple[Any, ...]]]:
    """What statements answer that are stopped when they take longer. One round trip, which does not
    break the transaction around it.
    """
    try:
        with one_round_trip() as ask:
            ask.rows("SAVEPOINT patience")
            ask.rows("SELECT set_config('statement_timeout', %s, true)", [str(milliseconds)])
            answers = [ask.rows(statement, values) for statement, values in statements]
            ask.rows("SET LOCAL statement_timeout TO DEFAULT")
            ask.rows("RELEASE SAVEPOINT patience")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != "57014":  # query_canceled
            raise
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK TO SAVEPOINT patience; RELEASE SAVEPOINT patience")
        raise _TookTooLong from error
    return answers
