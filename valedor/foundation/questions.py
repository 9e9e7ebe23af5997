"""Many questions about one thing, one round trip.

A page asks a dozen tables about the same case. Each question is a QuerySet that Django compiles
once; from then on only its key changes, and all of them travel together through psycopg's pipeline.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, Protocol, TypeVar

import psycopg
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.psycopg_any import register_tzloader
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=models.Model)

# Stands for the key while a question is compiled: no row of ours has this id.
_KEY = -987_654_321


class Question(Generic[Row]):
    """Rows of one model about a key: ``Question(lambda case: Entry.objects.filter(case=case))``.

    The QuerySet may filter, order, limit and follow foreign keys (``select_related``). Everything
    else in it than the key is fixed when it is first asked.
    """

    def __init__(self, about: Callable[[int], "models.QuerySet[Row]"]) -> None:
        self._about = about
        self._compiled: _Compiled | None = None

    def about(self, key: int) -> "tuple[str, list[Any], _Compiled]":
        """The statement for a key, and how its rows are read."""
        compiled = self._compiled
        if compiled is None:
            compiled = self._compiled = _Compiled(self._about(_KEY))
        return compiled.sql, [key if one == _KEY else one for one in compiled.values], compiled


class _Compiled:
    def __init__(self, queryset: "models.QuerySet[Any]") -> None:
        compiler = queryset.query.get_compiler("default")
        self.sql, values = compiler.as_sql()
        self.values: Sequence[Any] = values
        self._compiler = compiler
        info = compiler.klass_info
        self._model: type[models.Model] = info["model"]
        self._columns = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        self._names = [chosen[0].target.attname for chosen in compiler.select[self._columns]]
        # The stubs describe a later Django, which asks for one argument more.
        self._related = get_related_populators(info, compiler.select, "default")  # type: ignore[call-arg]

    def read(self, rows: list[tuple[Any, ...]]) -> Iterator[models.Model]:
        """Rows as objects, as Django itself would have made them."""
        for row in self._compiler.results_iter(results=[rows]):
            found = self._model.from_db("default", self._names, row[self._columns])
            for populator in self._related:
                populator.populate(row, found)
            yield found


class Ask(Protocol):
    """Puts a question; the list is filled when the round trip ends."""

    def __call__(self, question: Question[Row]) -> list[Row]: ...


@contextmanager
def one_round_trip(key: int) -> Iterator[Ask]:
    """Ask everything inside the block about one key. The answers are there after it, not before.

    Raises what the database raises.
    """
    asked: list[tuple[str, list[Any], _Compiled, list[Any]]] = []

    def ask(question: Question[Row]) -> list[Row]:
        answer: list[Row] = []
        asked.append((*question.about(key), answer))
        return answer

    yield ask
    if not asked:
        return
    database = connections["default"]
    statements = [(sql, values) for sql, values, _compiled, _answer in asked]
    for (_sql, _values, compiled, answer), rows in zip(
        asked, _answers(database, statements), strict=True
    ):
        answer.extend(compiled.read(rows))


def _answers(
    database: BaseDatabaseWrapper, statements: Sequence[tuple[str, list[Any]]]
) -> list[list[tuple[Any, ...]]]:
    database.ensure_connection()
    server: psycopg.Connection[Any] = database.connection
    cursors: list[psycopg.Cursor[Any]] = []
    with database.wrap_database_errors:
        with server.pipeline():
            for statement, values in statements:
                cursor = psycopg.Cursor(server)
                register_tzloader(database.timezone, cursor)
                cursor.execute(statement, values)
                cursors.append(cursor)
        answers = [cursor.fetchall() for cursor in cursors]
    if database.queries_logged:
        said = "; ".join(statement for statement, _values in statements)
        database.queries_log.append({"sql": said, "time": "0.000"})
    return answers
