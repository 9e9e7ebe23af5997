"""The calculator: a regime, a clock and a start give the due day, and every day on the way there.

One function serves the command, the public page and tests. Nothing is read but packs and calendars.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from valedor.clocks.calendars import NO_CLOSURES, Closures, WorkingCalendar, working_calendar
from valedor.clocks.engine import compute
from valedor.clocks.limits import Limit, Unit
from valedor.clocks.outcome import Happening, Outcome, Step
from valedor.clocks.refusals import ClockRefused
from valedor.clocks.rule import Rule
from valedor.clocks.zones import zone_named, zone_of
from valedor.foundation.spoken_dates import day_in_words

from .catalogue import Catalogue, catalogue
from .clock_reading import UNITS
from .countings import countings
from .explanation import length_in_words, names_in_words, refusal_in_words, step_in_words
from .plain_names import place_name
from .refusals import PackRefused, UnknownRegime, nearest
from .schema import Clock, Pack

PROMISE = ("iso-10001", "promise")
"""The only clock whose length is the asker's own."""
LANGUAGES = ("es", "ca", "pt-BR", "en")
FILED = ("electronically", "on-paper")


@dataclass(frozen=True)
class DeadlineRequest:
    """What is asked of the calculator, as typed: nothing in it has been checked."""

    regime: str
    clock: str
    start: str
    regions: tuple[str, ...]
    timezone: str = ""
    events: tuple[str, ...] = ()
    """Each `NAME[:LENGTH[ UNIT]]=MOMENT`."""
    filed: str = ""
    reading: str = ""
    length: str = ""
    unit: str = ""
    counting: str = ""
    language: str = "en"
    closures: Closures = NO_CLOSURES


