"""Rows of a table as lines for COPY, without an object per row.

Under row policies COPY into a table is refused, so lines go into a staging table of the session and
INSERT takes them from there. Columns that are the same for every row of an import are not staged:
they stand in the INSERT; a column that is neither given nor constant has the default of its model,
so that there is one definition of a row.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from django.db import models
from psycopg import sql

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


class Staged:
    """Gathers lines for a staging table, and knows how they go from there to where they belong."""

    table: str
    staging: str
    columns: Sequence[str]

    def __init__(self) -> None:
        self.lines: list[str] = []

    @property
    def create(self) -> sql.Composed:
        """What makes the staging table, empty after every transaction."""
        raise NotImplementedError

    @property
    def insert(self) -> sql.Composed:
        """What takes the rows from the staging table."""
        raise NotImplementedError

    def emptied(self) -> "Lines":
        """What was gathered; gathering begins anew."""
        gathered = Lines(self, len(self.lines), "".join(self.lines).encode())
        self.lines = []
        return gathered


class TableLines(Staged):
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
        super().__init__()
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        columns = {str(field.column) for field in fields}
        self.columns = (*varying, *together)
        if unknown := (set(self.columns) | set(constant)) - columns:
            raise TypeError(f"{model.__name__} has no columns {sorted(unknown)}")
        self.table = model._meta.db_table
        self.staging = f"staging_{self.table}"
        self.same = {
            str(field.column): constant[str(field.column)]
            if field.column in constant
            else _default(field)
            for field in fields
            if field.column not in self.columns
        }
        self.line = "\t".join(["%s"] * (len(varying) + bool(together))) + "\n"

    def add(self, *values: str) -> None:
        """One more row: the varying columns, in the order in which they were named."""
        self.lines.append(self.line % values)

    @property
    def create(self) -> sql.Composed:
        return sql.SQL(
            "CREATE TEMPORARY TABLE {} ON COMMIT DELETE ROWS AS SELECT {} FROM {} WITH NO DATA"
        ).format(sql.Identifier(self.staging), _listed(self.columns), sql.Identifier(self.table))

    @property
    def insert(self) -> sql.Composed:
        constants = [sql.SQL(", {}").format(value) for value in self.same.values()]
        return sql.SQL("INSERT INTO {} ({}) SELECT {}{} FROM {}").format(
            sql.Identifier(self.table),
            _listed([*self.columns, *self.same]),
            _listed(self.columns),
            sql.Composed(constants),
            sql.Identifier(self.staging),
        )


class SearchLines(Staged):
    """Searchable texts: staged as they are, turned into words by the database."""

    table = "casefile_searchtext"
    staging = "staging_searchtext"
    columns = ("case_id", "language", "words")

    def add(self, case: str, language: str, words: str) -> None:
        """The words of one more case."""
        self.lines.append(f"{case}\t{language}\t{text(words)}\n")

    @property
    def create(self) -> sql.Composed:
        return sql.SQL(
            "CREATE TEMPORARY TABLE {} (case_id bigint, language text, words text) "
            "ON COMMIT DELETE ROWS"
        ).format(sql.Identifier(self.staging))

    @property
    def insert(self) -> sql.Composed:
        return sql.SQL(
            "INSERT INTO {} (case_id, words) SELECT case_id, valedor_words(language, words) FROM {}"
        ).format(sql.Identifier(self.table), sql.Identifier(self.staging))


def _listed(columns: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _default(field: "models.Field[Any, Any]") -> str | None:
    if field.has_default():
        value = field.get_default()
    elif field.null:
        value = None
    elif field.empty_strings_allowed:
        value = ""
    else:
        raise TypeError(f"{field.model.__name__}.{field.name} has no default")
    if value is None:
        return None
    if isinstance(field, models.JSONField):
        return _json(value)
    if isinstance(value, bool):
        return boolean(value)
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    if isinstance(value, list):
        return "{" + ",".join(map(str, value)) + "}"
    return str(value)


@dataclass(frozen=True)
class Lines:
    """Rows of one table, ready to be sent."""

    of: Staged
    number: int
    content: bytes


def make_staging(cursor: psycopg.Cursor[Any], tables: Sequence[Staged]) -> None:
    """The staging tables of a session, once."""
    for table in tables:
        cursor.execute(table.create)


def send(cursor: psycopg.Cursor[Any], tables: Sequence[Lines]) -> None:
    """Write rows, those of each table after those that it refers to."""
    filled = [lines for lines in tables if lines.number]
    for lines in filled:
        of = lines.of
        into = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(of.staging), _listed(of.columns)
        )
        with cursor.copy(into) as copy:
            copy.write(lines.content)
    with cursor.connection.pipeline():
        for lines in filled:
            cursor.execute(lines.of.insert)
