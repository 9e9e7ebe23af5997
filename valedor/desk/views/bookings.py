"""The appointments of a day, and booking one for somebody."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from valedor.acts.desk import Desk
from valedor.acts.desk.booking import DeskBookForm, book_for, entities_with_services
from valedor.bookings.calendar_file import place_of
from valedor.bookings.models import Booking, Service
from valedor.bookings.queries import service_of, services_of
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queries.bookings import bookings_on, telephones_of
from valedor.foundation.moments import local_day, now
from valedor.foundation.refusals import Refused
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.procedures.house_rules import house_rules
from valedor.telling import spoken
from valedor.telling.free_times import free_times, read_day, read_time, times_of_day

PLACE = "house:bookings"


@require_safe
@staff_page(Permission.REGISTER)
def bookings(request: StaffRequest) -> HttpResponse:
    """Who comes on a day, and who is visited."""
    entities, at = entities_with_services(request.viewer), now()
    entity = _chosen(entities, request.GET.get("entity", ""))
    if entity is None:
        return page(request, "desk/bookings.html", {"title": _("Bookings")}, place=PLACE)
    today = local_day(at, entity.timezone)
    day = read_day(request.GET.get("day", "")) or today
    found = bookings_on(request.viewer, entity, day)
    numbers = telephones_of(one.case.complainant_id for one in found if one.case.complainant_id)
    context = {
        "title": _("Bookings"),
        "entity": entity,
        "entities": [
            {"name": one.name, "url": _address(one, day), "is_current": one == entity}
            for one in entities
        ]
        if len(entities) > 1
        else [],
        "day": spoken.day(day, with_weekday=True),
        "is_today": day == today,
        "today_url": _address(entity, today),
        "before_url": _address(entity, day - timedelta(days=1)),
        "after_url": _address(entity, day + timedelta(days=1)),
        "rows": [_row(one, entity, numbers, at) for one in found],
        "new_url": f"{reverse('desk:booking_new')}?{urlencode({'entity': entity.key})}",
    }
    return page(request, "desk/bookings.html", context, place=PLACE)


def _chosen(entities: list[Entity], key: str) -> Entity | None:
    """The entity of an address; the first where it names none. Raises ``Http404``."""
    if not key:
        return entities[0] if entities else None
    found = next((one for one in entities if one.key == key), None)
    if found is None:
        raise Http404
    return found


def _address(entity: Entity, day: date) -> str:
    return f"{reverse('desk:bookings')}?{urlencode({'entity': entity.key, 'day': day.isoformat()})}"


def _row(booking: Booking, entity: Entity, numbers: dict[int, str], at: datetime) -> dict[str, Any]:
    case, person = booking.case, booking.case.complainant
    zone = entity.timezone
    begins, ends = spoken.hour(booking.starts_at, zone), spoken.hour(booking.ends_at, zone)
    stands = booking.state == Booking.State.BOOKED
    return {
        "hours": f"{begins}–{ends}",
        "machine": booking.starts_at.isoformat(),
        "service": str(booking.service.name),
        "name": person.name if person and person.name else _("Somebody without a name"),
        "telephone": numbers.get(person.pk, "") if person else "",
        "where": place_of(booking, spoken.language()) if booking.service.at_home else "",
        "reference": case.reference,
        "url": reverse("desk:case", args=[case.reference]),
        "state": "" if stands else str(booking.get_state_display()),
        "came_url": reverse("desk:act", args=[case.reference, "attendance"])
        if stands and booking.starts_at <= at
        else "",
        "missed_url": reverse("desk:act", args=[case.reference, "absence"])
        if stands and booking.starts_at <= at
        else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.REGISTER)
def booking_new(request: StaffRequest) -> HttpResponse:
    """Book for somebody: what, when, who."""
    entity = _chosen(entities_with_services(request.viewer), request.GET.get("entity", ""))
    if entity is None:
        raise Http404
    house, at = house_rules(entity.pk), now()
    here = f"{reverse('desk:booking_new')}?{urlencode({'entity': entity.key})}"
    context: dict[str, Any] = {"title": _("Book a time"), "entity": entity, "here": here}
    service = service_of(house, request.GET.get("service", ""))
    if service is None:
        context["services"] = [
            {"name": str(one.name), "url": f"{here}&service={one.key}"}
            for one in services_of(house)
        ]
        return page(request, "desk/booking_new.html", context, place=PLACE)
    context |= {"service": str(service.name), "here": f"{here}&service={service.key}"}
    chosen = read_time(request.POST.get("slot", "") or request.GET.get("slot", ""))
    if chosen is None:
        since = read_day(request.GET.get("from", ""))
        context["times"] = free_times(house, service, since=since, at=at, by_staff=True)
        return page(request, "desk/booking_new.html", context, place=PLACE)
    day = local_day(chosen, entity.timezone)
    times = times_of_day(house, service, day, at=at, by_staff=True)
    context["day"] = spoken.day(day, with_weekday=True)
    if request.method != "POST":
        first = {"slot": request.GET["slot"], "language": entity.default_language}
        form = DeskBookForm(entity, service, times, initial=first)
        return page(request, "desk/booking_new.html", context | {"form": form}, place=PLACE)
    form = DeskBookForm(entity, service, times, request.POST)
    if form.is_valid():
        try:
            return _booked(request, entity, service, form, at)
        except Refused as refused:
            form.add_error("slot", str(refused.refusal))
    return page(request, "desk/booking_new.html", context | {"form": form}, status=422, place=PLACE)


def _booked(
    request: StaffRequest, entity: Entity, service: Service, form: DeskBookForm, at: datetime
) -> HttpResponse:
    done = book_for(Desk(request.viewer, at), entity, service, form)
    case, day = done.registration.case, local_day(form.starts_at, entity.timezone)
    messages.success(request, _("Booked; the confirmation is on its way."))
    context = {
        "title": _("Booked"),
        "case": case,
        "code": done.registration.access_code,
        "dates": [],
        "letter": done.registration.letter,
        "receipt_url": reverse("desk:receipt", args=[case.reference]),
        "case_url": reverse("desk:case", args=[case.reference]),
        "again_url": _address(entity, day),
    }
    return page(request, "desk/registered.html", context, place=PLACE)
