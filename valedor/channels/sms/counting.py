"""How many short messages a text takes (3GPP TS 23.038 and 23.040). Pure.

A text whose every sign is in the default alphabet has 160 of them in one message, else 70. In a
long text each part loses some for the header that joins it: 153 and 67. Signs of the extension
take two places, signs outside the basic plane two units of UCS-2, and neither is ever cut in half.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")
_LIKE = {"“": '"', "”": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "·": "."}


@dataclass(frozen=True)
class Size:
    """What a text takes: its parts, and whether every sign is of the default alphabet."""

    parts: int
    is_plain: bool


def size_of(text: str) -> Size:
    """How many messages a text is; an empty one is one too."""
    is_plain = all(sign in _BASIC or sign in _EXTENDED for sign in text)
    alone, joined = (160, 153) if is_plain else (70, 67)
    widths = list(_widths(text, is_plain=is_plain))
    if sum(widths) <= alone:
        return Size(1, is_plain)
    parts, room = 1, joined
    for width in widths:
        if width > room:
            parts, room = parts + 1, joined
        room -= width
    return Size(parts, is_plain)


def folded(text: str) -> str:
    """A text without the signs that make it long: letters lose the accents that the default
    alphabet lacks. What it has no likeness of stays.
    """
    return "".join(
        sign if sign in _BASIC or sign in _EXTENDED else _LIKE.get(sign) or _bare(sign)
        for sign in text
    )


def _bare(sign: str) -> str:
    bare = "".join(
        one for one in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(one)
    )
    return bare if bare and all(one in _BASIC for one in bare) else sign


def _widths(text: str, *, is_plain: bool) -> Iterator[int]:
    for sign in text:
        is_wide = sign in _EXTENDED if is_plain else ord(sign) > 0xFFFF
        yield 2 if is_wide else 1
