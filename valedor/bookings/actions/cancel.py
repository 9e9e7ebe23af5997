"""Cancel a booking: the person, or the house with its reason. The case ends with it."""

from datetime import datetime

from valedor.bookings import letters, rules
from valedor.bookings.facts import BookingCancelled
from valedor.bookings.models import Booking
from valedor.bookings.queries import booking_of
from valedor.bookings.words import as_kept
from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import SYSTEM, By
from valedor.casefile.models import Case, Kind, Letter
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing
from valedor.handling.actions.settle import settle
from valedor.handling.models import Closure
from valedor.handling.queries import CaseState, case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def cancel(case: Case, *, by: By, at: datetime, reason: str = "") -> Booking:
    """Raises ``Refused``."""
    case = locked(case)
    state, booking = case_state(case), booking_of(case)
    viewer = viewer_for(case, by)
    refuse_if(rules.why_not_cancel(state, viewer, booking, actor=by.actor, at=at, reason=reason))
    assert booking is not None  # noqa: S101 -- refused above
    is_theirs = viewer.case_id == case.pk
    _free(booking, Booking.CancelledBy.PERSON if is_theirs else Booking.CancelledBy.HOUSE, at=at)
    key = "booking_cancelled" if is_theirs else "booking_cancelled_by_us"
    letter = letters.confirm(state, booking, key, by=by, at=at, reason=reason)
    _tell(state, booking, letter, by=by, at=at, reason=reason)
    if case.kind == Kind.BOOKING and case.closed_at is None:
        ground = Closure.Reason.WITHDRAWN if is_theirs else Closure.Reason.CALLED_OFF
        settle(case, reason=ground, by=by, at=at)
    return booking


@as_the_company
def let_go(case: Case, *, at: datetime) -> None:
    """The case was withdrawn: what was booked with it is free again. May be asked twice."""
    case = locked(case)
    booking = booking_of(case)
    if booking is None or booking.state != Booking.State.BOOKED:
        return
    _free(booking, Booking.CancelledBy.PERSON, at=at)
    _tell(case_state(case), booking, None, by=SYSTEM, at=at)


def _free(booking: Booking, whose: Booking.CancelledBy, *, at: datetime) -> None:
    booking.state, booking.cancelled_by = Booking.State.CANCELLED, whose
    booking.occupies, booking.settled_at = None, at
    booking.save(update_fields=["state", "cancelled_by", "occupies", "settled_at"])


def _tell(
    state: CaseState,
    booking: Booking,
    letter: Letter | None,
    *,
    by: By,
    at: datetime,
    reason: str = "",
) -> None:
    zone = state.house.entity.timezone
    entry = timeline.record(
        state.case,
        BookingCancelled(
            booking=booking.pk,
            service=booking.service.name,
            slot=as_kept(booking.starts_at, booking.ends_at, zone),
            cancelled_by=str(booking.cancelled_by),
            letter=letter.pk if letter else None,
        ),
        by=by,
        at=at,
        body=reason,
    )
    if letter is not None:
        outgoing.keep_message(state.case, entry, letter, at=at)
