"""Book a time: the contact is registered, the place taken and confirmed in writing, or none of it.

Whoever books waits for whoever books the same service now; and the database lets no two bookings
take the same place at the same time, whoever writes them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from valedor.bookings import letters, rules, slots
from valedor.bookings.facts import Booked
from valedor.bookings.models import Booking, Service
from valedor.bookings.words import as_kept
from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import COMPLAINANT, REPRESENTATIVE, By
from valedor.casefile.models import Case
from valedor.foundation import rows
from valedor.foundation.refusals import Refused, refuse_if
from valedor.handling import outgoing
from valedor.handling.actions.answered import MET_BY_THE_ANSWER
from valedor.handling.queries import CaseState, case_state
from valedor.handling.standing import as_the_company
from valedor.intake.actions.receive import Registration, receive
from valedor.intake.submission import Submission


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """A registered case and what was booked with it."""

    registration: Registration
    booking: Booking


@transaction.atomic
def book(
    submission: Submission,
    *,
    service: Service,
    starts_at: datetime,
    address: str = "",
    by: By | None = None,
    at: datetime,
    also: Callable[[Case], Iterable[rows.Statement]] = lambda _case: (),
) -> Appointment:
    """Register a booking: the person's own, unless staff writes it down.

    Raises ``Refused`` where the time cannot be had, and then nothing is registered;
    ``IntegrityError`` for a form that was sent before.
    """
    author = by or (REPRESENTATIVE if submission.mandate else COMPLAINANT)
    registration = receive(submission, by=by, at=at, also=also)
    booking = reserve(
        registration.case,
        service=service,
        starts_at=starts_at,
        address=address,
        by=author,
        at=at,
    )
    return Appointment(registration=registration, booking=booking)


@as_the_company
def reserve(
    case: Case, *, service: Service, starts_at: datetime, address: str, by: By, at: datetime
) -> Booking:
    """Take a place for a case that is there, and confirm it. Raises ``Refused``."""
    case = locked(case)
    state = case_state(case)
    booking = Booking(
        case=case,
        entity_id=case.entity_id,
        service=service,
        address=address.strip(),
        made_at=at,
    )
    take_time(booking, state, starts_at, by=by, at=at)
    letter = letters.confirm(state, booking, "booking_made", by=by, at=at)
    entry = timeline.record(
        case,
        Booked(
            booking=booking.pk,
            service=booking.service.name,
            slot=as_kept(booking.starts_at, booking.ends_at, state.house.entity.timezone),
            letter=letter.pk if letter else None,
        ),
        by=by,
        at=at,
    )
    outgoing.keep_message(case, entry, letter, at=at)
    # What was asked for is given: nobody waits for an answer.
    for duty in MET_BY_THE_ANSWER:
        limits.meet(case, duty, by=by, at=at)
    return booking


def take_time(
    booking: Booking, state: CaseState, starts_at: datetime, *, by: By, at: datetime
) -> None:
    """Give a booking a time and a place that is free then, and write it. Raises ``Refused``."""
    service = Service.objects.select_for_update(no_key=True).get(pk=booking.service_id)
    booking.service = service
    house, ends_at = state.house, starts_at + timedelta(minutes=service.minutes)
    refuse_if(
        rules.why_not_time(
            is_a_time=service.ended_at is None and slots.is_a_time(house, service, starts_at),
            starts_at=starts_at,
            first_moment=slots.first_moment(service, at=at),
            is_within=slots.is_within(house, service, starts_at, at=at),
            by_staff=by.account is not None,
            at=at,
        )
    )
    standing = slots.standing_between(service, starts_at, ends_at)
    others = [one for one in standing if one.pk != booking.pk]
    place = slots.free_place(service, others, starts_at, ends_at)
    refuse_if(rules.taken() if place == 0 else None)
    booking.starts_at, booking.ends_at, booking.place = starts_at, ends_at, place
    booking.occupies = slots.stretch(service, place, starts_at, ends_at)
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError as error:
        if "nobody_is_booked_twice" in str(error):
            raise Refused(rules.taken()) from error
        raise
