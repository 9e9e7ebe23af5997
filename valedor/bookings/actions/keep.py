"""Write down whether somebody came: the case ends with it."""

from datetime import datetime

from valedor.bookings import letters, rules
from valedor.bookings.facts import BookingKept, BookingMissed
from valedor.bookings.models import Booking
from valedor.bookings.queries import booking_of
from valedor.bookings.words import as_kept
from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Kind
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing
from valedor.handling.actions.settle import settle
from valedor.handling.models import Closure
from valedor.handling.queries import CaseState, case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def note_attended(case: Case, *, by: By, at: datetime, note: str = "") -> Booking:
    """They came, or were visited. Raises ``Refused``."""
    state, booking = _settled(case, Booking.State.ATTENDED, by=by, at=at)
    timeline.record(
        state.case,
        BookingKept(booking=booking.pk, service=booking.service.name, slot=_slot(state, booking)),
        by=by,
        at=at,
        body=note,
    )
    _end(state.case, Closure.Reason.SERVED, by=by, at=at)
    return booking


@as_the_company
def note_missed(case: Case, *, by: By, at: datetime, note: str = "") -> Booking:
    """They did not come, or nobody opened; they are told how to book again. Raises ``Refused``."""
    state, booking = _settled(case, Booking.State.MISSED, by=by, at=at)
    letter = letters.confirm(state, booking, "booking_missed", by=by, at=at, reason=note)
    entry = timeline.record(
        state.case,
        BookingMissed(
            booking=booking.pk,
            service=booking.service.name,
            slot=_slot(state, booking),
            letter=letter.pk if letter else None,
        ),
        by=by,
        at=at,
        body=note,
    )
    outgoing.keep_message(state.case, entry, letter, at=at)
    _end(state.case, Closure.Reason.NOT_ATTENDED, by=by, at=at)
    return booking


def _settled(
    case: Case, became: Booking.State, *, by: By, at: datetime
) -> tuple[CaseState, Booking]:
    case = locked(case)
    state, booking = case_state(case), booking_of(case)
    refuse_if(rules.why_not_settle(state, viewer_for(case, by), booking, at=at))
    assert booking is not None  # noqa: S101 -- refused above
    booking.state, booking.settled_at = became, at
    booking.save(update_fields=["state", "settled_at"])
    return state, booking


def _end(case: Case, reason: Closure.Reason, *, by: By, at: datetime) -> None:
    """A booking that became a complaint goes on as one."""
    if case.kind == Kind.BOOKING and case.closed_at is None:
        settle(case, reason=reason, by=by, at=at)


def _slot(state: CaseState, booking: Booking) -> str:
    return as_kept(booking.starts_at, booking.ends_at, state.house.entity.timezone)
