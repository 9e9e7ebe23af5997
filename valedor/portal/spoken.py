"""Days and moments as a public page says them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from valedor.foundation.spoken_dates import day_in_words, moment_in_words


def language() -> str:
    """The reader's language."""
    return get_language() or "en"


def day(on: date, *, with_weekday: bool = True) -> str:
    """A day: "Saturday, 5 December 2026"."""
    return day_in_words(on, language(), with_weekday=with_weekday)


def moment(at: datetime, zone: str) -> str:
    """A moment with the place whose clocks it is read from."""
    return moment_in_words(at, zone, language())


def local_day(at: datetime, zone: str) -> date:
    """The day of a moment where the entity is."""
    return at.astimezone(ZoneInfo(zone)).date()


def last_day(ends_at: datetime, zone: str) -> str:
    """The last day of a window: one that ends at midnight ends with the day before."""
    return day(local_day(ends_at - timedelta(microseconds=1), zone))


def due(due_on: date | None, due_at: datetime | None, zone: str) -> str:
    """The end of a limit: a day for limits in days, a moment for those in hours."""
    if due_on is not None:
        return day(due_on)
    return moment(due_at, zone) if due_at else ""


def machine(due_on: date | None, due_at: datetime | None) -> str:
    """The same for programs: ISO 8601."""
    if due_on is not None:
        return due_on.isoformat()
    return due_at.isoformat() if due_at else ""
