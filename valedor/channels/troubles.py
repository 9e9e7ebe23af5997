"""The trace that a refused post leaves: counted with the door at which it stood, by day and reason,
for whoever looks after it. A flood of forgeries fills no disk.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from django.db import connection, models

KEPT = timedelta(days=30)
Trouble = TypeVar("Trouble", bound=models.Model)


class Troubles(Generic[Trouble]):
    """What was refused at one kind of door: a line, a gateway. ``door`` is its column."""

    def __init__(self, counted: type[Trouble], door: str) -> None:
        self._counted, self._door = counted, door
        table = counted._meta.db_table
        self._count = f"""
            INSERT INTO {table} ({door}_id, reason, "on", times, last_at, last_address)
            VALUES (%s, %s, %s, 1, %s, %s)
            ON CONFLICT ({door}_id, "on", reason) DO UPDATE SET times = {table}.times + 1,
                last_at = excluded.last_at, last_address = excluded.last_address
        """  # noqa: S608 -- names of ours

    def note(
        self, door: models.Model, reason: models.TextChoices, *, address: str, at: datetime
    ) -> None:
        """Count something that was refused; days are those of UTC."""
        with connection.cursor() as cursor:
            cursor.execute(self._count, [door.pk, reason.value, at.date(), at, address[:45]])

    def recent(self, doors: Iterable[models.Model], *, at: datetime) -> list[Trouble]:
        """What was refused today and yesterday, the newest first."""
        since = (at - timedelta(days=1)).date()
        asked = {f"{self._door}__in": list(doors), "on__gte": since}
        found = self._counted._default_manager.filter(**asked)
        return list(found.select_related(f"{self._door}__entity").order_by("-last_at"))

    def forget_old(self, at: datetime) -> int:
        """Remove what is older than thirty days; how many rows."""
        old = self._counted._default_manager.filter(on__lt=(at - KEPT).date())
        removed, _by_model = old.delete()
        return removed