class Unanswerable(Exception):
    """Something asked is wrong: a code for programs, a sentence and a hint for people."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def as_json(self) -> dict[str, dict[str, str]]:
        """The answer that programs get."""
        return {"error": {"code": self.code, "message": self.message, "hint": self.hint}}


def answer(request: DeadlineRequest, packs: Catalogue | None = None) -> dict[str, Any]:
    """The due day and how it is counted, or `{"error": {"code", "message", "hint"}}`."""
    try:
        return computed(request, packs)
    except Unanswerable as error:
        return error.as_json()


def computed(request: DeadlineRequest, packs: Catalogue | None = None) -> dict[str, Any]:
    """As `answer`, but raises `Unanswerable`."""
    language = request.language.lower() if request.language in LANGUAGES else "en"
    with translation.override(language):
        try:
            return _Question(request, packs or catalogue()).answered()
        except ClockRefused as refused:
            raise Unanswerable(
                refused.code, refusal_in_words(refused), _hint(refused, request)
            ) from refused
        except PackRefused as refused:
            raise Unanswerable("pack_refused", refused.message, "valedor check") from refused


class _Question:
    """One request while it is being understood."""

    def __init__(self, request: DeadlineRequest, packs: Catalogue) -> None:
        self.request = request
        _one_of(
            request.language, LANGUAGES, "unknown_language", _("There is no language “%(word)s”.")
        )
        self.pack = _pack(packs, request.regime)
        self.clock = _clock(self.pack, request.clock)
        self.clock = _own_length(self.pack, self.clock, request)
        self.calendar = working_calendar(_regions(request.regions), request.closures)
        self.zone = (
            zone_named(request.timezone) if request.timezone else zone_of(self.calendar.regions[0])
        )
        self.start = self._moment(request.start, "--start")
        self.events = tuple(self._event(text) for text in request.events)
        if request.filed:
            _one_of(request.filed, FILED, "unknown_filing", _("Nothing is filed “%(word)s”."))
        self.reading = request.reading or "default"
        known = ("default", *self.clock.readings)
        _one_of(
            self.reading,
            known,
            "unknown_reading",
            _("The clock has no reading “%(word)s”; it has: %(known)s."),
        )

    def answered(self) -> dict[str, Any]:
        """The whole answer, as `contracts` promise it to programs."""
        pack, clock = self.pack, self.clock
        rule = clock.rule_read_as(self.reading)
        outcome = self._outcome(rule)
        return {
            "regime": pack.key,
            "title": pack.title,
            "version": pack.version,
            "clock": clock.name,
            "article": clock.article,
            "counting": rule.limit.counting.key,
            "start": self.start.isoformat(),
            "timezone": self.zone.key,
            "regions": list(self.calendar.regions),
            "calendar": self.calendar.version,
            "length": rule.limit.length,
            "unit": rule.limit.unit.value,
            "due": _day(outcome.due),
            "due_at": _moment_text(outcome.due_at),
            "state": outcome.state,
            "left": str(outcome.left) if outcome.left else None,
            "late": [event.name for event in outcome.late],
            "binding": outcome.binding,
            "in_force_from": _day(clock.in_force_from),
            "provisional": outcome.provisional,
            "verified": clock.verified,
            "reading": self.reading,
            "readings": self._readings(),
            "steps": [_step(step) for step in outcome.steps],
            "warnings": self._warnings(outcome, rule),
        }

    def _outcome(self, rule: Rule) -> Outcome:
        electronically = self.request.filed == "electronically"
        return compute(
            rule,
            self.start,
            self.calendar,
            self.zone,
            self.events,
            filed_electronically=electronically,
        )

    def _readings(self) -> list[dict[str, Any]]:
        """Every other reading of the clock with its own day; none where it cannot be counted so."""
        found: list[dict[str, Any]] = []
        for key in ("default", *self.clock.readings):
            if key == self.reading:
                continue
            rule = self.clock.rule_read_as(key)
            text = _("The reading this house takes by default.")
            if key != "default":
                text = str(self.clock.readings[key])
            try:
                outcome = self._outcome(rule)
            except ClockRefused:
                continue
            found.append(
                {
                    "key": key,
                    "text": text,
                    "due": _day(outcome.due),
                    "due_at": _moment_text(outcome.due_at),
                    "state": outcome.state,
                    "left": str(outcome.left) if outcome.left else None,
                }
            )
        return found

    def _warnings(self, outcome: Outcome, rule: Rule) -> list[str]:
        warnings = []
        validity = rule.validity
        if not outcome.binding:
            warnings.append(_why_not_binding(rule, outcome, self.calendar))
        if outcome.provisional:
            warnings.append(
                _("It looks at a year whose holidays no authority has published yet: provisional.")
            )
        if not self.clock.verified:
            warnings.append(_("This figure was not checked against the text of the rule."))
        elif self.clock.basis == "secondary":
            warnings.append(_("This figure was read in a page about the rule, not in the rule."))
        if self.clock.readings:
            warnings.append(_("The rule can be read in more than one way; see the readings."))
        if outcome.late:
            names = tuple(event.name for event in outcome.late)
            warnings.append(
                _("These events came after the due day and change nothing: %(names)s.")
                % {"names": names_in_words(names)}
            )
        elsewhere = _elsewhere(self.pack, self.calendar)
        if elsewhere and not validity.voluntary:
            warnings.append(elsewhere)
        return warnings

    def _moment(self, text: str, option: str) -> datetime:
        """ISO 8601; without an offset, local to the zone."""
        try:
            moment = datetime.fromisoformat(text.strip())
        except ValueError:
            raise Unanswerable(
                "bad_moment",
                _("%(option)s says “%(text)s”, which is no moment.")
                % {"option": option, "text": text},
                _example("2026-11-20T09:14"),
            ) from None
        return moment if moment.tzinfo else moment.replace(tzinfo=self.zone)

    def _event(self, text: str) -> Happening:
        named, found, moment = text.partition("=")
        if not found or not named.strip():
            raise Unanswerable(
                "bad_event",
                _("--event says “%(text)s”; it needs a name, an equals sign and a moment.")
                % {"text": text},
                "--event " + (names_example(self.clock) or "cured") + "=2026-11-24T10:00",
            )
        name, _colon, length = (part.strip() for part in named.partition(":"))
        number, unit = self._length(length) if _colon else (None, None)
        if number is not None and name != "extended" and name in self.clock.rule.events:
            raise Unanswerable(
                "bad_event",
                _("The event “%(name)s” takes no length.") % {"name": name},
                f"--event {name}={moment}",
            )
        return Happening(name, self._moment(moment, "--event"), number, unit)

    def _length(self, text: str) -> tuple[int, str | None]:
        number, _blank, unit = text.partition(" ")
        unit = unit.strip()
        if not number.isdecimal() or not number.isascii() or (unit and unit not in UNITS):
            raise Unanswerable(
                "bad_event",
                _("An extension says “%(text)s”; it needs a number, and a unit of: %(units)s.")
                % {"text": text, "units": ", ".join(UNITS)},
                '--event "extended:10 calendar_days=2026-11-24T10:00"',
            )
        return int(number[:9]), unit or None


def names_example(clock: Clock) -> str:
    """An event that the clock knows, to be offered in a hint."""
    return next(iter(clock.rule.events), "")


def clock_in_words(clock: Clock) -> str:
    """The length of a clock, such as "15 business days"."""
    return length_in_words(clock.rule.limit.length, clock.rule.limit.unit.value)


def _pack(packs: Catalogue, key: str) -> Pack:
    try:
        return packs.pack(key)
    except UnknownRegime as unknown:
        raise Unanswerable(
            "unknown_regime",
            _("There is no regime “%(key)s”.") % {"key": key},
            f"--regime {unknown.nearest}",
        ) from unknown


def _clock(pack: Pack, name: str) -> Clock:
    if name in pack.clocks:
        return pack.clocks[name]
    known = tuple(pack.clocks)
    raise Unanswerable(
        "unknown_clock",
        _("The regime %(regime)s has no clock “%(name)s”; it has: %(known)s.")
        % {"regime": pack.key, "name": name, "known": names_in_words(known)},
        f"--clock {nearest(name, known)}" if known else "--regime es-trlgdcu-21 --clock reply",
    )


def _own_length(pack: Pack, clock: Clock, request: DeadlineRequest) -> Clock:
    """The clock with the asker's own length, which only a published promise may have."""
    given = [bool(value) for value in (request.length, request.unit, request.counting)]
    if not any(given):
        return clock
    example = "--length 5 --unit business_days --counting plain"
    if (pack.key, clock.name) != PROMISE:
        raise Unanswerable(
            "length_not_yours",
            _("The law sets the length of %(regime)s/%(clock)s; only a promise has its own.")
            % {"regime": pack.key, "clock": clock.name},
            f"--regime iso-10001 --clock promise {example}",
        )
    if not all(given):
        raise Unanswerable(
            "length_incomplete",
            _("--length, --unit and --counting go together."),
            example,
        )
    length = request.length.strip()
    if not length.isdecimal() or not length.isascii():
        raise Unanswerable(
            "impossible_length",
            _("--length says “%(length)s”; it must be a whole number, zero or more.")
            % {"length": request.length},
            "--length 5",
        )
    _one_of(request.unit, UNITS, "unknown_unit", _("There is no unit “%(word)s”: %(known)s."))
    _one_of(
        request.counting,
        tuple(countings()),
        "unknown_counting",
        _("There is no counting “%(word)s”: %(known)s."),
    )
    limit = Limit(int(length[:9]), Unit(request.unit), countings()[request.counting].counting)
    return _with_limit(clock, limit)


