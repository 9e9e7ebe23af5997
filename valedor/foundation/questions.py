"""Many questions about one thing, one round trip.

A page asks a dozen tables about the same case. Each question is a QuerySet that Django compiles
once; from then on only its key changes, and all of them travel together through psycopg's pipeline.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Generic, NamedTuple, TypeVar

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.psycopg_any import register_tzloader
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=models.Model)

Key = int | str
Values = Sequence[Any] | Mapping[str, Any]
Statement = tuple[str, Values]

_TIMESTAMPTZ = psycopg.adapters.types["timestamptz"].oid
# Stands for the key while a question is compiled: no row of ours has this id or reference.
_KEY = -987_654_321
_KEYS = {_KEY, str(_KEY)}


class Question(Generic[Row]):
    """Rows of one model about a key: ``Question(lambda case: Entry.objects.filter(case=case))``.

    The QuerySet may filter, order, limit and follow foreign keys (``select_related``). Everything
    else in it than the key is fixed when it is first asked.
    """

    def __init__(self, about: Callable[[int], "models.QuerySet[Row]"]) -> None:
        self._about = about
        self._compiled: _Compiled | None = None

    def about(self, key: Key) -> "tuple[str, list[Any], _Compiled]":
        """The statement for a key, and how its rows are read."""
        compiled = self._compiled
        if compiled is None:
            compiled = self._compiled = _Compiled(self._about(_KEY))
        return compiled.sql, compiled.values_about(key), compiled


class _Compiled:
    def __init__(self, queryset: "models.QuerySet[Any]") -> None:
        compiler = queryset.query.get_compiler("default")
        self.sql, values = compiler.as_sql()
        self._values = list(values)
        self._compiler = compiler
        self._places = {at for at, value in enumerate(values) if _is_key(value)}
        self._converters = compiler.get_converters([one[0] for one in compiler.select])
        info = compiler.klass_info
        self._model: type[models.Model] = info["model"]
        self._columns = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        self._names = [chosen[0].target.attname for chosen in compiler.select[self._columns]]
        # The stubs describe a later Django, which asks for one argument more.
        self._related = get_related_populators(info, compiler.select, "default")  # type: ignore[call-arg]

    def values_about(self, key: Key) -> list[Any]:
        values = self._values.copy()
        for place in self._places:
            values[place] = key
        return values

    def read(self, rows: list[Any]) -> Iterator[models.Model]:
        """Rows as objects, as Django itself would have made them."""
        for row in self._compiler.apply_converters(rows, self._converters):
            found = self._model.from_db("default", self._names, row[self._columns])
            for populator in self._related:
                populator.populate(row, found)
            yield found


def columns_of(model: type[models.Model]) -> str:
    """Every column of a model, for a statement that is written out and read with ``made_from``."""
    return ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)


def made_from(model: type[Row], rows: Iterable[Sequence[Any]]) -> list[Row]:
    """Rows with the ``columns_of`` a model as objects. Not for models with JSON columns."""
    names = [field.attname for field in model._meta.concrete_fields]
    return [model.from_db("default", names, row) for row in rows]


class _Asked(NamedTuple):
    statement: str
    values: Values
    read: Callable[[list[Any]], Iterator[Any]] | None
    answer: list[Any]


def _is_key(value: object) -> bool:
    return isinstance(value, int | str) and value in _KEYS


class Ask:
    """Puts questions; the lists that it hands out are filled when the round trip ends."""

    def __init__(self, key: int) -> None:
        self._key = key
        self._asked: list[_Asked] = []

    def __call__(self, question: Question[Row], key: "Key | None" = None) -> list[Row]:
        """The rows of a question about the key of the round trip, or about another one."""
        answer: list[Row] = []
        try:
            sql, values, compiled = question.about(self._key if key is None else key)
        except EmptyResultSet:  # Nothing can match, so there is nothing to send.
            return answer
        self._asked.append(_Asked(sql, values, compiled.read, answer))
        return answer

    def rows(self, statement: str, values: Values = ()) -> list[Any]:
        """The plain rows of a statement that is written out."""
        answer: list[Any] = []
        self._asked.append(_Asked(statement, values, None, answer))
        return answer

    def answer(self) -> None:
        """Send everything that was asked, and fill the lists. Raises what the database raises."""
        asked, self._asked = self._asked, []
        if not asked:
            return
        found = _answers(connections["default"], [(one.statement, one.values) for one in asked])
        for one, rows in zip(asked, found, strict=True):
            one.answer.extend(one.read(rows) if one.read else rows)


@contextmanager
def one_round_trip(key: int = 0) -> Iterator[Ask]:
    """Ask everything inside the block about one key. The answers are there after it, not before.

    Raises what the database raises.
    """
    ask = Ask(key)
    yield ask
    ask.answer()


def _answers(database: BaseDatabaseWrapper, statements: Sequence[Statement]) -> list[list[Any]]:
    database.ensure_connection()
    server: psycopg.Connection[Any] = database.connection
    cursors: list[psycopg.Cursor[Any]] = []
    # A cursor of its own zone needs a map of its own of how values are read, which costs.
    loader: Any = server.adapters.get_loader(_TIMESTAMPTZ, psycopg.pq.Format.TEXT)
    is_elsewhere = loader is None or database.timezone != loader.timezone
    with database.wrap_database_errors:
        with server.pipeline():
            for statement, values in statements:
                cursor = psycopg.Cursor(server)
                if is_elsewhere:
                    register_tzloader(database.timezone, cursor)
                cursor.execute(statement, values)
                cursors.append(cursor)
        answers = [cursor.fetchall() if _has_rows(cursor) else [] for cursor in cursors]
    if database.queries_logged:
        said = "; ".join(statement for statement, _values in statements)
        database.queries_log.append({"sql": said, "time": "0.000"})
    return answers


def _has_rows(cursor: "psycopg.Cursor[Any]") -> bool:
    result = cursor.pgresult
    return result is not None and result.status == psycopg.pq.ExecStatus.TUPLES_OK
