"""Many new rows, one round trip.

``write`` sends rows of any models, in the order given, through psycopg's pipeline. It is an insert
and nothing else: no signals, no ``save()``, ids already drawn (``foundation.ids``).
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.base import ModelState

Statement = tuple[str, list[Any]]
Row = TypeVar("Row", bound=models.Model)

_READY = frozenset({type(None), bool, int, float, str, bytes, datetime, date})


@dataclass(frozen=True)
class _Insert:
    """How the rows of a model are inserted. ``special`` are the columns whose values the driver
    does not take as they are.
    """

    statement: str
    fields: list[Any]
    columns: tuple[str, ...]
    values: Callable[[models.Model], tuple[Any, ...]]
    special: frozenset[int]


@cache
def _insert(model: type[models.Model]) -> _Insert:
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    special = (models.JSONField, ArrayField)
    return _Insert(
        f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})',  # noqa: S608
        fields,
        tuple(str(field.column) for field in fields),
        attrgetter(*(field.attname for field in fields)),
        frozenset(at for at, field in enumerate(fields) if isinstance(field, special)),
    )


def fresh(model: type[Row], **values: Any) -> Row:
    """A new row, as ``model(**values)`` makes it: ``Model.__init__`` costs ten times as much,
    which shows where a dozen rows are made for one request.

    Raises ``TypeError`` for a name that the model does not have.
    """
    blank = _blank(model)
    row = model.__new__(model)
    state = row._state = ModelState()
    inside = row.__dict__
    inside.update(blank.constant)
    for attname, default in blank.made:
        if attname not in values:
            inside[attname] = default()
    for name, value in values.items():
        if name in inside:
            inside[name] = value
        elif name in blank.related:
            inside[blank.related[name]] = None if value is None else value.pk
            state.fields_cache[name] = value
        elif name in blank.own_made:
            inside[name] = value
        else:
            raise TypeError(f"{model.__name__} has no field {name!r}")
    return row


@dataclass(frozen=True)
class _Blank:
    """What a row of a model holds before anything is said of it."""

    constant: dict[str, Any]
    made: tuple[tuple[str, Callable[[], Any]], ...]
    own_made: frozenset[str]
    related: dict[str, str]


@cache
def _blank(model: type[models.Model]) -> _Blank:
    constant: dict[str, Any] = {}
    made: list[tuple[str, Callable[[], Any]]] = []
    related: dict[str, str] = {}
    for field in model._meta.concrete_fields:
        if field.generated:
            continue
        if field.is_relation:
            related[field.name] = str(field.attname)
        if field.has_default() and callable(field.default):
            made.append((field.attname, field.default))
        else:
            constant[field.attname] = field.get_default()
    return _Blank(constant, tuple(made), frozenset(name for name, _ in made), related)


def insert_of(row: models.Model, connection: BaseDatabaseWrapper | None = None) -> Statement:
    """The statement that inserts one row."""
    how = _insert(type(row))
    values = list(how.values(row))
    database = connection or connections["default"]
    for at, value in enumerate(values):
        if type(value) not in _READY or (at in how.special and value is not None):
            values[at] = how.fields[at].get_db_prep_save(value, connection=database)
    row._state.adding = False
    row._state.db = "default"
    return how.statement, values


def write(rows: Iterable[models.Model], *, also: Iterable[Statement] = ()) -> None:
    """Insert rows, then run further statements, all in one round trip inside the current
    transaction.

    Raises what the database raises; the transaction is then broken as after any failed statement.
    """
    database = connections["default"]
    statements = [insert_of(row, database) for row in rows]
    statements.extend(also)
    send(statements)


def as_one(rows: Iterable[models.Model], *, also: Iterable[Statement] = ()) -> Statement:
    """Inserts of rows and further changes as one statement, for one parse and one answer.

    Each sees the database as it was before all of them, so no two may change the same row. Only
    changes that need no answer; values go as text, so that the driver prepares one statement
    whatever their size.
    """
    database = connections["default"]
    parts: list[str] = []
    values: list[Any] = []
    last: type[models.Model] | None = None
    for row in rows:
        statement, of_row = insert_of(row, database)
        if type(row) is last:
            parts[-1] += statement[statement.index(" VALUES ") :].replace(" VALUES ", ", ")
        else:
            parts.append(statement)
        last = type(row)
        values += of_row
    for statement, of_change in also:
        parts.append(statement)
        values += of_change
    return _as_one(tuple(parts)), [_as_text(value) for value in values]


@lru_cache(maxsize=256)
def _as_one(parts: tuple[str, ...]) -> str:
    named = ", ".join(f"change_{number} AS ({part})" for number, part in enumerate(parts))
    return f"WITH {named} SELECT"


def _as_text(value: Any) -> Any:
    kind = type(value)
    if kind is int:
        return str(value)
    if kind is datetime:
        return value.isoformat()
    if kind is bool:
        return "true" if value else "false"
    return value


def together(rows: Iterable[models.Model]) -> list[Statement]:
    """The statements that insert many rows, one for each model: for bulk work.

    The rows of a model go as one JSON text, so that the statement is short and always the same,
    however many rows; the driver takes five times as long to write arrays.
    """
    of_model: dict[type[models.Model], list[dict[str, Any]]] = {}
    for row in rows:
        how = _insert(type(row))
        values = dict(zip(how.columns, how.values(row), strict=True))
        of_model.setdefault(type(row), []).append(values)
        row._state.adding = False
        row._state.db = "default"
    return [(_insert_json(model), [_json(values)]) for model, values in of_model.items()]


@cache
def _insert_json(model: type[models.Model]) -> str:
    how, table = _insert(model), model._meta.db_table
    columns = ", ".join(f'"{column}"' for column in how.columns)
    into = how.statement[: how.statement.index(" VALUES ")]
    return f'{into} SELECT {columns} FROM json_populate_recordset(NULL::"{table}", %s::json)'  # noqa: S608


def _as_json(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return "\\x" + value.hex()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no value of a column")


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_as_json).encode


def send(statements: Iterable[Statement]) -> None:
    """Run statements in one round trip inside the current transaction. Nothing is read back."""
    database = connections["default"]
    database.ensure_connection()
    if not database.in_atomic_block:
        raise transaction.TransactionManagementError("rows are written inside a transaction only")
    server: psycopg.Connection[Any] = database.connection
    with (
        database.wrap_database_errors,
        server.pipeline(),
        psycopg.Cursor(server) as cursor,
    ):
        for statement, equal in groupby(statements, key=itemgetter(0)):
            several = [values for _statement, values in equal]
            if len(several) == 1:
                cursor.execute(statement, several[0])
            else:
                cursor.executemany(statement, several)
