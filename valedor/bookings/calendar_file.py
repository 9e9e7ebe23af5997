"""A booking as an appointment for calendars."""

from datetime import datetime

from valedor.bookings.models import Booking
from valedor.casefile import calendar_file as appointments
from valedor.casefile.models import Case

MEDIA_TYPE = appointments.MEDIA_TYPE


def calendar_file(booking: Booking, case: Case, *, at: datetime) -> bytes:
    """The appointment, in the language of the case. A later file of the same booking replaces the
    one before it: it has the same name and a higher number.
    """
    service, language = booking.service, case.language
    is_cancelled = booking.state == Booking.State.CANCELLED
    one = appointments.Appointment(
        name=f"booking-{booking.pk}",
        sequence=booking.moved + (1 if is_cancelled else 0),
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        summary=f"{service.name.in_language(language)} · {case.entity.name}",
        place=place_of(booking, language),
        about=service.about.in_language(language),
        is_cancelled=is_cancelled,
    )
    return appointments.calendar_file(one, case, at=at)


def place_of(booking: Booking, language: str) -> str:
    """Where it is: at the person's, or the place of the service."""
    if booking.service.at_home and booking.address:
        return " ".join(booking.address.split())
    return str(booking.service.place.in_language(language))
