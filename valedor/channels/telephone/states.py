"""What a set of events says of a call, whatever the order in which they came. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from valedor.channels.telephone.models import Call, CallEvent

# A call of which nothing was heard for so long has no end that anybody told us.
SILENT = timedelta(hours=4)

_STATE, _KIND = Call.State, CallEvent.Kind


@dataclass(frozen=True)
class Told:
    """One event: what happened, and when."""

    kind: str
    at: datetime


@dataclass(frozen=True)
class Course:
    """How a call went, as far as it was told."""

    state: str
    offered_at: datetime | None
    answered_at: datetime | None
    transferred_at: datetime | None
    ended_at: datetime | None
    abandoned_at: datetime | None
    last_event_at: datetime


def course_of(events: Iterable[Told], *, at: datetime) -> Course:
    """The course of a call at a moment.

    One that ended and that nobody answered was abandoned, whatever the switchboard calls it; one
    that was answered was not abandoned. Raises ``ValueError`` without any event.
    """
    told = sorted(events, key=lambda event: (event.at, event.kind))
    if not told:
        raise ValueError("a call of which nothing was told")

    def first(kind: str) -> datetime | None:
        return next((event.at for event in told if event.kind == kind), None)

    answered, ended, abandoned = first(_KIND.ANSWERED), first(_KIND.ENDED), first(_KIND.ABANDONED)
    # Whoever is put through has been answered, even where that event never came.
    answered = answered or first(_KIND.TRANSFERRED)
    over = min(filter(None, (ended, abandoned)), default=None)
    last = told[-1].at
    if over is not None:
        state = _STATE.ENDED if answered else _STATE.ABANDONED
    elif at - last > SILENT:
        state = _STATE.LOST
    else:
        state = _STATE.RUNNING if answered else _STATE.RINGING
    return Course(
        state=state.value,
        offered_at=first(_KIND.OFFERED),
        answered_at=answered,
        transferred_at=max(
            (event.at for event in told if event.kind == _KIND.TRANSFERRED), default=None
        ),
        ended_at=over if answered else None,
        abandoned_at=None if answered else over,
        last_event_at=last,
    )
