"""Many new rows, one round trip.

``write`` sends rows of any models, in the order given, through psycopg's pipeline. It is an insert and
nothing else: no signals, no ``save()``, ids already drawn (``foundation.ids``).
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

import psycopg
from django.db import connection, models, transaction

Statement = tuple[str, list[Any]]


@cache
def _insert(model: type[models.Model]) -> tuple[str, list[Any]]:
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})', fields  # noqa: S608


def insert_of(row: models.Model) -> Statement:
    """The statement that inserts one row."""
    statement, fields = _insert(type(row))
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection=connection)
        for field in fields
    ]
    row._state.adding = False
    row._state.db = "default"
    return statement, values


def write(rows: Iterable[models.Model], *, also: Iterable[Statement] = ()) -> None:
    """Insert rows, then run further statements, all in one round trip inside the current transaction.

    Raises what the database raises; the transaction is then broken as after any failed statement.
    """
    statements = [insert_of(row) for row in rows]
    statements.extend(also)
    send(statements)


def send(statements: Iterable[Statement]) -> None:
    """Run statements in one round trip inside the current transaction. Nothing is read back."""
    connection.ensure_connection()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("rows are written inside a transaction only")
    server: psycopg.Connection[Any] = connection.connection
    with connection.wrap_database_errors, server.pipeline(), psycopg.Cursor(server) as cursor:
        for statement, values in statements:
            cursor.execute(statement, values)
