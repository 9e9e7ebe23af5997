"""Finding articles: by words typed into a search field, or by what somebody is writing.

Every word is sought as stems of the four languages and, accents folded, as it stands, in whichever
language an article is written: people do not always write in the language of the page. A word
weighs what it tells: one that every article holds says nothing, and in a title it says three
times as much.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from valedor.casefile.search_terms import read_each
from valedor.knowledge.models import ArticleVersion
from valedor.knowledge.queries import standing_at
from valedor.people.models import Entity

MOST = 20
LIKELY = 3
READ = 1000
"""Letters of what somebody writes that are looked at: the matter is said early."""
_MOST_WORDS = 40
_SHORTEST = 3
# Two words, one of them in a title or keyword that few articles hold, or several of a text.
_LIKELY_FROM = 2.0

_FOUND = """
    WITH hit AS (
        SELECT told.version_id, term.ordinal,
            bool_or(ts_filter(told.words, '{a}') @@ term.query) AS is_title
        FROM knowledge_articlewords AS told
        JOIN unnest(%s::tsquery[]) WITH ORDINALITY AS term (query, ordinal)
            ON told.words @@ term.query
        WHERE told.version_id = ANY (%s) GROUP BY 1, 2
    ), telling AS (
        SELECT ordinal, ln(1 + %s::float / count(*)) / ln(1 + %s::float) AS weight
        FROM hit GROUP BY 1
    )
    SELECT version_id, count(*), sum(weight * CASE WHEN is_title THEN 3 ELSE 1 END)
    FROM hit JOIN telling USING (ordinal) GROUP BY 1 ORDER BY 3 DESC, 1
"""


def search_articles(
    entities: Iterable[Entity], typed: str, at: datetime, *, at_most: int = MOST
) -> list[ArticleVersion]:
    """What answers to all words typed; where nothing does, to as many as possible."""
    terms = read_each(typed.replace("\0", "")[:300])
    found = _found(entities, terms, at)
    full = [one for one in found if one.hits == len(terms)]
    return _versions([one.version_id for one in full or found][:at_most])


def likely_articles(
    entities: Iterable[Entity], written: str, at: datetime, *, at_most: int = LIKELY
) -> list[ArticleVersion]:
    """What may answer somebody who is still writing; nothing rather than something far-fetched."""
    words = dict.fromkeys(
        word
        for word in re.findall(r"[^\W\d_]+", written.replace("\0", "")[:READ].lower())
        if len(word) >= _SHORTEST
    )
    terms = read_each(" ".join(list(words)[:_MOST_WORDS]), at_most=_MOST_WORDS, idle_too=False)
    likely = [
        one.version_id
        for one in _found(entities, terms, at)
        if one.score >= _LIKELY_FROM and (one.hits > 1 or len(terms) == 1)
    ]
    return _versions(likely[:at_most])


class _Hit(NamedTuple):
    """A version that holds some of the terms, and how much they tell."""

    version_id: int
    hits: int
    score: float


def _found(entities: Iterable[Entity], terms: list[str], at: datetime) -> list[_Hit]:
    if not terms:
        return []
    shown = {pk for one in entities for pk in standing_at(one, at).values_list("pk", flat=True)}
    if not shown:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, [terms, list(shown), len(shown), len(shown)])
        return [_Hit(int(pk), int(hits), float(score)) for pk, hits, score in cursor.fetchall()]


def _versions(keys: list[int]) -> list[ArticleVersion]:
    found = ArticleVersion.objects.select_related("article").in_bulk(keys)
    return [found[pk] for pk in keys]
