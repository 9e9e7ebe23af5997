"""The queues of the desk: what waits for whom, the next limit first.

A queue is a set of lanes, each a condition that one index of ``Case`` serves in order (entity,
holder or team, then the next due moment and the id). A page reads a little of every lane and
merges, so that its cost does not grow with the number of cases. Cases whose clocks stand still come
last.
"""

import base64
import binascii
import enum
import heapq
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from django.db.models import F, OrderBy, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.casefile.access import cases_visible_to
from valedor.casefile.filters import Filters
from valedor.casefile.models import Case, Stage
from valedor.casefile.queries import CaseLine, lines_of
from valedor.casefile.viewing import Viewer

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
    """The place of a case in its queue."""

    moment: datetime | None
    id: int


def queue_page(
    viewer: Viewer,
    queue: Queue,
    filters: Filters | None = None,
    *,
    cursor: str = "",
    size: int = PAGE,
) -> QueuePage:
    """A page of a queue, from a cursor on. A cursor that cannot be read begins at the first
    page.
    """
    backward, place, trouble = read_cursor(cursor)
    keys = _keys(viewer, queue, filters or Filters(), place, backward=backward, size=size + 1)
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


def condition_of(viewer: Viewer, queue: Queue) -> Q:
    """Which cases stand in a queue, as one condition: what counters and exports compare with."""
    lanes = _lanes(viewer, queue)
    joined = Q(pk__in=[])
    for lane in lanes:
        joined |= lane
    return joined


def _lanes(viewer: Viewer, queue: Queue, *, only: int | None = None) -> list[Q]:
    is_open = Q(closed_at=None)
    if queue is Queue.MINE:
        return [Q(holder=viewer.account_id) & is_open] if viewer.account else []
    if queue is Queue.TEAM:
        return [Q(team=team) & is_open for team in viewer.teams]
    more = {
        Queue.UNASSIGNED: is_open & Q(holder=None),
        Queue.DUE_SOON: is_open & Q(urgency=Case.Urgency.DUE_SOON),
        Queue.OVERDUE: is_open & Q(urgency=Case.Urgency.OVERDUE),
        Queue.WAITING: Q(stage__in=WAITING),
        Queue.OPEN: is_open,
        Queue.CLOSED: ~Q(closed_at=None),
    }[queue]
    return [Q(entity=entity) & more for entity in viewer.entities if only in (None, entity)]


def _keys(
    viewer: Viewer, queue: Queue, filters: Filters, place: Key | None, *, backward: bool, size: int
) -> list[Key]:
    wanted = filters.condition()
    newest_first = queue is Queue.CLOSED
    read = _closed_lane if newest_first else _due_lane
    lanes = [
        read(viewer, lane & wanted, place, backward=backward, size=size)
        for lane in _lanes(viewer, queue, only=filters.entity)
    ]
    if len(lanes) == 1:
        return lanes[0]
    merged = heapq.merge(*lanes, key=_order, reverse=backward is not newest_first)
    return list(merged)[:size]


def _order(key: Key) -> tuple[bool, datetime, int]:
    """Cases without a moment come last."""
    return (key.moment is None, key.moment or datetime.min.replace(tzinfo=UTC), key.id)


def _due_lane(
    viewer: Viewer, lane: Q, place: Key | None, *, backward: bool, size: int
) -> list[Key]:
    """A lane by next due moment and id. Those with a moment and those without are two ranges of one
    index, because no single comparison reaches past the empty moments.
    """
    order = _ordering("next_due_at", backward=backward)
    with_moment: Q | None = Q(next_due_at__isnull=False)
    without: Q | None = Q(next_due_at=None)
    if place is not None and place.moment is None:
        without = without & Q(**{"id__lt" if backward else "id__gt": place.id})  # type: ignore[operator]
        with_moment = with_moment if backward else None
    elif place is not None:
        side = "lt" if backward else "gt"
        with_moment = Q(**{f"next_due_at__{side}e": place.moment}) & (
            Q(**{f"next_due_at__{side}": place.moment}) | Q(**{f"id__{side}": place.id})
        )
        without = None if backward else without
    ranges: Iterable[Q | None] = (without, with_moment) if backward else (with_moment, without)
    keys: list[Key] = []
    for part in ranges:
        if part is not None and len(keys) < size:
            keys += _read(viewer, lane & part, "next_due_at", order, size - len(keys))
    return keys


def _closed_lane(
    viewer: Viewer, lane: Q, place: Key | None, *, backward: bool, size: int
) -> list[Key]:
    if place is not None and place.moment is not None:
        side = "gt" if backward else "lt"
        lane &= Q(**{f"closed_at__{side}e": place.moment}) & (
            Q(**{f"closed_at__{side}": place.moment}) | Q(**{f"id__{side}": place.id})
        )
    return _read(viewer, lane, "closed_at", _ordering("closed_at", backward=not backward), size)


def _ordering(column: str, *, backward: bool) -> list[OrderBy]:
    if backward:
        return [F(column).desc(), F("id").desc()]
    return [F(column).asc(), F("id").asc()]


def _read(viewer: Viewer, lane: Q, column: str, order: list[OrderBy], size: int) -> list[Key]:
    rows = cases_visible_to(viewer).filter(lane).order_by(*order).values_list(column, "id")
    return [Key(moment, key) for moment, key in rows[:size]]


# ------------------------------------------------------------------ cursors
def cursor_of(key: Key, *, backward: bool) -> str:
    """A place and a direction, as they stand in an address."""
    moment = None if key.moment is None else key.moment.astimezone(UTC).isoformat()
    packed = json.dumps([int(backward), moment, key.id], separators=(",", ":"))
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
        backward, moment, key = unpack(text)
        at = None if moment is None else datetime.fromisoformat(str(moment))
        number = int(str(key))
        if (at is not None and at.tzinfo is None) or not 0 <= number < 2**63:
            raise ValueError
    except (ValueError, TypeError, binascii.Error, RecursionError):
        return False, None, _("This address names no page of the list: here is the first one.")
    return bool(backward), Key(at, number), ""
