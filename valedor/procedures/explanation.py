"""The words of a count: each stretch of it, and each reason why it cannot be made, as a sentence.

`valedor.clocks` gives codes and particulars; the sentences are in the reader's language.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from valedor.clocks.calendars import NotWorked
from valedor.clocks.outcome import Step
from valedor.clocks.refusals import ClockRefused
from valedor.foundation import spoken_dates

from .plain_names import place_name
from .vocabulary_tables import vocabulary, word

_MONDAY_FOLLOWING = "Monday following "


def day_in_words(day: date) -> str:
    """A day as the reader's language writes it."""
    return spoken_dates.day_in_words(day, (get_language() or "en").lower())


def length_in_words(length: float, unit: str) -> str:
    """A length with its unit, such as "15 business days"."""
    number = int(length) if float(length).is_integer() else 2
    sentences = {
        "minutes": ngettext("%(length)s minute", "%(length)s minutes", number),
        "hours": ngettext("%(length)s hour", "%(length)s hours", number),
        "calendar_days": ngettext("%(length)s calendar day", "%(length)s calendar days", number),
        "business_days": ngettext("%(length)s business day", "%(length)s business days", number),
        "months": ngettext("%(length)s month", "%(length)s months", number),
    }
    return sentences[unit] % {"length": f"{length:g}"}


def holiday_in_words(name: str) -> str:
    """A public holiday's name in the reader's language; as the calendar has it where we do not."""
    following = name.startswith(_MONDAY_FOLLOWING)
    bare = name.removeprefix(_MONDAY_FOLLOWING)
    bare = bare.removesuffix(" (observed)").removesuffix(" (estimated)")
    if (get_language() or "en").startswith("en"):
        return name
    known = vocabulary("holidays").get(bare)
    if known is None:
        return name
    if following:
        return _("Monday following %(holiday)s") % {"holiday": known}
    return str(known)


def not_worked_in_words(closed: NotWorked) -> str:
    """Why a day is not worked."""
    if closed.why == "weekend":
        return _("Weekend.")
    if closed.why == "closure":
        return _("The organisation is closed: %(name)s.") % {"name": closed.name}
    return _("Holiday in %(region)s: %(holiday)s.") % {
        "region": place_name(closed.region),
        "holiday": holiday_in_words(closed.name),
    }


def step_in_words(step: Step) -> str:
    """One stretch of a count as a sentence."""
    return _SENTENCES[step.reason](step)


def refusal_in_words(refused: ClockRefused) -> str:
    """Why a date cannot be computed, as a sentence."""
    values = refused.particulars
    return _REFUSALS[refused.code](values)


def _counted(step: Step) -> str:
    values = step.particulars
    sentence = {
        "counted_business_days": _("Business days %(first)d to %(last)d of %(length)d."),
        "counted_calendar_days": _("Calendar days %(first)d to %(last)d of %(length)d."),
    }[step.reason] % {
        "first": values["from"],
        "last": values["through"],
        "length": values["length"],
    }
    if values["from"] == values["through"]:
        sentence = {
            "counted_business_days": _("Business day %(number)d of %(length)d."),
            "counted_calendar_days": _("Calendar day %(number)d of %(length)d."),
        }[step.reason] % {"number": values["from"], "length": values["length"]}
    return _with_day_zero(sentence, step)


def _counted_months(step: Step) -> str:
    values = step.particulars
    length = length_in_words(values["length"], "months")
    sentence = _("%(length)s, date to date.") % {"length": length}
    if values.get("month_end") == "last_day":
        sentence += " " + _("A month without that day ends on its last day.")
    elif values.get("month_end") == "next_day":
        sentence += " " + _("In a month without that day the term ends on the day after.")
    return _with_day_zero(sentence, step)


def _with_day_zero(sentence: str, step: Step) -> str:
    if step.particulars["from"] != 1:
        return sentence
    zero = _("The day of the event, %(day)s, does not count.") % {
        "day": day_in_words(step.particulars["zero"])
    }
    return f"{sentence} {zero}"


def _paused(step: Step) -> str:
    event = step.particulars.get("event", "")
    if not event:
        return _("The clock stands still; this time does not count.")
    return _("The clock stands still; this time does not count: %(event)s.") % {
        "event": word("events", event)
    }


def _extended(step: Step) -> str:
    values = step.particulars
    return _("Extended by %(length)s.") % {"length": length_in_words(values["by"], values["unit"])}


