"""The trace that a refused post leaves: counted with the line, for whoever looks after it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection

from valedor.channels.telephone.models import Line, LineTrouble

KEPT = timedelta(days=30)
_COUNT = """
    INSERT INTO channels_linetrouble (line_id, reason, "on", times, last_at, last_address)
    VALUES (%s, %s, %s, 1, %s, %s)
    ON CONFLICT (line_id, "on", reason) DO UPDATE SET times = channels_linetrouble.times + 1,
        last_at = excluded.last_at, last_address = excluded.last_address
"""


def note_trouble(line: Line, reason: LineTrouble.Reason, *, address: str, at: datetime) -> None:
    """Count something that was refused; days are those of UTC."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [line.pk, reason.value, at.date(), at, address[:45]])


def recent_troubles(lines: Iterable[Line], *, at: datetime) -> list[LineTrouble]:
    """What was refused today and yesterday, the newest first."""
    since = (at - timedelta(days=1)).date()
    found = LineTrouble.objects.filter(line__in=list(lines), on__gte=since)
    return list(found.select_related("line__entity").order_by("-last_at"))


def forget_old(at: datetime) -> int:
    """Remove what is older than thirty days; how many rows."""
    removed, _by_model = LineTrouble.objects.filter(on__lt=(at - KEPT).date()).delete()
    return removed
