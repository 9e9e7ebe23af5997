"""How calls were answered, counted from what switchboards told: by day or by half hour.

Calls that somebody noted by hand are not counted: nobody knows how long they waited.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from valedor.casefile.viewing import Viewer
from valedor.people.models import Entity
from valedor.people.permissions import Permission

LOOKS = (Permission.ASSIGN, Permission.AUDIT)
"""Who leads sees how the telephone is answered, and whoever audits."""

_WAIT = "extract(epoch FROM coalesce(answered_at, abandoned_at) - offered_at)"
_FIGURES = f"""
    SELECT coalesce(line.name, ''), call.queue, {{when}} AS slot,
        count(*),
        count(answered_at),
        count(*) FILTER (WHERE answered_at IS NOT NULL AND {_WAIT} < %(limit)s),
        count(*) FILTER (WHERE state = 'abandoned'),
        percentile_cont(0.5) WITHIN GROUP (ORDER BY {_WAIT}),
        percentile_cont(0.95) WITHIN GROUP (ORDER BY {_WAIT}),
        max({_WAIT})
    FROM channels_call AS call LEFT JOIN channels_line AS line ON line.id = call.line_id
    WHERE call.entity_id = %(entity)s AND NOT is_by_hand
        AND last_event_at >= %(begins)s AND offered_at >= %(begins)s AND offered_at < %(ends)s
    GROUP BY 1, 2, 3 ORDER BY 3, 1, 2
"""  # noqa: S608 -- our own columns
_BY = {
    "day": "to_char(offered_at AT TIME ZONE %(zone)s, 'YYYY-MM-DD')",
    "half_hour": "to_char(date_bin('30 minutes', offered_at AT TIME ZONE %(zone)s, "
    "timestamp '2000-01-01'), 'HH24:MI')",
}
_HISTORY = """
    SELECT to_char(date_bin('30 minutes', offered_at AT TIME ZONE %(zone)s,
            timestamp '2000-01-01'), 'HH24:MI') AS slot,
        count(*),
        avg(extract(epoch FROM ended_at - answered_at))
            FILTER (WHERE ended_at IS NOT NULL AND answered_at IS NOT NULL)
    FROM channels_call
    WHERE entity_id = %(entity)s AND NOT is_by_hand
        AND last_event_at >= %(begins)s AND offered_at >= %(begins)s AND offered_at < %(ends)s
        AND extract(isodow FROM offered_at AT TIME ZONE %(zone)s) = %(weekday)s
    GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True)
class Figures:
    """The calls of one line and queue on a day, or in a half hour of the day. Waits in seconds,
    none where no call of them was answered or given up.
    """

    line: str
    queue: str
    slot: str
    received: int
    answered: int
    in_time: int
    abandoned: int
    median: float | None
    nearly_all: float | None
    longest: float | None


@dataclass(frozen=True)
class Load:
    """How many calls a half hour of a weekday brings on average, and how many seconds they take."""

    slot: str
    calls: float
    handling: float


def entities_looked_at(viewer: Viewer) -> list[Entity]:
    """The entities whose figures a viewer sees."""
    found = Entity.objects.filter(pk__in=viewer.entities_where(*LOOKS))
    return list(found.order_by("name"))


def figures_of(
    entity: Entity, *, begins: date, ends: date, by: str, limit: int
) -> Sequence[Figures]:
    """What was counted from one day to another, both included. ``by`` is ``day`` or
    ``half_hour``; ``limit`` in seconds.
    """
    values = _values(entity, begins, ends) | {"limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES.format(when=_BY[by]), values)
        return [Figures(*_plain(row)) for row in cursor.fetchall()]


def loads_of(entity: Entity, *, begins: date, ends: date, weekday: int) -> Sequence[Load]:
    """The average half hours of a weekday (1 is Monday) between two days, both included; those
    without a call are left out.
    """
    days = sum(
        (begins + timedelta(days=number)).isoweekday() == weekday
        for number in range((ends - begins).days + 1)
    )
    if not days:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_HISTORY, _values(entity, begins, ends) | {"weekday": weekday})
        return [
            Load(slot, count / days, float(handling or 0))
            for slot, count, handling in cursor.fetchall()
        ]


def _values(entity: Entity, begins: date, ends: date) -> dict[str, Any]:
    zone = ZoneInfo(entity.timezone)
    return {
        "entity": entity.pk,
        "zone": entity.timezone,
        "begins": datetime.combine(begins, time(), tzinfo=zone),
        "ends": datetime.combine(ends + timedelta(days=1), time(), tzinfo=zone),
    }


def _plain(row: Sequence[Any]) -> list[Any]:
    return [float(value) if index > 6 and value is not None else value
            for index, value in enumerate(row)]  # fmt: skip
