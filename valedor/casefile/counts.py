"""The counters beside the queues, kept as increments so that a list is never counted row by row.

A trigger appends what a change does to a cell (entity, team, holder, seats, protection, waiting,
urgency); the worker folds increments into counts. A counter is both together, less the few open
cases that this viewer may not see although they are of the viewer's entities. What is overdue goes
by the moment: cases whose limit has passed since the last sweep are counted beside the cells.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from valedor.casefile.access import cases_visible_to, visible_in_sql
from valedor.casefile.models import Case
from valedor.casefile.queues import Queue
from valedor.casefile.viewing import Viewer
from valedor.foundation.questions import Ask, one_round_trip
from valedor.people.permissions import Permission

COUNTED = tuple(queue for queue in Queue if queue is not Queue.CLOSED)

_CELLS = """
    SELECT entity_id, team_id, holder_id, is_waiting, urgency, sum(number)::bigint
    FROM (
        SELECT entity_id, team_id, holder_id, seats, is_protected, is_waiting, urgency, number
        FROM casefile_queuecount
        UNION ALL
        SELECT entity_id, team_id, holder_id, seats, is_protected, is_waiting, urgency, delta
        FROM casefile_queueincrement
    ) AS cell
    WHERE entity_id = ANY (%s) AND (seats & %s) <> 0
        AND (entity_id = ANY (%s) OR NOT is_protected OR holder_id = %s)
    GROUP BY 1, 2, 3, 4, 5
"""

# What the cells count and a recusal hides, to be taken off. Few rows, under an index of their own.
_RECUSED = """
    SELECT entity_id, team_id, holder_id, stage IN ('awaiting_complainant', 'incomplete'),
        urgency, -1
    FROM casefile_case
    WHERE closed_at IS NULL AND NOT (recused = '{}'::bigint[])
        AND entity_id = ANY (%s) AND (seats & %s) <> 0
        AND (entity_id = ANY (%s) OR NOT is_protected OR holder_id = %s)
        AND recused @> %s::bigint[]
"""
# Limits that passed a moment ago: the sweep has not come by yet, and the cells do not know.
_PASSED = """
    SELECT urgency, count(*) FROM casefile_case
    WHERE {seen} AND closed_at IS NULL AND urgency <> 'overdue' AND next_due_at <= %s
    GROUP BY urgency
"""

# Readers see the increments or the count that took them in, never both or neither: it is one
# statement.
_FOLD = """
    WITH taken AS (
        DELETE FROM casefile_queueincrement RETURNING *
    ), change AS (
        SELECT entity_id, team_id, holder_id, seats, is_protected, is_waiting, urgency,
            sum(delta) AS delta, count(*) AS increments
        FROM taken GROUP BY 1, 2, 3, 4, 5, 6, 7
    ), folded AS (
        INSERT INTO casefile_queuecount AS cell
            (entity_id, team_id, holder_id, seats, is_protected, is_waiting, urgency, number)
        SELECT entity_id, team_id, holder_id, seats, is_protected, is_waiting, urgency, delta
        FROM change WHERE delta <> 0
        ON CONFLICT (entity_id, team_id, holder_id, seats, is_protected, is_waiting, urgency)
        DO UPDATE SET number = cell.number + excluded.number
        RETURNING 1
    )
    SELECT coalesce(sum(increments), 0)::bigint FROM change
"""


class Counters(NamedTuple):
    """How many open cases stand in each queue of a viewer."""

    mine: int = 0
    team: int = 0
    unassigned: int = 0
    due_soon: int = 0
    overdue: int = 0
    waiting: int = 0
    open: int = 0

    def of(self, queue: Queue) -> int | None:
        """The counter of one queue; none for the closed cases, which nobody counts."""
        return getattr(self, queue.value, None)


class _Cell(NamedTuple):
    entity: int
    team: int | None
    holder: int | None
    is_waiting: bool
    urgency: str
    number: int


def counters_for(viewer: Viewer, *, at: datetime) -> Counters:
    """The counters of a viewer. One round trip, whatever the number of cases."""
    with one_round_trip() as ask:
        asked = AskedCounters(ask, viewer, at=at)
    return asked.counters()


class AskedCounters:
    """Counters on their way: asked together with whatever else the frame of a page asks."""

    def __init__(self, ask: Ask, viewer: Viewer, *, at: datetime) -> None:
        self._viewer = viewer
        self._counts = viewer.may(Permission.SEE_CASES) and viewer.case_id is None
        if not self._counts:
            return
        trusted_at = viewer.entities_where(Permission.SEE_PROTECTED)
        in_cells = [list(viewer.entities), int(viewer.seats), trusted_at, viewer.account_id]
        self._cells = ask.rows(_CELLS, in_cells)
        self._recused = ask.rows(_RECUSED, [*in_cells, [viewer.account_id]])
        seen, values = visible_in_sql(viewer)
        self._passed = ask.rows(_PASSED.format(seen=seen), [*values, at])

    def counters(self) -> Counters:
        """What the answers make, after the round trip."""
        if not self._counts:
            return Counters()
        hidden = (_Cell(*row) for row in self._recused)
        found = _added(self._viewer, [*(_Cell(*row) for row in self._cells), *hidden])
        passed = dict(self._passed)
        return found._replace(
            overdue=found.overdue + sum(passed.values()),
            due_soon=found.due_soon - passed.get(Case.Urgency.DUE_SOON, 0),
        )


def _added(viewer: Viewer, cells: Iterable[_Cell]) -> Counters:
    found = dict.fromkeys(Counters._fields, 0)
    for cell in cells:
        if viewer.only_teams and cell.team not in viewer.only_teams:
            continue
        stands_in = {
            "mine": cell.holder == viewer.account_id,
            "team": cell.team in viewer.teams,
            "unassigned": cell.holder is None,
            "due_soon": cell.urgency == Case.Urgency.DUE_SOON,
            "overdue": cell.urgency == Case.Urgency.OVERDUE,
            "waiting": cell.is_waiting,
            "open": True,
        }
        for name, stands in stands_in.items():
            if stands:
                found[name] += cell.number
    return Counters(**found)


def fold() -> int:
    """Fold the increments into the counts, in one statement; how many there were.

    Two workers at once fold different increments: each waits for the rows that the other takes.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FOLD)
        folded: int = cursor.fetchone()[0]
        if folded:
            cursor.execute("DELETE FROM casefile_queuecount WHERE number = 0")
    return folded


def count_by_rows(viewer: Viewer, condition: Q) -> int:
    """The slow way, for whoever checks the quick one."""
    return cases_visible_to(viewer).filter(condition).count()
