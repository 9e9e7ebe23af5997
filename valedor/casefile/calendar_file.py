"""An appointment as a file that calendars take in (iCalendar, RFC 5545)."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event, vText

from valedor.casefile.letters import page_of
from valedor.casefile.models import Case

MEDIA_TYPE = "text/calendar"


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """Where somebody has to be, and when. A later file under the same ``name`` with a higher
    ``sequence`` replaces the one before it in every calendar.
    """

    name: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    place: str
    about: str = ""
    is_cancelled: bool = False


def calendar_file(one: Appointment, case: Case, *, at: datetime) -> bytes:
    """The appointment of a case, in the language of the case."""
    calendar = Calendar()
    calendar.add("prodid", "-//Valedor//Appointments//")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if one.is_cancelled else "PUBLISH")
    event = Event()
    event.add("uid", f"{one.name}@{settings.MAIL_FROM.rpartition('@')[2]}")
    event.add("sequence", one.sequence)
    event.add("dtstamp", at)
    event.add("dtstart", one.starts_at)
    event.add("dtend", one.ends_at)
    event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    event.add("summary", vText(one.summary))
    event.add("location", vText(one.place))
    with override(case.language):
        reference = _("Reference: %(reference)s") % {"reference": case.reference}
    told = [one.about, reference, page_of(case)]
    event.add("description", vText("\n\n".join(part for part in told if part)))
    event.add("url", page_of(case))
    calendar.add_component(event)
    return bytes(calendar.to_ical())
