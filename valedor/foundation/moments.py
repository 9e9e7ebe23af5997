"""The time now. Views, tasks and commands ask here and pass ``at`` on; nothing else reads the
clock.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This moment, in UTC, with its zone."""
    return datetime.now(UTC)


def local(at: datetime, zone: str) -> datetime:
    """A moment by the clocks of a place."""
    return at.astimezone(ZoneInfo(zone))


def local_day(at: datetime, zone: str) -> date:
    """The day of a moment in a place: in the evening the day of UTC is another one there."""
    return local(at, zone).date()


def last_day(ends_at: datetime, zone: str) -> date:
    """The last day of a stretch in a place: one that ends at midnight ends with the day before."""
    return local_day(ends_at - timedelta(microseconds=1), zone)
