"""What somebody typed into the search field, as a query that finds it in any of the four languages.

Every term (a word, or words in quotation marks) is sought in all of its variants, and all terms
must be there; a hyphen before a term excludes it. Words that say nothing in some language ("de",
"the") are left out unless there are no others.
"""

import re
from typing import NamedTuple

from django.db import connection

MOST_TERMS = 12
_TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')

_VARIANTS = """
    SELECT valedor_sought(term)::text, numnode(valedor_sought(term)) = 0 OR EXISTS (
        SELECT FROM unnest(%s::regconfig[]) AS stemmer
        WHERE numnode(plainto_tsquery(stemmer, term)) = 0)
    FROM unnest(%s::text[]) WITH ORDINALITY AS sought (term, ordinal) ORDER BY ordinal
"""
_STEMMERS = "{spanish,catalan,portuguese,english}"


class Sought(NamedTuple):
    """``query`` finds, ``marks`` is any of its words: both are texts that PostgreSQL reads as
    tsquery.
    """

    query: str
    marks: str


def read_terms(typed: str) -> Sought:
    """The query; empty when no term can be sought. One small query, which reads no table."""
    found = _variants(_terms(typed, MOST_TERMS))
    wanted = [query for (minus, _term), (query, _idle) in found if query and not minus]
    telling = [query for (minus, _term), (query, idle) in found if query and not minus and not idle]
    unwanted = [f"!({query})" for (minus, _term), (query, _idle) in found if query and minus]
    sought = telling or wanted
    if not sought:
        return Sought("", "")
    return Sought(
        query=" & ".join([*(f"({query})" for query in sought), *unwanted]),
        marks=" | ".join(f"({query})" for query in sought),
    )


def read_each(typed: str, *, at_most: int = MOST_TERMS, idle_too: bool = True) -> list[str]:
    """Each term on its own, as a text that PostgreSQL reads as tsquery; excluded ones are left out.

    For small tables, where it counts how many of the terms a text holds. Words that say nothing
    are left out, unless there are no others and ``idle_too``.
    """
    found = _variants(_terms(typed, at_most))
    wanted = [query for (minus, _term), (query, _idle) in found if query and not minus]
    telling = [query for (minus, _term), (query, idle) in found if query and not minus and not idle]
    return telling or (wanted if idle_too else [])


def _terms(typed: str, at_most: int) -> list[tuple[bool, str]]:
    terms: list[tuple[bool, str]] = []
    for match in list(_TERM.finditer(typed))[:at_most]:
        text = match["phrase"] if match["phrase"] is not None else match["word"].lstrip("-")
        plain = " ".join(re.findall(r"[^\W_]+(?:[-'@.·][^\W_]+)*", text))
        if plain:
            is_phrase = match["phrase"] is not None and " " in plain
            terms.append((bool(match["minus"]), f'"{plain}"' if is_phrase else plain))
    return terms


def _variants(terms: list[tuple[bool, str]]) -> list[tuple[tuple[bool, str], tuple[str, bool]]]:
    if not terms:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_VARIANTS, [_STEMMERS, [term for _minus, term in terms]])
        return list(zip(terms, cursor.fetchall(), strict=True))
