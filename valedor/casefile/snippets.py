"""Pieces of text around what was found, with the found words marked as parts, never as markup."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import connection

from valedor.casefile.models import EntryContent
from valedor.casefile.search_terms import Sought

BEFORE, LONGEST, READ = 60, 220, 6000
_WORD = re.compile(r"[^\W_]+(?:[-'@.·][^\W_]+)*")

_MATCHING = """
    SELECT language, word FROM unnest(%s::text[], %s::text[]) AS told (language, word)
    WHERE valedor_words(language, word) @@ %s::tsquery
"""


class Part(NamedTuple):
    """A stretch of text; ``is_marked`` where it is what was sought."""

    text: str
    is_marked: bool


def marked_texts(
    subjects: Mapping[int, tuple[str, str]], sought: Sought | None
) -> dict[int, tuple[list[Part], list[Part]]]:
    """For each case its title and the piece of its texts that holds most of what was sought.

    Row policies choose the texts: nobody is shown a line from behind the wall. Two queries.
    """
    if not subjects:
        return {}
    texts: dict[int, list[str]] = {case: [] for case in subjects}
    for case, body in (
        EntryContent.objects.filter(case__in=list(subjects))
        .exclude(body="")
        .order_by("case_id", "id")
        .values_list("case_id", "body")
    ):
        texts[case].append(body[:READ])
    found = _found_words(subjects, texts, sought) if sought else set()
    marked = {}
    for case, (language, subject) in subjects.items():
        words = {word for spoken, word in found if spoken == language}
        pieces = [_piece(text, words) for text in texts[case]] or [("", 0)]
        best = max(pieces, key=lambda piece: piece[1])[0]
        marked[case] = (_parts(subject, words), _parts(best, words))
    return marked


def _found_words(
    subjects: Mapping[int, tuple[str, str]], texts: Mapping[int, Iterable[str]], sought: Sought
) -> set[tuple[str, str]]:
    told = sorted(
        {
            (language, word.lower())
            for case, (language, subject) in subjects.items()
            for text in (subject, *texts[case])
            for word in _WORD.findall(text)
        }
    )[:8000]
    with connection.cursor() as cursor:
        cursor.execute(
            _MATCHING,
            [[language for language, _ in told], [word for _, word in told], sought.marks],
        )
        return set(cursor.fetchall())


def _piece(text: str, words: set[str]) -> tuple[str, int]:
    """The stretch that begins shortly before the first found word, and how many it holds."""
    flat = " ".join(text.split())
    first = next((m.start() for m in _WORD.finditer(flat) if m[0].lower() in words), 0)
    start = 0 if first <= BEFORE else flat.rfind(" ", 0, first - BEFORE) + 1
    end = len(flat) if len(flat) <= start + LONGEST else flat.rfind(" ", start, start + LONGEST)
    if end <= start:
        end = min(len(flat), start + LONGEST)
    piece = flat[start:end]
    held = sum(word.lower() in words for word in _WORD.findall(piece))
    return ("… " if start else "") + piece + (" …" if end < len(flat) else ""), held


def _parts(text: str, words: set[str]) -> list[Part]:
    parts: list[Part] = []
    done = 0
    for match in _WORD.finditer(text):
        if match[0].lower() not in words:
            continue
        if match.start() > done:
            parts.append(Part(text[done : match.start()], False))
        parts.append(Part(match[0], True))
        done = match.end()
    if done < len(text):
        parts.append(Part(text[done:], False))
    return parts
