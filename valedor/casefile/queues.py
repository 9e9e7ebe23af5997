"""The queues of the desk: what waits for whom, emergencies before the rest, the next limit first.

A queue is a set of lanes, each a condition that one index of ``Case`` serves in order (entity,
holder or team, then the next due moment and the id). A page reads a little of every lane and
merges, so that its cost does not grow with the number of cases. A lane of open cases is read twice:
what is an emergency (it has an index of its own), then the rest. Cases whose clocks stand still
come last of their kind.
"""

import base64
import binascii
import enum
import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.casefile.access import cases_visible_to, condition_in_sql
from valedor.casefile.filters import Filters
from valedor.casefile.models import Case, Stage
from valedor.casefile.models.case import EMERGENCY
from valedor.casefile.queries import CaseLine, lines_of
from valedor.casefile.viewing import Viewer
from valedor.foundation.questions import one_round_trip

PAGE = 25
WAITING = (Stage.AWAITING_COMPLAINANT, Stage.INCOMPLETE)
_LONGEST_CURSOR = 200


class Queue(enum.StrEnum):
    """A list of the desk, by the word that stands in its address."""

    MINE = "mine"
    TEAM = "team"
    UNASSIGNED = "unassigned"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """Its name on screen."""
        return str(_LABELS[self])


_LABELS = {
    Queue.MINE: gettext_lazy("Mine"),
    Queue.TEAM: gettext_lazy("My team’s"),
    Queue.UNASSIGNED: gettext_lazy("Unassigned"),
    Queue.DUE_SOON: gettext_lazy("Due soon"),
    Queue.OVERDUE: gettext_lazy("Overdue"),
    Queue.WAITING: gettext_lazy("Waiting for the person"),
    Queue.OPEN: gettext_lazy("All open"),
    Queue.CLOSED: gettext_lazy("Recently closed"),
}


class QueuePage(NamedTuple):
    """One page of a queue. ``next`` and ``previous`` are cursors for the address; empty at an
    end.
    """

    queue: Queue
    lines: list[CaseLine]
    next: str
    previous: str
    trouble: str


class Key(NamedTuple):
    """The place of a case in its queue: ``rank`` is 0 for an emergency, 1 for the rest."""

    moment: datetime | None
    id: int
    rank: int = 1


def queue_page(
    viewer: Viewer,
    queue: Queue,
    filters: Filters | None = None,
    *,
    at: datetime,
    cursor: str = "",
    size: int = PAGE,
) -> QueuePage:
    """A page of a queue as it stands at a moment, from a cursor on. A cursor that cannot be read
    begins at the first page. Two round trips.
    """
    backward, place, trouble = read_cursor(cursor)
    keys = _keys(
        viewer, queue, filters or Filters(), place, at=at, backward=backward, size=size + 1
    )
    is_more = len(keys) > size
    keys = keys[:size]
    if backward:
        keys.reverse()
    has_next = is_more if not backward else place is not None
    has_previous = is_more if backward else place is not None
    return QueuePage(
        queue=queue,
        lines=lines_of(viewer, [key.id for key in keys]),
        next=cursor_of(keys[-1], backward=False) if keys and has_next else "",
        previous=cursor_of(keys[0], backward=True) if keys and has_previous else "",
        trouble=trouble,
    )


def condition_of(viewer: Viewer, queue: Queue, *, at: datetime) -> Q:
    """Which cases stand in a queue, as one condition: what counters and exports compare with."""
    joined = Q(pk__in=[])
    for lane in _lanes(viewer, queue, at=at):
        joined |= lane
    return joined


def _lanes(viewer: Viewer, queue: Queue, *, at: datetime, only: int | None = None) -> list[Q]:
    is_open = Q(closed_at=None)
    if queue is Queue.MINE:
        return [Q(holder=viewer.account_id) & is_open] if viewer.account else []
    if queue is Queue.TEAM:
        return [Q(team=team) & is_open for team in viewer.teams]
    # The sweep calls a case overdue within a minute; whoever looks before it sees it all the same.
    is_late, has_passed = Q(urgency=Case.Urgency.OVERDUE), Q(next_due_at__lte=at)
    more = {
        Queue.UNASSIGNED: [is_open & Q(holder=None)],
        Queue.DUE_SOON: [
            is_open & Q(urgency=Case.Urgency.DUE_SOON) & (Q(next_due_at=None) | ~has_passed)
        ],
        Queue.OVERDUE: [is_open & is_late, is_open & ~is_late & has_passed],
        Queue.WAITING: [Q(stage__in=WAITING)],
        Queue.OPEN: [is_open],
        Queue.CLOSED: [~Q(closed_at=None)],
    }[queue]
    entities = [entity for entity in viewer.entities if only in (None, entity)]
    return [Q(entity=entity) & lane for entity in entities for lane in more]


