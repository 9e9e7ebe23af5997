"""The small language of letters: text with named places.

``{reference}`` is replaced by a value. ``{?remedy} … {/remedy}`` stays only where there is one.
``{*points} … {/points}`` is repeated for each row of a list, whose own names hold inside it. A
literal brace is written twice. A place that nobody fills is an error with a sentence, never a gap
in a letter.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

_MARK = re.compile(r"\{\{|\}\}|\{([?*/]?)([a-z][a-z0-9_]*)\}|[{}]")
_ELIDED = ("1 de ", "1 d'", "11 de ", "11 d'", "1 d’", "11 d’")
_ARTICLES = (
    (" del ", " de l'"),
    (" al ", " a l'"),
    (" el ", " l'"),
    ("\nel ", "\nl'"),
    (" El ", " L'"),
    ("\nEl ", "\nL'"),
)
_BLANK_LINES = re.compile(r"\n{3,}")
_LINE_ENDS = re.compile(r"[ \t]+$", re.MULTILINE)


class WordingError(ValueError):
    """A wording cannot be read or filled in. The message is one sentence for whoever wrote it."""


@dataclass(frozen=True)
class Place:
    """A place that a value fills."""

    name: str


@dataclass(frozen=True)
class Part:
    """A stretch that is shown where there is a value, or once for each row of a list."""

    name: str
    repeats: bool
    inside: tuple["Node", ...]


Node = str | Place | Part


@lru_cache(maxsize=512)
def read_wording(text: str) -> tuple[Node, ...]:
    """A wording, read. Raises ``WordingError`` for a brace or a part that does not close."""
    open_parts: list[tuple[str, str, list[Node]]] = [("", "", [])]
    position = 0
    for mark in _MARK.finditer(text):
        if mark.start() > position:
            open_parts[-1][2].append(text[position : mark.start()])
        position = mark.end()
        sign, name = mark.group(1), mark.group(2)
        if mark.group() in {"{{", "}}"}:
            open_parts[-1][2].append(mark.group()[0])
        elif name is None:
            line = text.count("\n", 0, mark.start()) + 1
            raise WordingError(
                _("Line %(line)s has a lone brace: write it twice to mean the brace itself.")
                % {"line": line}
            )
        elif sign in {"?", "*"}:
            open_parts.append((sign, name, []))
        elif sign == "/":
            began, begun, inside = open_parts.pop()
            if begun != name:
                raise WordingError(
                    _("{/%(name)s} closes a part that was not opened.") % {"name": name}
                )
            open_parts[-1][2].append(Part(name, began == "*", tuple(inside)))
        else:
            open_parts[-1][2].append(Place(name))
    if len(open_parts) > 1:
        raise WordingError(
            _("The part {?%(name)s} is not closed: write {/%(name)s} where it ends.")
            % {"name": open_parts[-1][1]}
        )
    if position < len(text):
        open_parts[0][2].append(text[position:])
    return tuple(open_parts[0][2])


def fill_in(text: str, values: Mapping[str, Any], *, elides: bool = False) -> str:
    """A wording with its values. Lines that a missing part leaves empty are closed up.

    With ``elides``, an article shrinks before the first and the eleventh of a month, as Catalan
    wants. Raises ``WordingError`` naming the first place that no value fills.
    """
    pieces: list[str] = []
    _fill(read_wording(text), values, pieces)
    if elides:
        _elide(pieces)
    text = _LINE_ENDS.sub("", "".join(pieces))
    return _BLANK_LINES.sub("\n\n", text).strip()


def _fill(nodes: Sequence[Node], values: Mapping[str, Any], pieces: list[str]) -> None:
    for node in nodes:
        if isinstance(node, str):
            pieces.append(node)
        elif isinstance(node, Place):
            pieces.append(_value(node.name, values))
        elif not node.repeats:
            if values.get(node.name):
                _fill(node.inside, values, pieces)
        else:
            for row in values.get(node.name) or ():
                _fill(node.inside, {**values, **row}, pieces)


def _elide(pieces: list[str]) -> None:
    for number, piece in enumerate(pieces[1:]):
        before = pieces[number]
        if piece.startswith(_ELIDED):
            for article, short in _ARTICLES:
                if before.endswith(article):
                    pieces[number] = before[: -len(article)] + short
                    break


def _value(name: str, values: Mapping[str, Any]) -> str:
    value = values.get(name)
    if value is None or value == "":
        raise WordingError(
            _("The letter names {%(name)s}, and there is nothing to put there.") % {"name": name}
        )
    return str(value)


def places_of(text: str) -> dict[str, frozenset[str]]:
    """The names that a wording uses; under each list, the names used inside it.

    Names outside any list stand under ``""``.
    """
    found: dict[str, set[str]] = {"": set()}
    for within, name in _walk(read_wording(text), ""):
        found.setdefault(within, set()).add(name)
    return {within: frozenset(names) for within, names in found.items()}


def _walk(nodes: Sequence[Node], within: str) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if isinstance(node, Place):
            yield within, node.name
        elif isinstance(node, Part):
            yield within, node.name
            yield from _walk(node.inside, node.name if node.repeats else within)
