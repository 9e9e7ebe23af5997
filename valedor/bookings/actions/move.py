"""Give a booking another time; the place it had is free at once."""

from datetime import datetime

from valedor.bookings import letters, rules
from valedor.bookings.actions.book import take_time
from valedor.bookings.facts import BookingMoved
from valedor.bookings.models import Booking
from valedor.bookings.queries import booking_of
from valedor.bookings.words import as_kept
from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def move(case: Case, *, starts_at: datetime, by: By, at: datetime, reason: str = "") -> Booking:
    """Raises ``Refused``; the booking keeps its time then."""
    case = locked(case)
    state, booking = case_state(case), booking_of(case)
    viewer = viewer_for(case, by)
    refuse_if(rules.why_not_change(state, viewer, booking, actor=by.actor, at=at))
    assert booking is not None  # noqa: S101 -- refused above
    zone = state.house.entity.timezone
    before = as_kept(booking.starts_at, booking.ends_at, zone)
    booking.moved += 1
    take_time(booking, state, starts_at, by=by, at=at)
    letter = letters.confirm(state, booking, "booking_moved", by=by, at=at, reason=reason)
    entry = timeline.record(
        case,
        BookingMoved(
            booking=booking.pk,
            service=booking.service.name,
            slot=as_kept(booking.starts_at, booking.ends_at, zone),
            slot_before=before,
            letter=letter.pk if letter else None,
        ),
        by=by,
        at=at,
        body=reason,
    )
    outgoing.keep_message(case, entry, letter, at=at)
    return booking
