"""The hours of a line where it is: with the holidays of its place and the days the house closes."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from valedor.channels.telephone.hours import Opening, read_hours
from valedor.channels.telephone.models import Line
from valedor.clocks.regions import holidays_of
from valedor.procedures.house_rules import HouseRules

HALF_HOUR = timedelta(minutes=30)
DAYS_OFFERED = 3
# Nobody is called earlier or later than this, however long a line is answered.
_FROM, _UNTIL = 8, 21


def opening_of(line: Line | None, house: HouseRules) -> Opening:
    """When a line is answered; without one, at any hour."""
    region, closed = house.entity.region, {closure.on for closure in house.closures}

    def is_holiday(day: date) -> bool:
        return day in closed or day in holidays_of(region, day.year)

    return Opening(
        read_hours(line.opening if line else ""), ZoneInfo(house.entity.timezone), is_holiday
    )


def half_hours(opening: Opening, *, at: datetime) -> dict[date, list[datetime]]:
    """The half hours in which somebody can be called, of the next three days that have any."""
    found: dict[date, list[datetime]] = {}
    for begins, ends in opening.from_(at):
        slot = _at_half_hour(max(begins, at + HALF_HOUR))
        while slot + HALF_HOUR <= ends:
            local = slot.astimezone(opening.zone)
            if local.date() not in found and len(found) == DAYS_OFFERED:
                return found
            if _FROM <= local.hour < _UNTIL:
                found.setdefault(local.date(), []).append(local)
            slot += HALF_HOUR
    return found


def _at_half_hour(moment: datetime) -> datetime:
    rest = timedelta(
        minutes=moment.minute % 30, seconds=moment.second, microseconds=moment.microsecond
    )
    return moment - rest + HALF_HOUR if rest else moment
