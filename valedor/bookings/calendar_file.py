"""A booking as a file that calendars take in (iCalendar, RFC 5545)."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event, vText

from valedor.bookings.models import Booking
from valedor.casefile.letters import page_of
from valedor.casefile.models import Case

MEDIA_TYPE = "text/calendar"


def calendar_file(booking: Booking, case: Case, *, at: datetime) -> bytes:
    """The appointment, in the language of the case. A later file of the same booking replaces the
    one before it: it has the same name and a higher number.
    """
    service, language = booking.service, case.language
    is_cancelled = booking.state == Booking.State.CANCELLED
    calendar = Calendar()
    calendar.add("prodid", "-//Valedor//Appointments//")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_cancelled else "PUBLISH")
    event = Event()
    event.add("uid", f"booking-{booking.pk}@{settings.MAIL_FROM.rpartition('@')[2]}")
    event.add("sequence", booking.moved + (1 if is_cancelled else 0))
    event.add("dtstamp", at)
    event.add("dtstart", booking.starts_at)
    event.add("dtend", booking.ends_at)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("summary", vText(f"{service.name.in_language(language)} · {case.entity.name}"))
    event.add("location", vText(place_of(booking, language)))
    with override(language):
        reference = _("Reference: %(reference)s") % {"reference": case.reference}
    told = [service.about.in_language(language), reference, page_of(case)]
    event.add("description", vText("\n\n".join(part for part in told if part)))
    event.add("url", page_of(case))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def place_of(booking: Booking, language: str) -> str:
    """Where it is: at the person's, or the place of the service."""
    if booking.service.at_home and booking.address:
        return " ".join(booking.address.split())
    return str(booking.service.place.in_language(language))
