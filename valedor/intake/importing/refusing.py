"""Why a mapping, a file or a row cannot be taken, in words for whoever has to put it right."""

import difflib
from collections.abc import Iterable

from django.utils.translation import gettext, gettext_noop


class MappingWrong(Exception):
    """A mapping, or a file that does not fit it. The message names file, key and the nearest
    word.
    """

    def __init__(self, message: str, *, hint: str = "", code: str = "mapping_wrong") -> None:
        super().__init__(message)
        self.hint = hint
        self.code = code


class RowRejected(Exception):
    """A row that becomes no case.

    ``sentence`` is the reason with its places and ``values`` fills them: they are kept apart, for
    a person reads them later, in a language of their own.
    """

    def __init__(self, sentence: str, **values: str | int) -> None:
        super().__init__(sentence, values)
        self.sentence = sentence
        self.values = values

    def __str__(self) -> str:
        return said(self.sentence, self.values)


def refused_by_database(error: Exception) -> RowRejected:
    """What the database has against a row, with the first line of its words."""
    return RowRejected(
        gettext_noop("The database refused the row: %(why)s."), why=str(error).splitlines()[0]
    )


def said(sentence: str, values: dict[str, str | int]) -> str:
    """A reason in the language of whoever reads it now."""
    return gettext(sentence) % values if values else gettext(sentence)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, as the end of a sentence; empty when none is near."""
    folded = {candidate.casefold(): candidate for candidate in known}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.5)
    return f" The nearest word is “{folded[near[0]]}”." if near else ""


def listed(words: Iterable[str]) -> str:
    """Words as a sentence lists them."""
    return ", ".join(f"“{word}”" for word in words)
