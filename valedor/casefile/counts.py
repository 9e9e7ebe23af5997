"""The counters beside the queues, kept as increments so that a list is never counted row by row.

A trigger appends what a change does to a cell (entity, team, holder, seats, protection, waiting,
urgency); the worker folds increments into counts. A counter is both together, less the few open
cases that this viewer may not see although they are of the viewer's entities.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import Case
from valedor.casefile.queues import WAITING, Queue
from valedor.casefile.viewing import Viewer
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


def counters_for(viewer: Viewer) -> Counters:
    """The counters of a viewer. Two queries, whatever the number of cases."""
    if not viewer.may(Permission.SEE_CASES) or viewer.case_id is not None:
        return Counters()
    with connection.cursor() as cursor:
        cursor.execute(
            _CELLS,
            [
                list(viewer.entities),
                int(viewer.seats),
                viewer.entities_where(Permission.SEE_PROTECTED),
                viewer.account_id,
            ],
        )
        cells = [_Cell(*row) for row in cursor.fetchall()]
    return _added(viewer, [*cells, *_recused(viewer)])


def _recused(viewer: Viewer) -> list[_Cell]:
    """What the cells count and a recusal hides, to be taken off. Few rows, under an index of their
    own.
    """
    if viewer.account is None:
        return []
    rows = (
        Case.objects.filter(entity__in=viewer.entities, closed_at=None)
        .exclude(recused=[])
        .filter(recused__contains=[viewer.account_id])
        .filter(_in_cells(viewer))
        .values_list("entity_id", "team_id", "holder_id", "stage", "urgency", "seats")
    )
    return [
        _Cell(entity, team, holder, stage in WAITING, urgency, -1)
        for entity, team, holder, stage, urgency, seats in rows
        if seats & viewer.seats
    ]


def _in_cells(viewer: Viewer) -> Q:
    trusted_at = viewer.entities_where(Permission.SEE_PROTECTED)
    return Q(is_protected=False) | Q(holder=viewer.account_id) | Q(entity__in=trusted_at)


def _added(viewer: Viewer, cells: Iterable[_Cell]) -> Counters:
    found = dict.fromkeys(Counters._fields, 0)
    for cell in cells:
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