_OF_RANK = (EMERGENCY, ~EMERGENCY)


# Stands for the moment while the lanes of a queue are put together: nothing is due so early.
_NOW = datetime(1900, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=1024)
def _lanes_in_sql(
    viewer: Viewer, queue: Queue, filters: Filters
) -> tuple[tuple[int, str, tuple[Any, ...]], ...]:
    """The conditions of a queue's lanes as text, each with its rank: put together once for each
    viewer and filter. What is closed is no emergency any more.
    """
    visible, wanted = cases_visible_to(viewer), filters.condition()
    lanes = _lanes(viewer, queue, at=_NOW, only=filters.entity)
    if queue is Queue.CLOSED:
        return tuple((1, *condition_in_sql(visible.filter(lane & wanted))) for lane in lanes)
    return tuple(
        (rank, *condition_in_sql(visible.filter(lane & wanted & part)))
        for rank, part in enumerate(_OF_RANK)
        for lane in lanes
    )


def _keys(
    viewer: Viewer,
    queue: Queue,
    filters: Filters,
    place: Key | None,
    *,
    at: datetime,
    backward: bool,
    size: int,
) -> list[Key]:
    newest_first = queue is Queue.CLOSED
    column = "closed_at" if newest_first else "next_due_at"
    downward = backward is not newest_first
    order = f"ORDER BY {column} DESC, id DESC" if downward else f"ORDER BY {column}, id"
    found = []
    with one_round_trip() as ask:
        for rank, lane, values in _lanes_in_sql(viewer, queue, filters):
            known = [at if value == _NOW else value for value in values]
            if place is not None and (rank < place.rank if not backward else rank > place.rank):
                continue
            begins = place if place is not None and place.rank == rank else None
            for part, more in _ranges(column, begins, downward=downward):
                statement = (
                    f"SELECT {column}, id, {rank} FROM casefile_case"  # noqa: S608
                    f" WHERE {lane} AND {part} {order}"
                )
                found.append(ask.rows(f"{statement} LIMIT %s", [*known, *more, size]))
    keys = sorted((Key(*row) for rows in found for row in rows), key=_order, reverse=downward)
    return keys[:size]


def _order(key: Key) -> tuple[int, bool, datetime, int]:
    """Emergencies come first, cases without a moment last."""
    return (key.rank, key.moment is None, key.moment or datetime.min.replace(tzinfo=UTC), key.id)


_Range = tuple[str, tuple[datetime | int, ...]]
"""A condition with its values."""


def _ranges(column: str, place: Key | None, *, downward: bool) -> list[_Range]:
    """What comes after a place. Cases with a moment and those without are two ranges of one index,
    because no single comparison reaches past the empty moments.
    """
    beyond = "<" if downward else ">"
    with_moment: _Range = (f"{column} IS NOT NULL", ())
    without: _Range = (f"{column} IS NULL", ())
    if column == "closed_at":  # Every closed case has one.
        if place is None or place.moment is None:
            return [with_moment]
        return [(f"({column}, id) {beyond} (%s, %s)", (place.moment, place.id))]
    if place is None:
        return [with_moment, without]
    if place.moment is None:
        rest: _Range = (f"{column} IS NULL AND id {beyond} %s", (place.id,))
        return [with_moment, rest] if downward else [rest]
    rest = (f"({column}, id) {beyond} (%s, %s)", (place.moment, place.id))
    return [rest] if downward else [rest, without]


# ------------------------------------------------------------------ cursors
def cursor_of(key: Key, *, backward: bool) -> str:
    """A place and a direction, as they stand in an address."""
    moment = None if key.moment is None else key.moment.astimezone(UTC).isoformat()
    packed = json.dumps([int(backward), moment, key.id, key.rank], separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def read_cursor(text: str) -> tuple[bool, Key | None, str]:
    """Direction and place of a cursor, and a sentence when it cannot be read."""
    if not text:
        return False, None, ""
    unpack: Callable[[str], list[object]] = lambda packed: json.loads(  # noqa: E731
        base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    )
    try:
        if len(text) > _LONGEST_CURSOR:
            raise ValueError
        backward, moment, key, rank = unpack(text)
        at = None if moment is None else datetime.fromisoformat(str(moment))
        number = int(str(key))
        is_foreign = rank not in (0, 1) or not 0 <= number < 2**63
        if (at is not None and at.tzinfo is None) or is_foreign:
            raise ValueError
    except (ValueError, TypeError, binascii.Error, RecursionError):
        return False, None, _("This address names no page of the list: here is the first one.")
    return bool(backward), Key(at, number, int(str(rank))), ""
