"""What a mapping says about one value: which columns, how they join, how their words read.

An expression is a column's name, a list of them (joined by line breaks, empty ones left out), or
a table of ``column``, ``columns``, ``joined_by``, ``text`` (with ``{column}`` in it), ``value``,
``values`` (word in the file → our word) and ``otherwise``.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop as _

from valedor.intake.importing.refusing import MappingWrong, RowRejected, listed, nearest

Row = Sequence[str]
Reader = Callable[[Row], str]

_KEYS = ("column", "columns", "joined_by", "text", "value", "values", "otherwise")
_PLACE = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Expression:
    """One value of a case, before anybody knows where its columns stand in a file."""

    where: str  # File and key, for sentences.
    columns: tuple[str, ...] = ()
    joined_by: str = "\n"
    text: str = ""
    value: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None

    @property
    def needs(self) -> set[str]:
        """The columns that it reads."""
        return set(self.columns) | set(_PLACE.findall(self.text))


def expression(written: Any, where: str) -> Expression:
    """Read what a mapping says. Raises ``MappingWrong``."""
    if isinstance(written, str):
        return Expression(where, columns=(written,))
    if isinstance(written, list) and written and all(isinstance(name, str) for name in written):
        return Expression(where, columns=tuple(written))
    if not isinstance(written, dict):
        raise MappingWrong(
            f"{where}: write the name of a column, a list of names, or a table of {listed(_KEYS)}."
        )
    for key in written:
        if key not in _KEYS:
            raise MappingWrong(f"{where}.{key}: there is no such key.{nearest(key, _KEYS)}")
    if sum(key in written for key in ("column", "columns", "text", "value")) != 1:
        raise MappingWrong(f"{where}: write one of “column”, “columns”, “text” and “value”.")
    columns = written.get("columns", [written["column"]] if "column" in written else [])
    values = written.get("values", {})
    if not isinstance(values, dict) or not isinstance(columns, list):
        raise MappingWrong(f"{where}: “values” is a table and “columns” is a list.")
    return Expression(
        where,
        columns=tuple(map(str, columns)),
        joined_by=str(written.get("joined_by", "\n")),
        text=str(written.get("text", "")),
        value=str(written.get("value", "")),
        values={_folded(str(word)): str(ours) for word, ours in values.items()},
        otherwise=None if "otherwise" not in written else str(written["otherwise"]),
    )


def reader_of(expression: Expression, places: Mapping[str, int]) -> Reader:
    """A function from a row to the value; columns that an optional name misses read as empty."""
    read = _reader(expression, places)
    if not expression.values and expression.otherwise is None:
        return read
    values, otherwise, where = expression.values, expression.otherwise, expression.where

    def worded(row: Row) -> str:
        word = read(row)
        ours = values.get(_folded(word), otherwise) if values else (word or otherwise)
        if ours is None:
            raise RowRejected(
                _("“%(written)s” is not among the words that %(where)s knows (%(words)s)."),
                written=word,
                where=where,
                words=listed(values),
            )
        return ours

    return worded


def _reader(expression: Expression, places: Mapping[str, int]) -> Reader:
    if expression.text:
        return _template(expression.text, places)
    found = [places[name] for name in expression.columns if name in places]
    if not expression.columns:
        constant = expression.value
        return lambda row: constant
    if not found:
        return lambda row: ""
    if len(found) == 1:
        place = found[0]
        return lambda row: row[place].strip()
    glue = expression.joined_by
    return lambda row: glue.join(part for part in [row[place].strip() for place in found] if part)


def _template(text: str, places: Mapping[str, int]) -> Reader:
    pieces = _PLACE.split(text)
    words, names = pieces[::2], pieces[1::2]
    found = [places.get(name) for name in names]

    def filled(row: Row) -> str:
        parts = [words[0]]
        for place, word in zip(found, words[1:], strict=True):
            parts.append("" if place is None else row[place].strip())
            parts.append(word)
        return "".join(parts).strip()

    return filled


def _folded(word: str) -> str:
    return " ".join(word.split()).casefold()
