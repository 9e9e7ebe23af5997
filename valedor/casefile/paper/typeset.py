"""Typesetting: values and a template become a PDF/A-2a, or a PDF/A-3a that takes files in.

Values travel as JSON into ``sys.inputs``, so nothing that somebody wrote is ever read as markup.
The fonts are those that the typesetter carries; what they cannot draw is written as its number,
in sight, because a receipt that fails on one sign would be no receipt.
"""

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from datetime import datetime, timezone
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import typst

_HERE = "valedor.casefile.paper"
Standard = Literal["a-2a", "a-3a"]
_NOT_DRAWN = re.compile(r'the text `(".*?")` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# How often a sign that the list below wrongly trusts may be found out before paper gives up.
_TRIES = 60


class NotTypeset(Exception):
    """A template and its values make no PDF: a fault of ours, never of what somebody wrote."""


@cache
def _glyphs() -> tuple[list[int], list[int]]:
    """What Libertinus Serif, New Computer Modern and DejaVu Sans Mono draw between them."""
    text = (files("valedor.casefile.paper") / "glyphs.txt").read_text(encoding="ascii")
    ranges = [piece.partition("-") for piece in text.split()]
    begins = [int(begin, 16) for begin, _dash, _end in ranges]
    return begins, [int(end or begin, 16) for begin, _dash, end in ranges]


def is_drawn(sign: str) -> bool:
    """Whether the fonts that travel with a PDF have this sign."""
    begins, ends = _glyphs()
    place = bisect_right(begins, ord(sign)) - 1
    return place >= 0 and ord(sign) <= ends[place]


def drawable(text: str, without: frozenset[str] = frozenset()) -> str:
    """A text as paper can show it: signs without a glyph, and invisible ones, as ``⟨U+1F600⟩``."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(
        sign
        if sign == "\n" or (sign not in without and is_drawn(sign))
        else " "
        if sign == "\t"
        else ""
        if sign in "\u00ad\u200b\ufeff"  # Hints where to break a line: nothing to show.
        else f"⟨U+{ord(sign):04X}⟩"
        for sign in composed
    )


def _cleaned(value: Any, without: frozenset[str]) -> Any:
    if isinstance(value, str):
        return drawable(value, without)
    if isinstance(value, Mapping):
        return {str(name): _cleaned(inner, without) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(inner, without) for inner in value]
    return value


def typeset(
    template: str,
    values: Mapping[str, Any],
    language: str,
    *,
    at: datetime,
    folder: str = _HERE,
    standard: Standard = "a-2a",
) -> bytes:
    """A PDF/A of a template with its values. The same arguments give the same bytes.

    ``at`` is the date of the document, in its metadata too; ``folder`` is the package that has the
    template. Raises ``NotTypeset`` when the template itself is at fault.
    """
    paper = files(folder) / f"{template}.typ"
    if not template.isalpha() or not paper.is_file():
        raise NotTypeset(f"there is no paper called {template}")
    sources = {
        "main.typ": paper.read_bytes(),
        "page.typ": (files(_HERE) / "page.typ").read_bytes(),
    }
    tongue, _hyphen, region = language.partition("-")
    without: frozenset[str] = frozenset()
    for _attempt in range(_TRIES):
        known = {**values, "language": tongue, "region": region.upper() or None}
        inputs = {"values": json.dumps(_cleaned(known, without), ensure_ascii=False)}
        try:
            made = typst.compile(  # type: ignore[call-overload]
                sources,
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=[standard],
                ignore_system_fonts=True,
                timestamp=_at_an_offset(at),
            )
        except typst.TypstError as error:
            signs = _not_drawn(str(error)) - without
            if not signs:
                raise NotTypeset(str(error)) from error
            without |= signs
        else:
            return bytes(made)
    raise NotTypeset("too many signs that no font has")


def _at_an_offset(at: datetime) -> datetime:
    """The same moment by the same clocks, to the second: the typesetter knows offsets, no zones."""
    offset = at.utcoffset()
    return at.replace(microsecond=0, tzinfo=timezone(offset) if offset is not None else at.tzinfo)


def _not_drawn(sentence: str) -> frozenset[str]:
    found = _NOT_DRAWN.search(sentence)
    if found is None:
        return frozenset()
    shown = _ESCAPED.sub(lambda code: chr(int(code.group(1), 16)), found.group(1)[1:-1])
    return frozenset(shown) - {"\n", "\\"}
