"""A booked time in words, and as a fact keeps it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from valedor.foundation.spoken_dates import day_in_words


def as_kept(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """A time as a fact keeps it: both ends by the clocks of the entity (ISO 8601)."""
    return "/".join(
        one.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes") for one in (starts_at, ends_at)
    )


def kept_in_words(kept: str, language: str) -> str:
    """The same in words: “Thursday, 3 December 2026, 10:20–10:40”; as it is where it is none."""
    begins, slash, ends = kept.partition("/")
    try:
        first, last = datetime.fromisoformat(begins), datetime.fromisoformat(ends)
    except ValueError:
        return kept
    if not slash:
        return kept
    day = day_in_words(first.date(), language, with_weekday=True)
    return f"{day}, {first:%H:%M}–{last:%H:%M}"


def slot_in_words(starts_at: datetime, ends_at: datetime, zone: str, language: str) -> str:
    """A time in words, by the clocks of the entity."""
    return kept_in_words(as_kept(starts_at, ends_at, zone), language)
