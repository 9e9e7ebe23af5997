"""Message-IDs: of the message, and of those that it answers."""

import re

from . import limits
from .defects import Defects
from .words import on_one_line

_IN_BRACKETS = re.compile(r"<([^<>]+)>")
_BETWEEN = re.compile(r"[\s<>,;\"']+")
_BLANKS = re.compile(r"\s+")


def identifiers(text: str) -> list[str]:
    """Every id of a header on one line, in its order, with its brackets.

    Some programs put words around ids, and some leave the brackets out.
    """
    found = _IN_BRACKETS.findall(text)
    if not found:
        found = [one for one in _BETWEEN.split(text) if "@" in one.strip("@")]
    ids = (_BLANKS.sub("", on_one_line(one)) for one in found)
    return [f"<{one}>" for one in ids if one and len(one) <= limits.LONGEST_IDENTIFIER]


def identifier(text: str) -> str | None:
    """The one id of a Message-ID; what has neither bracket nor sign stays as it is."""
    found = identifiers(text)
    if found:
        return found[0]
    bare = _BLANKS.sub("", on_one_line(text)).strip("<>")
    return f"<{bare[: limits.LONGEST_IDENTIFIER]}>" if bare else None


def references(headers: list[str], defects: Defects) -> tuple[str, ...]:
    """Every id that the headers name, in their order, once.

    Of very many the last are kept: the newest messages are named last.
    """
    found = list(dict.fromkeys(one for text in headers for one in identifiers(text)))
    if len(found) > limits.MOST_REFERENCES:
        defects.note("too_many_references", limit=limits.MOST_REFERENCES)
        found = found[-limits.MOST_REFERENCES :]
    return tuple(found)
