"""Why a mapping, a file or a row cannot be taken, in words for whoever has to put it right."""

import difflib
from collections.abc import Iterable


class MappingWrong(Exception):
    """A mapping, or a file that does not fit it. The message names file, key and the nearest
    word.
    """

    def __init__(self, message: str, *, hint: str = "", code: str = "mapping_wrong") -> None:
        super().__init__(message)
        self.hint = hint
        self.code = code


class RowRejected(Exception):
    """A row that becomes no case. The message is the reason that a person reads later."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, as the end of a sentence; empty when none is near."""
    folded = {candidate.casefold(): candidate for candidate in known}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.5)
    return f" The nearest word is “{folded[near[0]]}”." if near else ""


def listed(words: Iterable[str]) -> str:
    """Words as a sentence lists them."""
    return ", ".join(f"“{word}”" for word in words)