def _restarted(step: Step) -> str:
    return _("The clock starts again from zero: %(event)s.") % {
        "event": word("events", step.particulars["event"])
    }


def _rolled(step: Step) -> str:
    values = step.particulars
    return _("The end moves to the next working day; %(day)s is not one. %(reason)s") % {
        "day": day_in_words(values["day"]),
        "reason": not_worked_in_words(values["closed"]),
    }


def _closed(step: Step) -> str:
    values = step.particulars
    why: Any = step.reason
    return not_worked_in_words(NotWorked(why, values["name"], values["region"]))


_SENTENCES: dict[str, Callable[[Step], str]] = {
    "counted_business_days": _counted,
    "counted_calendar_days": _counted,
    "counted_months": _counted_months,
    "counted_hours": lambda step: _("Elapsed time, day and night, whatever the day."),
    "at_once": lambda step: _("Due at once: it never moves to another day."),
    "weekend": _closed,
    "holiday": _closed,
    "closure": _closed,
    "paused": _paused,
    "held": lambda step: _("There is no due date until the clock starts again."),
    "time_lost": lambda step: _("The time used until then is lost."),
    "waited": lambda step: _("It may wait for this event; waiting adds no days."),
    "extended": _extended,
    "restarted": _restarted,
    "rolled": _rolled,
    "two_working_days": lambda step: _("The term must hold at least two working days."),
    "filed_electronically": lambda step: _(
        "Filed electronically on a day that is not worked: it counts as filed on the next one."
    ),
}


def moment_in_words(moment: date | datetime) -> str:
    """A moment with its hour, or a day."""
    if isinstance(moment, datetime):
        return moment.strftime("%Y-%m-%d %H:%M")
    return day_in_words(moment)


def names_in_words(names: tuple[str, ...]) -> str:
    """Words that can be typed, in a row; a dash where there are none."""
    return ", ".join(names) or pgettext("list of names", "none")


def _limit(values: dict[str, Any]) -> dict[str, str]:
    return {"limit": length_in_words(values["limit"], values["unit"])}


_REFUSALS: dict[str, Callable[[dict[str, Any]], str]] = {
    "unknown_region": lambda v: _("No calendar is known for the region “%(region)s”.") % v,
    "no_region": lambda v: _("A calendar needs at least one region."),
    "outside_calendars": lambda v: (
        _("The year %(year)d lies outside the calendars, which reach from %(first)d to %(last)d.")
        % v
    ),
    "impossible_length": lambda v: (
        _("A length of %(length)d %(unit)s is impossible; the most is %(longest)d.") % v
    ),
    "unknown_event": lambda v: (
        _("This clock does not know the event “%(event)s”; it knows: %(known)s.")
        % {"event": v["event"], "known": names_in_words(v["events"])}
    ),
    "event_before_start": lambda v: (
        _("The event “%(event)s” of %(at)s lies before the start, %(start)s.")
        % {
            "event": v["event"],
            "at": moment_in_words(v["at"]),
            "start": moment_in_words(v["start"]),
        }
    ),
    "event_without_offset": lambda v: _("The moment of “%(event)s” has no time zone.") % v,
    "no_extension": lambda v: _("This clock cannot be extended: its limit of extension is zero."),
    "extension_without_length": lambda v: (
        _("An extension needs a length; this clock allows %(limit)s in all.") % _limit(v)
    ),
    "extension_beyond_limit": lambda v: (
        _("Extensions of %(asked)s in all pass the limit of this clock, %(limit)s.")
        % {"asked": length_in_words(v["asked"], v["unit"]), **_limit(v)}
    ),
    "extension_in_other_unit": lambda v: (
        _("This clock is not extended in %(asked)s; its limit is %(limit)s.")
        % {"asked": v["asked"], **_limit(v)}
    ),
    "extension_after_due": lambda v: (
        _("The extension comes after the due day, %(due)s; up to it, %(limit)s were allowed.")
        % {"due": moment_in_words(v["due"]), **_limit(v)}
    ),
    "timezone_needed": lambda v: (
        _("The region “%(region)s” does not tell its time zone; several are possible.") % v
    ),
    "unknown_timezone": lambda v: _("There is no time zone “%(timezone)s”.") % v,
    "no_working_hours": lambda v: _("Nobody ever works in these hours."),
}