def _with_limit(clock: Clock, limit: Limit) -> Clock:
    """The clock and its readings with another limit; what a reading changes, it still changes."""
    readings = {}
    for key, reading in clock.readings.items():
        before, after = clock.rule.limit.counting, reading.rule.limit.counting
        changes: dict[str, Any] = {
            name: getattr(after, name)
            for name in ("roll_forward", "month_end", "local_holidays", "weekend")
            if getattr(after, name) != getattr(before, name) or key == "month_end_last_day"
        }
        if key == "month_end_last_day":
            changes = {"month_end": after.month_end}
        other = replace(limit, counting=replace(limit.counting, **changes))
        readings[key] = replace(reading, rule=replace(reading.rule, limit=other))
    return replace(clock, rule=replace(clock.rule, limit=limit), readings=readings)


def _regions(regions: Sequence[str]) -> tuple[str, ...]:
    if not regions:
        raise Unanswerable("no_region", _("A count needs to know the place."), "--region ES-CT")
    return tuple(regions)


def _one_of(word: str, known: Sequence[str], code: str, sentence: str) -> None:
    if word not in known:
        near = nearest(word, known)
        raise Unanswerable(
            code,
            sentence % {"word": word, "known": names_in_words(tuple(known))},
            _OPTIONS[code] % {"near": near},
        )


