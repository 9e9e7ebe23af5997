"""What pages of the portal show of services and of a booking."""

from datetime import date
from typing import Any

from django.urls import reverse

from valedor.bookings import rules
from valedor.bookings.calendar_file import place_of
from valedor.bookings.models import Booking, Service
from valedor.bookings.queries import booking_of
from valedor.bookings.words import slot_in_words
from valedor.casefile.models import Kind
from valedor.casefile.viewing import Viewer
from valedor.handling.queries import case_state
from valedor.portal.inside import Inside
from valedor.portal.queries import CaseFile
from valedor.telling import spoken
from valedor.telling.free_times import FreeTimes, free_times


def told_of(service: Service) -> dict[str, Any]:
    """A service in the reader's language."""
    return {
        "key": service.key,
        "name": str(service.name),
        "about": str(service.about),
        "place": "" if service.at_home else str(service.place),
        "at_home": service.at_home,
        "minutes": service.minutes,
    }


def booking_told(place: Inside, file: CaseFile | None = None) -> dict[str, Any] | None:
    """What was booked with a case: nothing for a case of another kind that never was one."""
    if place.case.kind != Kind.BOOKING and not _was_booked(file):
        return None
    booking = booking_of(place.case)
    if booking is None:
        return None
    refusal = rules.why_not_change(
        file.state if file else case_state(place.case),
        Viewer(case_id=place.case.pk),
        booking,
        actor=place.by.actor,
        at=place.at,
    )
    language, zone = spoken.language(), place.house.entity.timezone
    documents = file.documents if file else []
    calendar = [one for one in documents if one.purpose == "calendar" and not one.erased_at]
    return {
        "service": str(booking.service.name),
        "slot": slot_in_words(booking.starts_at, booking.ends_at, zone, language),
        "machine": booking.starts_at.isoformat(),
        "place": place_of(booking, language),
        "about": str(booking.service.about),
        "state": str(booking.get_state_display()),
        "stands": booking.state == Booking.State.BOOKED,
        "may_change": refusal is None,
        "calendar_url": reverse("portal:document", args=[*place.links, calendar[-1].pk])
        if calendar
        else "",
        "move_url": reverse("portal:booking_move", args=place.links),
        "cancel_url": reverse("portal:booking_cancel", args=place.links),
    }


def _was_booked(file: CaseFile | None) -> bool:
    return file is None or any(one.kind == "booking.made" for one in file.entries)


def why_not_change(place: Inside) -> str:
    """Why the person can neither move nor cancel now; empty where they can."""
    state = case_state(place.case)
    refusal = rules.why_not_change(
        state,
        Viewer(case_id=place.case.pk),
        booking_of(place.case),
        actor=place.by.actor,
        at=place.at,
    )
    return str(refusal or "")


def other_times(place: Inside, *, since: date | None) -> FreeTimes | None:
    """When else they could come."""
    booking = booking_of(place.case)
    if booking is None:
        return None
    return free_times(place.house, booking.service, since=since, at=place.at)
