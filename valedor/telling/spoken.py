"""Days, hours and sizes as the pages say them, in the reader's language."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from babel.lists import format_list
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

# Asked for here by whoever speaks of days.
from valedor.foundation import moments
from valedor.foundation.moments import local as local
from valedor.foundation.moments import local_day as local_day
from valedor.foundation.spoken_dates import day_in_words, locale_of, moment_in_words


def language() -> str:
    """The reader's language."""
    return get_language() or "en"


# ------------------------------------------------------------------ in full
def day(on: date, *, with_weekday: bool = False) -> str:
    """A day in full: "5 December 2026"; "Saturday, 5 December 2026" where asked."""
    return day_in_words(on, language(), with_weekday=with_weekday)


def weekday(number: int) -> str:
    """A day of the week by its number: Monday is 0."""
    return str(WEEKDAYS[number])


def moment(at: datetime, zone: str) -> str:
    """A moment with the place whose clocks it is read from."""
    return moment_in_words(at, zone, language())


def due(due_on: date | None, due_at: datetime | None, zone: str) -> str:
    """The end of a limit: a day with its weekday for limits in days, a moment for hours."""
    if due_on is not None:
        return day(due_on, with_weekday=True)
    return moment(due_at, zone) if due_at else ""


def last_day(ends_at: datetime, zone: str) -> str:
    """The last day of a window: one that ends at midnight ends with the day before."""
    return day(moments.last_day(ends_at, zone), with_weekday=True)


def until(ends_at: datetime, zone: str) -> str:
    """The end of a stretch of time: its last day where it ends at midnight, else the moment."""
    there = local(ends_at, zone)
    is_midnight = (there.hour, there.minute) == (0, 0)
    return last_day(ends_at, zone) if is_midnight else moment(ends_at, zone)


def machine(due_on: date | None, due_at: datetime | None) -> str:
    """The same for programs: ISO 8601."""
    if due_on is not None:
        return due_on.isoformat()
    return due_at.isoformat() if due_at else ""


# ------------------------------------------------------------------ short, for lists
def short_day(on: date, *, today: date | None = None) -> str:
    """A day in a list: "19 Nov", with its year where it is another one."""
    if today is not None and on.year == today.year:
        return date_format(on, f"j {_month()}")
    return date_format(on, f"j {_month()} Y")


def _month() -> str:
    """The format of a short month: only English writes it with a capital letter."""
    return "M" if language().startswith("en") else "b"


def stamp(at: datetime, zone: str) -> str:
    """When something was written: "19 Nov 2026, 09:14"."""
    there = local(at, zone)
    return f"{short_day(there.date())}, {there:%H:%M}"


def end_of_limit(at: datetime, zone: str) -> str:
    """The end of a limit: one that ends at midnight ends with the day before."""
    there = local(at, zone)
    if (there.hour, there.minute) == (0, 0):
        return short_day((there - timedelta(minutes=1)).date())
    return stamp(at, zone)


def hour(at: datetime, zone: str) -> str:
    """The hour alone: "15:52"."""
    return f"{local(at, zone):%H:%M}"


def days_left(due_on: date, today: date) -> str:
    """How far a last day is."""
    days = (due_on - today).days
    if days == 0:
        return _("last day today")
    if days < 0:
        return ngettext("%(number)s day late", "%(number)s days late", -days) % {"number": -days}
    return ngettext("%(number)s day left", "%(number)s days left", days) % {"number": days}


def time_left(due_at: datetime, at: datetime) -> str:
    """How far a moment is: in minutes below an hour, in hours below two days, else in days."""
    left = due_at - at
    late = left < timedelta(0)
    left = abs(left)
    if left < timedelta(hours=1):
        minutes = max(int(left.total_seconds() // 60), 1)
        late_by = ngettext("%(number)s minute late", "%(number)s minutes late", minutes)
        more = ngettext("%(number)s minute left", "%(number)s minutes left", minutes)
        return (late_by if late else more) % {"number": minutes}
    if left < timedelta(days=2):
        hours = int(left.total_seconds() // 3600)
        late_by = ngettext("%(number)s hour late", "%(number)s hours late", hours)
        more = ngettext("%(number)s hour left", "%(number)s hours left", hours)
        return (late_by if late else more) % {"number": hours}
    late_by = ngettext("%(number)s day late", "%(number)s days late", left.days)
    more = ngettext("%(number)s day left", "%(number)s days left", left.days)
    return (late_by if late else more) % {"number": left.days}


# ------------------------------------------------------------------ sizes and names
def size(octets: int) -> str:
    """How large a file is."""
    if octets < 1024:
        return f"{octets} B"
    if octets < 1024 * 1024:
        return f"{-(-octets // 1024)} kB"
    return f"{octets / 1024 / 1024:.1f} MB"


def language_name(code: str) -> str:
    """A language by its own name."""
    return {"es": "español", "ca": "català", "pt-br": "português", "en": "English"}.get(code, code)


def either(words: Iterable[str]) -> str:
    """Alternatives in one sentence: "a, b or c"."""
    return str(format_list(list(words), "or", locale_of(language())))


def initials(name: str) -> str:
    """One or two letters for the round mark of a person: of the first word and of the last."""
    words = name.split()
    return "".join(
        word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)
    ).upper()