_OPTIONS = {
    "unknown_language": "--language %(near)s",
    "unknown_filing": "--filed %(near)s",
    "unknown_reading": "--reading %(near)s",
    "unknown_unit": "--unit %(near)s",
    "unknown_counting": "--counting %(near)s",
}


def _hint(refused: ClockRefused, request: DeadlineRequest) -> str:
    """Something that can be typed instead."""
    values = refused.particulars

    def extended() -> str:
        asked = (text for text in request.events if text.startswith("extended"))
        moment = next(asked, "").rpartition("=")[2]
        return f'--event "extended:{values["limit"]} {values["unit"]}={moment}"'

    hints: Mapping[str, Callable[[], str]] = {
        "unknown_region": lambda: f"--region {values['nearest']}",
        "timezone_needed": lambda: "--timezone America/New_York",
        "unknown_timezone": lambda: "--timezone Europe/Madrid",
        "unknown_event": lambda: (
            f"--event {nearest(values['event'], values['events'])}=2026-11-24T10:00"
            if values["events"]
            else _("ask without --event")
        ),
        "event_before_start": lambda: f"--event {values['event']}={values['start'].isoformat()}",
        "extension_beyond_limit": extended,
        "extension_in_other_unit": extended,
        "extension_without_length": extended,
        "extension_after_due": lambda: (
            f"--event extended:{values['limit']}={values['due'].isoformat()}"
        ),
        "no_extension": lambda: _("ask without --event extended"),
        "impossible_length": lambda: f"--length {min(values['longest'], 30)}",
        "outside_calendars": lambda: "--start 2026-11-20T09:00",
    }
    found = hints.get(refused.code)
    return found() if found else f"valedor deadline --regime {request.regime} --help"


def _example(text: str) -> str:
    return f"--start {text}"


def _why_not_binding(rule: Rule, outcome: Outcome, calendar: WorkingCalendar) -> str:
    validity = rule.validity
    if validity.voluntary:
        return _("No law asks for this: it binds only whoever promised it.")
    if validity.law_until and outcome.first_day > validity.law_until:
        return _("This rule no longer binds: its last day was %(day)s.") % {
            "day": _day_told(validity.law_until)
        }
    if validity.transposed is not None and calendar.country not in validity.transposed:
        return _("%(country)s has not made this directive its law: it does not bind there.") % {
            "country": place_name(calendar.country)
        }
    first = validity.law_from
    if validity.transposed is not None:
        first = max(filter(None, (first, validity.transposed.get(calendar.country))))
    return _("This rule does not bind yet: it does from %(day)s.") % {"day": _day_told(first)}


def _elsewhere(pack: Pack, calendar: WorkingCalendar) -> str:
    """A word where the place asked for lies outside the rule's own country."""
    country = pack.jurisdiction.partition("-")[0]
    if country in ("*", "EU") or country == calendar.country:
        return ""
    return _("%(regime)s is a rule of %(country)s; it was counted with another calendar.") % {
        "regime": pack.titles.in_language(translation.get_language() or "en"),
        "country": place_name(country),
    }


def _day_told(day: date | None) -> str:
    return day_in_words(day, translation.get_language() or "en") if day else ""


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment_text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _step(step: Step) -> dict[str, Any]:
    """A stretch for programs. Clocks in hours have moments, and `hours` instead of `days`."""
    in_hours = isinstance(step.begins, datetime)
    told: dict[str, Any] = {
        "from": step.begins.isoformat(),
        "to": step.ends.isoformat() if step.ends else None,
        "days": None if in_hours else int(step.amount),
    }
    if in_hours:
        told["hours"] = step.amount
    return {**told, "what": step.what, "why": step_in_words(step), "reason": step.reason}
