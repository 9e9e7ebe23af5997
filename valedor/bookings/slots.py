"""When there is room: the plan of the week, less the days that are closed and the places taken."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from valedor.bookings.models import Booking, Service
from valedor.bookings.plan import plan_of, times_of
from valedor.casefile.viewing import the_house, viewing
from valedor.clocks.regions import holidays_of
from valedor.foundation.moments import local_day
from valedor.procedures.house_rules import HouseRules

_LANE_BITS = 32  # Minutes since 1970 need 25 of them until the year 2033, 32 for ever.


@dataclass(frozen=True)
class Slot:
    """A time at which somebody can be served, and how many more can be."""

    starts_at: datetime
    ends_at: datetime
    free: int


def stretch(
    service: Service, place: int, starts_at: datetime, ends_at: datetime
) -> tuple[int, int]:
    """What a booking takes of one place, as numbers that grow with time and never meet those of
    another place: the database compares them (``nobody_is_booked_twice``).
    """
    lane = (service.pk * 100 + place) << _LANE_BITS
    return (
        lane + int(starts_at.timestamp()) // 60,
        lane + int(ends_at.timestamp()) // 60,
    )


def is_closed(house: HouseRules, day: date) -> bool:
    """Whether nobody is served on a day: a public holiday there, or a day the entity is shut."""
    if any(closure.on == day for closure in house.closures):
        return True
    return day in holidays_of(house.entity.region, day.year)


def times_on(house: HouseRules, service: Service, day: date) -> list[datetime]:
    """Every time of a day at which the service begins, taken or not."""
    if is_closed(house, day):
        return []
    zone = ZoneInfo(house.entity.timezone)
    return times_of(plan_of(service.hours), day, minutes=service.minutes, zone=zone)


def is_a_time(house: HouseRules, service: Service, starts_at: datetime) -> bool:
    """Whether the service begins then at all."""
    day = local_day(starts_at, house.entity.timezone)
    return starts_at in times_on(house, service, day)


def first_moment(service: Service, *, at: datetime) -> datetime:
    """From when on a person can book now."""
    return at + timedelta(hours=service.notice_hours)


def last_day(house: HouseRules, service: Service, *, at: datetime) -> date:
    """Until when a person can book now."""
    return local_day(at, house.entity.timezone) + timedelta(days=service.days_ahead)


def is_within(house: HouseRules, service: Service, starts_at: datetime, *, at: datetime) -> bool:
    """Whether a person can book a time as far ahead as that."""
    day = local_day(starts_at, house.entity.timezone)
    return day <= last_day(house, service, at=at)


def free_slots(
    house: HouseRules, service: Service, days: Iterable[date], *, after: datetime
) -> dict[date, list[Slot]]:
    """The times of some days that begin after a moment and have a place left."""
    length = timedelta(minutes=service.minutes)
    times = {day: [one for one in times_on(house, service, day) if one > after] for day in days}
    every = [one for found in times.values() for one in found]
    if not every:
        return {}
    standing = standing_between(service, min(every), max(every) + length)
    found: dict[date, list[Slot]] = {}
    for day, begins in times.items():
        slots = []
        for starts_at in begins:
            ends_at = starts_at + length
            free = service.places - most_at_once(standing, starts_at, ends_at)
            if free > 0:
                slots.append(Slot(starts_at, ends_at, free))
        if slots:
            found[day] = slots
    return found


def standing_between(service: Service, begins: datetime, ends: datetime) -> list[Booking]:
    """The bookings that take a place between two moments, whoever looks: the house counts."""
    with viewing(the_house(service.entity_id)):
        found = Booking.objects.filter(service=service, starts_at__lt=ends, ends_at__gt=begins)
        return list(found.exclude(state=Booking.State.CANCELLED))


def most_at_once(standing: Iterable[Booking], begins: datetime, ends: datetime) -> int:
    """How many places are taken at some moment of a stretch of time."""
    places = Counter(one.place for one in standing if one.starts_at < ends and one.ends_at > begins)
    return len(places)


def free_place(
    service: Service, standing: Iterable[Booking], begins: datetime, ends: datetime
) -> int:
    """The first place that nobody has then; 0 where all are taken."""
    taken = {one.place for one in standing if one.starts_at < ends and one.ends_at > begins}
    return next((place for place in range(1, service.places + 1) if place not in taken), 0)
