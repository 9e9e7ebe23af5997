"""Bookings, as the pages of the desk ask for them: only of cases that the viewer may see."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from valedor.bookings.models import Booking
from valedor.casefile.access import cases_visible_to
from valedor.casefile.viewing import Viewer
from valedor.people.models import ContactPoint, Entity


def bookings_on(viewer: Viewer, entity: Entity, day: date) -> list[Booking]:
    """Everything of one day by the clocks of the entity, in order, the cancelled too."""
    begins = datetime.combine(day, time(), tzinfo=ZoneInfo(entity.timezone))
    found = Booking.objects.filter(
        entity=entity,
        case__in=cases_visible_to(viewer),
        starts_at__gte=begins,
        starts_at__lt=begins + timedelta(days=1),
    ).select_related("service", "case__complainant")
    return list(found.order_by("starts_at", "service__key", "place"))


def telephones_of(people: Iterable[int]) -> dict[int, str]:
    """At which number each person can be called."""
    found: dict[int, str] = defaultdict(str)
    points = ContactPoint.objects.filter(
        person__in=list(people), kind=ContactPoint.Kind.TELEPHONE, ended_at=None
    ).order_by("pk")
    for point in points:
        found[point.person_id] = point.value
    return found
