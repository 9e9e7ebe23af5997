"""Rows of a table as lines for COPY, without an object per row.

Columns that are the same for every row of an import are written into the line once; a column that
is neither given nor constant has the default of its model, so that there is one definition of a
row.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import psycopg
from django.db import models

NOTHING = r"\N"
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def text(value: str) -> str:
    """A text as COPY reads it."""
    if "\\" in value:
        value = value.replace("\\", r"\\")
    if "\n" in value:
        value = value.replace("\n", r"\n")
    if "\t" in value:
        value = value.replace("\t", r"\t")
    if "\r" in value:
        value = value.replace("\r", r"\r")
    return value


def json_text(value: Any) -> str:
    """A JSON value as COPY reads it."""
    return text(_json(value))


def octets(value: bytes) -> str:
    """Bytes as COPY reads them."""
    return "\\\\x" + value.hex()


def moment(value: datetime | None) -> str:
    """A moment as COPY reads it, with its offset."""
    return NOTHING if value is None else value.isoformat()


def number(value: int | None) -> str:
    """A number, or nothing."""
    return NOTHING if value is None else str(value)


def boolean(value: object) -> str:
    """Yes or no as COPY reads it."""
    return "t" if value else "f"


class TableLines:
    """Gathers the rows of one model.

    ``together`` are further columns that ``add`` takes as one text, joined by tabs.
    """

    def __init__(
        self,
        model: type[models.Model],
        varying: tuple[str, ...],
        *,
        together: tuple[str, ...] = (),
        constant: Mapping[str, str],
    ) -> None:
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        columns = {str(field.column) for field in fields}
        named = (*varying, *together)
        if unknown := (set(named) | set(constant)) - columns:
            raise TypeError(f"{model.__name__} has no columns {sorted(unknown)}")
        self.table = model._meta.db_table
        self.columns = [*named, *(str(f.column) for f in fields if f.column not in named)]
        same = [
            constant[str(field.column)] if field.column in constant else _default(field)
            for field in fields
            if field.column not in named
        ]
        ending = "".join("\t" + value.replace("%", "%%") for value in same) + "\n"
        self.line = "\t".join(["%s"] * (len(varying) + bool(together))) + ending
        self.lines: list[str] = []

    def add(self, *values: str) -> None:
        """One more row: the varying columns, in the order in which they were named."""
        self.lines.append(self.line % values)

    def emptied(self) -> "Lines":
        """What was gathered; gathering begins anew."""
        gathered = self.lines
        self.lines = []
        return Lines(self.table, self.columns, gathered)


def _default(field: "models.Field[Any, Any]") -> str:
    if field.has_default():
        value = field.get_default()
    elif field.null:
        value = None
    elif field.empty_strings_allowed:
        value = ""
    else:
        raise TypeError(f"{field.model.__name__}.{field.name} has no default")
    if value is None:
        return NOTHING
    if isinstance(field, models.JSONField):
        return json_text(value)
    if isinstance(value, bool):
        return boolean(value)
    if isinstance(value, bytes):
        return octets(value)
    if isinstance(value, list):
        return "{" + ",".join(map(str, value)) + "}"
    return text(str(value))


class Lines:
    """Rows of one table, ready to be sent."""

    def __init__(self, table: str, columns: list[str], lines: list[str]) -> None:
        self.table = table
        self.columns = columns
        self.lines = lines

    def write(self, cursor: psycopg.Cursor[Any]) -> int:
        """Send them; how many rows the table took.

        COPY goes into a staging table of this session and INSERT from there, since under row
        policies COPY into the table itself is refused.
        """
        if not self.lines:
            return 0
        columns = ", ".join(f'"{column}"' for column in self.columns)
        staging = f"staging_{self.table}"
        cursor.execute(
            f'CREATE TEMPORARY TABLE IF NOT EXISTS "{staging}" '
            f'(LIKE "{self.table}") ON COMMIT DELETE ROWS'
        )
        self.stage(cursor, staging, columns)
        cursor.execute(
            f'INSERT INTO "{self.table}" ({columns}) SELECT {columns} FROM "{staging}"'  # noqa: S608
        )
        return cursor.rowcount

    def stage(self, cursor: psycopg.Cursor[Any], staging: str, columns: str) -> None:
        """COPY the lines into the staging table."""
        with cursor.copy(f'COPY "{staging}" ({columns}) FROM STDIN') as copy:
            for piece in _pieces(self.lines):
                copy.write(piece)


class SearchLines(Lines):
    """Searchable texts: staged as they are, turned into words by the database."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("casefile_searchtext", ["case_id", "language", "words"], lines)

    def write(self, cursor: psycopg.Cursor[Any]) -> int:
        if not self.lines:
            return 0
        cursor.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS staging_searchtext "
            "(case_id bigint, language text, words text) ON COMMIT DELETE ROWS"
        )
        self.stage(cursor, "staging_searchtext", ", ".join(self.columns))
        cursor.execute(
            "INSERT INTO casefile_searchtext (case_id, words) "
            "SELECT case_id, valedor_words(language, words) FROM staging_searchtext"
        )
        return cursor.rowcount


def _pieces(lines: list[str], size: int = 500) -> Iterator[bytes]:
    for start in range(0, len(lines), size):
        yield "".join(lines[start : start + size]).encode()
