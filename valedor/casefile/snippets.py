"""Pieces of text around what was found, with the found words marked as parts, never as markup."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from valedor.casefile.search_terms import Sought
from valedor.foundation.questions import Ask, one_round_trip

BEFORE, LONGEST, READ = 60, 220, 6000
_WORD = re.compile(r"[^\W_]+(?:[-'@.·][^\W_]+)*")

_LEXEME = re.compile(r"'((?:[^']|'')*)'")

# By way of the entries, which have an index by case; their contents have none.
_TEXTS = """
    SELECT entry.case_id, left(content.body, %s) FROM casefile_entry AS entry
    JOIN casefile_entrycontent AS content ON content.id = entry.id
    WHERE entry.case_id = ANY (%s) AND content.body <> ''
    ORDER BY entry.case_id, entry.sequence
"""
_MATCHING = """
    SELECT language, word FROM unnest(%s::text[], %s::text[]) AS told (language, word)
    WHERE valedor_words(language, word) @@ %s::tsquery
"""


class Part(NamedTuple):
    """A stretch of text; ``is_marked`` where it is what was sought."""

    text: str
    is_marked: bool


class AskedTexts:
    """What was told in cases, on its way: asked together with their lines.

    Row policies choose the texts: nobody is shown a line from behind the wall.
    """

    def __init__(self, ask: Ask, cases: Sequence[int]) -> None:
        self._rows = ask.rows(_TEXTS, [READ, list(cases)]) if cases else []

    def texts(self) -> dict[int, list[str]]:
        """By case, in the order in which they were told."""
        found: dict[int, list[str]] = defaultdict(list)
        for case, body in self._rows:
            found[case].append(body)
        return found


def marked_texts(
    subjects: Mapping[int, tuple[str, str]],
    texts: Mapping[int, Sequence[str]],
    sought: Sought | None,
) -> dict[int, tuple[list[Part], list[Part]]]:
    """For each case its title and the piece of its texts that holds most of what was sought.

    ``subjects`` are the language and the title of each. One query.
    """
    found = _found_words(subjects, texts, sought) if sought else set()
    marked = {}
    for case, (language, subject) in subjects.items():
        words = {word for spoken, word in found if spoken == language}
        pieces = [_piece(text, words) for text in texts.get(case, ())] or [("", 0)]
        best = max(pieces, key=lambda piece: piece[1])[0]
        marked[case] = (_parts(subject, words), _parts(best, words))
    return marked


def _found_words(
    subjects: Mapping[int, tuple[str, str]], texts: Mapping[int, Sequence[str]], sought: Sought
) -> set[tuple[str, str]]:
    """The words of these texts, each with its language, that are forms of what was sought."""
    begins = _beginnings(sought.marks)
    told = sorted(
        {
            (language, word)
            for case, (language, subject) in subjects.items()
            for text in (subject, *texts.get(case, ()))
            for word in set(_WORD.findall(text.lower()))
            if _begins_alike(word, begins)
        }
    )[:8000]
    if not told:
        return set()
    with one_round_trip() as ask:
        found = ask.rows(
            _MATCHING,
            [[language for language, _ in told], [word for _, word in told], sought.marks],
        )
    return set(found)


# A stemmer changes the end of a word: its first letter always stays, of long words the first three.
# Whatever begins otherwise need not be asked about.
_LONG = 6
_STROKES = str.maketrans("łđøŁĐØ", "ldoLDO")


class _Beginnings(NamedTuple):
    """How the words that are sought begin, plain and in small letters."""

    letters: frozenset[str]
    starts: tuple[str, ...]


def _beginnings(marks: str) -> _Beginnings:
    lexemes = {_plain(one) for one in _LEXEME.findall(marks)}
    return _Beginnings(
        frozenset(one[:1] for one in lexemes), tuple({one[:3] for one in lexemes if one})
    )


def _begins_alike(word: str, begins: _Beginnings) -> bool:
    start = _plain(word[:3])
    if len(word) < _LONG:
        return start[:1] in begins.letters
    return start.startswith(begins.starts)


def _plain(text: str) -> str:
    """Small letters without accents, as ``valedor_fold`` makes them."""
    if text.isascii():
        return text.lower()
    parted = unicodedata.normalize("NFD", text.translate(_STROKES))
    return "".join(sign for sign in parted if not unicodedata.combining(sign)).lower()


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
