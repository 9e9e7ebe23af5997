"""Many new rows, one round trip.

``write`` sends rows of any models, in the order given, through psycopg's pipeline. It is an insert
and nothing else: no signals, no ``save()``, ids already drawn (``foundation.ids``).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

Statement = tuple[str, list[Any]]

_READY = frozenset({type(None), bool, int, float, str, bytes, datetime, date})


@dataclass(frozen=True)
class _Insert:
    """How the rows of a model are inserted. ``special`` are the columns whose values the driver
    does not take as they are.
    """

    statement: str
    fields: list[Any]
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
        attrgetter(*(field.attname for field in fields)),
        frozenset(at for at, field in enumerate(fields) if isinstance(field, special)),
    )


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


def together(rows: Iterable[models.Model]) -> list[Statement]:
    """The statements that insert many rows, one for each model: for bulk work.

    The rows of a model go as one array a column, so that the statement is short and always the
    same, however many rows. Not for models with array columns, which would be unrolled.
    """
    database = connections["default"]
    of_model: dict[type[models.Model], list[list[Any]]] = {}
    for row in rows:
        of_model.setdefault(type(row), []).append(insert_of(row, database)[1])
    return [
        (_insert_arrays(model), [list(column) for column in zip(*values, strict=True)])
        for model, values in of_model.items()
    ]


@cache
def _insert_arrays(model: type[models.Model]) -> str:
    how = _insert(model)
    types = [field.db_type(connections["default"]) for field in how.fields]
    arrays = ", ".join(f"%s::{kind}[]" for kind in types)
    into = how.statement[: how.statement.index(" VALUES ")]
    return f"{into} SELECT * FROM unnest({arrays})"  # noqa: S608


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
        for statement, values in statements:
            cursor.execute(statement, values)
