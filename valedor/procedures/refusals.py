"""Why a pack is refused, and where to look."""

from collections.abc import Iterable
from difflib import get_close_matches


class PackRefused(Exception):
    """A pack, or a table beside it, cannot be used. One sentence says file, key and what to do."""

    def __init__(self, message: str, *, file: str, key: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.key = key


class UnknownRegime(LookupError):
    """No pack has this key; `nearest` is the key most like it."""

    def __init__(self, key: str, nearest: str) -> None:
        super().__init__(key)
        self.key = key
        self.nearest = nearest


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like another, to be offered in a sentence."""
    words = list(known)
    found = get_close_matches(word, words, n=1, cutoff=0.1)
    return found[0] if found else next(iter(sorted(words)), "")
