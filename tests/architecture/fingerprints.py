"""Which tables a request changed, cheaply: by what the server counted in this transaction, and only
where it counted something by the rows themselves.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.apps import apps
from django.db import connection

from valedor.casefile.viewing import the_house, viewing

# What the server counts includes what was rolled back since.
_COUNTED = """
    SELECT sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
        + pg_stat_get_xact_tuples_deleted(oid))
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
_TABLES = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND has_table_privilege(oid, 'SELECT') ORDER BY relname
"""


@dataclass
class Fingerprints:
    """The state of all tables before anything is posted; every probe is rolled back to it."""

    counted: int = 0
    before: dict[str, tuple[int, int]] = field(default_factory=dict)

    def take(self) -> None:
        """Remember how everything stands now."""
        self.before = self._rows()
        self.counted = self._counted()

    def changed(self) -> set[str]:
        """The tables that differ from what was taken."""
        counted = self._counted()
        if counted == self.counted:
            return set()
        self.counted = counted
        now = self._rows()
        return {table for table, rows in now.items() if rows != self.before[table]}

    def _counted(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(_COUNTED)
            return int(cursor.fetchone()[0])

    def _rows(self) -> dict[str, tuple[int, int]]:
        """Rows of each table, and the last transaction that wrote one: every savepoint has its own.

        The house looks, so that no policy hides a row.
        """
        with viewing(the_house()), connection.cursor() as cursor:
            cursor.execute(self._statement)
            return {table: (count, last) for table, count, last in cursor.fetchall()}

    @cached_property
    def _statement(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute(_TABLES)
            tables = [table for (table,) in cursor.fetchall()]
        assert len(tables) > len(apps.get_models()) / 2
        return " UNION ALL ".join(
            f"SELECT '{table}', count(*), coalesce(max(xmin::text::bigint), 0) FROM {table}"  # noqa: S608
            for table in tables
        )
