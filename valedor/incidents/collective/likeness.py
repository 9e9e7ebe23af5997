"""What a case and an incident have in common: subject, place, words. Pure.

Same time is the condition, not a sign. A case is likely one of an incident's where two signs agree;
one sign is shown to whoever looks, and proposes nothing by itself.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

BEFORE = timedelta(hours=6)
"""People notice before the house does."""
AFTER = timedelta(days=3)
"""…and write when it is over."""
_SHORTEST_WORD, _STEM = 4, 6
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Sought:
    """An incident as cases are compared with it."""

    began_at: datetime
    ended_at: datetime | None
    categories: frozenset[int]
    places: tuple[str, ...]
    titles: tuple[frozenset[str], ...]  # The stems of its title in each language.


@dataclass(frozen=True)
class Compared:
    """A case as it is compared: what it says, and where the person is."""

    received_at: datetime
    category: int | None
    text: str
    places: Sequence[str] = field(default_factory=tuple)


def sought(
    *,
    began_at: datetime,
    ended_at: datetime | None,
    categories: Collection[int],
    places: Iterable[str],
    titles: Iterable[str],
) -> Sought:
    """What to look for."""
    named = tuple(filter(None, (folded(place) for place in places)))
    of_places = {word for place in named for word in _WORD.findall(place)}
    stems = [_stems(folded(title), without=of_places) for title in titles]
    return Sought(began_at, ended_at, frozenset(categories), named, tuple(filter(None, stems)))


def is_in_time(it: Sought, received_at: datetime) -> bool:
    """Whether a case came while it lasted, or shortly after."""
    if received_at < it.began_at - BEFORE:
        return False
    return it.ended_at is None or received_at <= it.ended_at + AFTER


def signs(it: Sought, case: Compared) -> tuple[str, ...]:
    """Which signs agree; none for a case of another time."""
    if not is_in_time(it, case.received_at):
        return ()
    found = []
    if case.category in it.categories:
        found.append("category")
    text = folded(case.text)
    if is_there(it.places, "\n".join([*case.places, case.text])):
        found.append("place")
    said = _stems(text)
    if any(len(said & title) >= min(2, len(title)) for title in it.titles):
        found.append("words")
    return tuple(found)


def _stems(text: str, *, without: Collection[str] = ()) -> frozenset[str]:
    """The beginnings of the words that say something."""
    return frozenset(
        word[:_STEM]
        for word in _WORD.findall(text)
        if len(word) >= _SHORTEST_WORD and not word.isdigit() and word not in without
    )


def is_there(places: Iterable[str], text: str) -> bool:
    """Whether one of these places, folded, is named in a text as whole words."""
    said = f" {' '.join(_WORD.findall(folded(text)))} "
    return any(f" {' '.join(_WORD.findall(place))} " in said for place in places)


def is_likely(found: Sequence[str]) -> bool:
    """Two of three."""
    return len(found) >= 2


def folded(text: str) -> str:
    """Small letters without accents: people write as they like."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
