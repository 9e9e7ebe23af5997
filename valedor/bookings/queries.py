"""Services and bookings, as actions and pages ask for them."""

from functools import lru_cache

from valedor.bookings.models import Booking, Service
from valedor.casefile.models import Case
from valedor.people.models import Entity
from valedor.procedures.house_rules import HouseRules


@lru_cache(maxsize=64)
def services_of(house: HouseRules) -> tuple[Service, ...]:
    """What can be booked at an entity now. Read once while its settings stay the same."""
    found = Service.objects.filter(entity=house.entity, ended_at=None).select_related("team")
    return tuple(found.order_by("key"))


def service_of(house: HouseRules, key: str) -> Service | None:
    """One that can be booked, by its key."""
    return next((one for one in services_of(house) if one.key == key), None)


def every_service(entity: Entity) -> list[Service]:
    """Those too that are not offered any more, for the settings."""
    found = Service.objects.filter(entity=entity).select_related("team", "entity")
    return list(found.order_by("key"))


def booking_of(case: Case) -> Booking | None:
    """What was booked with a case, standing or not."""
    return Booking.objects.filter(case=case.pk).select_related("service").first()
