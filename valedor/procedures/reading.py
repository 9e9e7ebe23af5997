"""Reading one table of a TOML file, field by field, refusing what does not fit."""

import tomllib
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from django.utils.translation import gettext as _

from .refusals import PackRefused, nearest
from .vocabulary_tables import vocabulary

_Made = TypeVar("_Made")


class Table:
    """One table of a file. Each field is read once; `finish` refuses fields nobody asked for."""

    def __init__(self, file: str, key: str, fields: object) -> None:
        self.file = file
        self.key = key
        if not isinstance(fields, Mapping):
            self.refuse("", _("%(file)s: %(key)s must be a table of fields."))
        self._fields: Mapping[str, Any] = fields
        self._read: set[str] = set()

    def refuse(self, field: str, sentence: str, **values: Any) -> NoReturn:
        """Refuse the file with a sentence about one field."""
        key = ".".join(part for part in (self.key, field) if part) or "(top)"
        message = sentence % {"file": self.file, "key": key, **values}
        raise PackRefused(message, file=self.file, key=key)

    def has(self, field: str) -> bool:
        """Whether the field is there at all."""
        return field in self._fields

    def knows(self, field: str) -> bool:
        """Whether the field is there, and that it may be."""
        self._read.add(field)
        return field in self._fields

    def names(self) -> list[str]:
        """Every field, in order."""
        return list(self._fields)

    def finish(self) -> None:
        """Refuse the first field that nobody reads, with the nearest one that is read."""
        for field in self._fields:
            if field not in self._read:
                self.refuse(
                    field,
                    _("%(file)s: %(key)s is no field of this table; the nearest is “%(near)s”."),
                    near=nearest(field, self._read),
                )

    def text(self, field: str, default: str | None = None) -> str:
        """A text; required unless a default is given."""
        value = self._value(field, default)
        if not isinstance(value, str):
            self.refuse(field, _("%(file)s: %(key)s must be a text in quotation marks."))
        if default is None and not value.strip():
            self.refuse(field, _("%(file)s: %(key)s is empty; write it or leave the field out."))
        return value

    def integer(self, field: str, default: int | None = None) -> int:
        """A whole number, not negative."""
        value = self._value(field, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            self.refuse(field, _("%(file)s: %(key)s must be a whole number, zero or more."))
        return value

    def optional_integer(self, field: str) -> int | None:
        """A whole number, or none."""
        return self.integer(field) if self.has(field) else None

    def boolean(self, field: str, *, default: bool | None = None) -> bool:
        """True or false."""
        value = self._value(field, default)
        if not isinstance(value, bool):
            self.refuse(field, _("%(file)s: %(key)s must be true or false."))
        return value

    def day(self, field: str) -> date | None:
        """A day, or none."""
        if not self.has(field):
            return None
        value = self._value(field, None)
        if not isinstance(value, date) or isinstance(value, datetime):
            self.refuse(
                field, _("%(file)s: %(key)s must be a day such as 2026-12-28, without quotes.")
            )
        return value

    def texts(self, field: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        value = self._value(field, default)
        if not isinstance(value, list | tuple) or not all(isinstance(x, str) for x in value):
            self.refuse(field, _("%(file)s: %(key)s must be a list of texts in quotation marks."))
        return tuple(value)

    def choice(self, field: str, known: Collection[str], default: str | None = None) -> str:
        """One word out of a set."""
        value = self.text(field, default)
        if value or default is None:
            self._known(field, value, known)
        return value

    def choices(
        self, field: str, known: Collection[str], default: tuple[str, ...] | None = None
    ) -> tuple[str, ...]:
        """Several words out of a set."""
        values = self.texts(field, default)
        for value in values:
            self._known(field, value, known)
        return values

    def word(self, field: str, table: str, default: str | None = None) -> str:
        """One word of a vocabulary."""
        return self.choice(field, vocabulary(table), default)

    def words(
        self, field: str, table: str, default: tuple[str, ...] | None = None
    ) -> tuple[str, ...]:
        """Several words of a vocabulary."""
        return self.choices(field, vocabulary(table), default)

    def value(self, field: str) -> Any:
        """Whatever the file says; required."""
        return self._value(field, None)

    def table(self, field: str) -> "Table":
        """A table inside this one; empty where the field is missing."""
        self._read.add(field)
        key = ".".join(part for part in (self.key, field) if part)
        return Table(self.file, key, self._fields.get(field, {}))

    def tables(self, field: str) -> "list[Table]":
        """Tables in a list, in order."""
        self._read.add(field)
        found = self._fields.get(field, [])
        if not isinstance(found, list):
            self.refuse(field, _("%(file)s: %(key)s must be a list of tables."))
        return [Table(self.file, f"{field}[{i}]", entry) for i, entry in enumerate(found, 1)]

    def _value(self, field: str, default: object) -> Any:
        self._read.add(field)
        if field in self._fields:
            return self._fields[field]
        if default is None:
            self.refuse(field, _("%(file)s: %(key)s is missing."))
        return default

    def _known(self, field: str, value: str, known: Collection[str]) -> None:
        if value not in known:
            self.refuse(
                field,
                _("%(file)s: %(key)s says “%(word)s”, unknown here; the nearest is “%(near)s”."),
                word=value,
                near=nearest(value, known),
            )


def text_of(path: Path) -> str:
    """What a file says. Raises `PackRefused`."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PackRefused(
            _("%(file)s cannot be read as UTF-8 text: %(reason)s.")
            % {"file": path.name, "reason": error},
            file=path.name,
        ) from error


def parsed(text: str, file: str) -> dict[str, Any]:
    """TOML, read. Raises `PackRefused`."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PackRefused(
            _("%(file)s is not well-formed TOML: %(reason)s.") % {"file": file, "reason": error},
            file=file,
        ) from error


def each_of(table: Table, make: Callable[[str, Table], _Made]) -> dict[str, _Made]:
    """What is made of each table inside a table, by its name."""
    made = {}
    for name in table.names():
        inner = table.table(name)
        made[name] = make(name, inner)
        inner.finish()
    return made
