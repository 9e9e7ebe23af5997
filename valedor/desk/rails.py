"""Limits as time rails: one for each row of a queue, all of them beside a case."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from valedor.casefile.models import Deadline, DeadlineEvent
from valedor.casefile.queries import CaseLine
from valedor.design.parts import Rail
from valedor.foundation.moments import local_day
from valedor.foundation.questions import columns_of, made_from, one_round_trip
from valedor.handling.queries import CaseState
from valedor.procedures.house_rules import CONFIGURATION_NUMBER, HouseRules, house_rules
from valedor.telling import limits, spoken
from valedor.telling.reader import Reader
from valedor.telling.told_apart import labels_of
from valedor.telling.values import duty_name


# ------------------------------------------------------------------ beside a case
def rails_of(
    deadlines: Iterable[Deadline],
    events: Mapping[int, Sequence[DeadlineEvent]],
    state: CaseState,
    *,
    at: datetime,
) -> list[Rail]:
    """A rail for each limit of a case that still counts, those met last."""
    shown = kept(deadlines)
    labels = labels_of(shown, Reader.STAFF, state.house, state)
    return [
        limits.rail_of(
            one,
            state.house,
            Reader.STAFF,
            at=at,
            label=labels[one.pk],
            events=events.get(one.pk, ()),
            how_counted_url=reverse("desk:counting", args=[state.case.reference, one.pk]),
        )
        for one in shown
    ]


def kept(deadlines: Iterable[Deadline]) -> list[Deadline]:
    """The limits that still count, in the order in which the page has them."""
    return sorted((one for one in deadlines if one.state != Deadline.State.DROPPED), key=_order)


def _order(deadline: Deadline) -> tuple[bool, float]:
    due = deadline.due_at.timestamp() if deadline.due_at else float("inf")
    return (deadline.state == Deadline.State.MET, due)


# ------------------------------------------------------------------ rows of a queue
_NEXT = f"""
    SELECT DISTINCT ON (case_id) {columns_of(Deadline)} FROM casefile_deadline
    WHERE case_id = ANY (%s) AND state IN ('running', 'paused', 'held', 'missed')
    ORDER BY case_id, due_at NULLS LAST, id
"""  # noqa: S608 -- our own columns
_EVENTS = f"""
    SELECT {columns_of(DeadlineEvent)} FROM casefile_deadlineevent
    WHERE case_id = ANY (%s) AND withdrawn_at IS NULL ORDER BY at, id
"""  # noqa: S608 -- our own columns


def next_rails(lines: Sequence[CaseLine], *, at: datetime) -> dict[int, Rail]:
    """For each case of a list the limit that comes next. One round trip, however many cases."""
    waiting = [line.id for line in lines if line.closed_at is None]
    deadlines, stretches, number = [], [], []
    if waiting:
        with one_round_trip() as ask:
            deadlines = ask.rows(_NEXT, [waiting])
            stretches = ask.rows(_EVENTS, [waiting])
            number = ask.rows(CONFIGURATION_NUMBER)
    first = {one.case_id: one for one in made_from(Deadline, deadlines)}
    events: dict[int, list[DeadlineEvent]] = defaultdict(list)
    for event in made_from(DeadlineEvent, stretches):
        events[event.deadline_id].append(event)
    rails = {}
    for line in lines:
        coming = first.get(line.id)
        if coming is not None:
            house = house_rules(coming.entity_id, number[0][0])
            rails[line.id] = _row_rail(coming, house, events.get(coming.pk, ()), at)
        elif line.closed_at is not None:
            rails[line.id] = _closed_rail(line)
    return rails


def _row_rail(
    deadline: Deadline, house: HouseRules, events: Sequence[DeadlineEvent], at: datetime
) -> Rail:
    zone = house.entity.timezone
    return Rail(
        label=duty_name(deadline.duty).lower(),
        words=limits.words_of(deadline, zone, Reader.STAFF, at=at),
        state=limits.state_of(deadline, at),
        share_gone=limits.share_of(deadline, at),
        pauses=limits.pauses_of(deadline, house, events, at=at),
    )


def _closed_rail(line: CaseLine) -> Rail:
    assert line.closed_at is not None  # noqa: S101 -- asked by whoever calls
    days = (line.closed_at - line.received_at).days
    return Rail(
        label=_("closed"),
        words=spoken.short_day(local_day(line.closed_at, line.timezone)),
        state="met",
        share_gone=100 if days >= 0 else 0,
    )
