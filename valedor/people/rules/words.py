"""Words that rules know, and the one somebody may have meant."""

from collections.abc import Collection
from difflib import get_close_matches

from valedor.foundation.refusals import Refusal


def nearest(word: str, known: Collection[str]) -> str:
    """The known word that somebody may have meant; the first where none is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.3)
    return near[0] if near else next(iter(sorted(known)), "")


def unknown(code: str, sentence: object, word: str, known: Collection[str]) -> Refusal:
    """A word that is none of those known, with the nearest of them."""
    return Refusal(code, sentence, {"word": word, "near": nearest(word, known)})  # type: ignore[arg-type]
