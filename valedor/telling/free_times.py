"""The times that can still be booked, as pages offer them: a fortnight at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from valedor.bookings.models import Service
from valedor.bookings.slots import Slot, first_moment, free_slots, last_day
from valedor.foundation.moments import local_day
from valedor.procedures.house_rules import HouseRules
from valedor.telling import spoken

_SHOWN = 14
_WRITTEN = "%Y%m%dT%H%MZ"


@dataclass(frozen=True)
class FreeTime:
    """One time: its name in addresses and forms, and its hour in words."""

    value: str
    words: str
    free: int


@dataclass(frozen=True)
class FreeDay:
    """One day with its times."""

    name: str
    machine: str
    times: tuple[FreeTime, ...]


@dataclass(frozen=True)
class FreeTimes:
    """Some days of them, and from which day there are earlier and later ones."""

    days: tuple[FreeDay, ...]
    earlier: str = ""
    later: str = ""


def written(at: datetime) -> str:
    """A time as it stands in an address: ``20261123T0800Z``."""
    return at.astimezone(UTC).strftime(_WRITTEN)


def read_time(text: str) -> datetime | None:
    """The same read again; nothing for anything else."""
    try:
        return datetime.strptime(text, _WRITTEN).replace(tzinfo=UTC)
    except ValueError:
        return None


def read_day(text: str) -> date | None:
    """A day of an address; nothing for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def free_times(
    house: HouseRules, service: Service, *, since: date | None, at: datetime, by_staff: bool = False
) -> FreeTimes:
    """What is free from a day on; where a fortnight has nothing, the next one that has."""
    zone = house.entity.timezone
    after = at if by_staff else first_moment(service, at=at)
    first, end = local_day(after, zone), last_day(house, service, at=at)
    begins = min(max(since or first, first), end)
    asked = begins
    while True:
        days = _days(begins, end)
        found = free_slots(house, service, days, after=after)
        if found or not days or days[-1] >= end:
            break
        begins = days[-1] + timedelta(days=1)
    later = days[-1] + timedelta(days=1) if days else end
    return FreeTimes(
        days=tuple(_day(day, slots, zone) for day, slots in sorted(found.items())),
        earlier=max(first, asked - timedelta(days=_SHOWN)).isoformat() if asked > first else "",
        later=later.isoformat() if later <= end else "",
    )


def times_of_day(
    house: HouseRules, service: Service, day: date, *, at: datetime, by_staff: bool = False
) -> tuple[FreeTime, ...]:
    """What is free on one day."""
    after = at if by_staff else first_moment(service, at=at)
    found = free_slots(house, service, [day], after=after)
    return tuple(_time(one, house.entity.timezone) for one in found.get(day, ()))


def _days(begins: date, end: date) -> list[date]:
    every = (begins + timedelta(days=number) for number in range(_SHOWN))
    return [day for day in every if day <= end]


def _day(day: date, slots: Iterable[Slot], zone: str) -> FreeDay:
    return FreeDay(
        name=spoken.day(day, with_weekday=True),
        machine=day.isoformat(),
        times=tuple(_time(one, zone) for one in slots),
    )


def _time(slot: Slot, zone: str) -> FreeTime:
    return FreeTime(written(slot.starts_at), spoken.hour(slot.starts_at, zone), slot.free)
