"""What the public calculator asks and answers: the address is the whole question."""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext as _

from valedor.casefile.limits.begin import calendar_of
from valedor.clocks.calendars import NO_CLOSURES, Closures
from valedor.people.queries import entity_with_key
from valedor.portal import counted
from valedor.procedures.catalogue import catalogue
from valedor.procedures.deadline import DeadlineRequest, answer
from valedor.procedures.explanation import length_in_words
from valedor.procedures.house_rules import house_rules
from valedor.procedures.plain_names import article_in_words, clock_name, pack_title, place_name
from valedor.procedures.refusals import UnknownRegime
from valedor.procedures.schema import Clock, Pack
from valedor.procedures.vocabulary_tables import word
from valedor.telling import spoken

EVENT_ROWS = 3
_SPAIN = (
    "ES-AN", "ES-AR", "ES-AS", "ES-CB", "ES-CE", "ES-CL", "ES-CM", "ES-CN", "ES-CT", "ES-CT-BCN",
    "ES-EX", "ES-GA", "ES-IB", "ES-MC", "ES-MD", "ES-ML", "ES-NC", "ES-PV", "ES-RI", "ES-VC",
)  # fmt: skip
_BRAZIL = (
    "BR-BANK", "BR-AC", "BR-AL", "BR-AM", "BR-AP", "BR-BA", "BR-CE", "BR-DF", "BR-ES", "BR-GO",
    "BR-MA", "BR-MG", "BR-MS", "BR-MT", "BR-PA", "BR-PB", "BR-PE", "BR-PI", "BR-PR", "BR-RJ",
    "BR-RN", "BR-RO", "BR-RR", "BR-RS", "BR-SC", "BR-SE", "BR-SP", "BR-TO",
)  # fmt: skip
_ELSEWHERE = ("ES", "BR", "PT", "GB", "US")


@dataclass(frozen=True)
class Choice:
    """One thing to choose from a list."""

    value: str
    name: str
    is_chosen: bool


# What a list offers, by heading: keys and names; and the same with what is chosen.
Names = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
Group = tuple[str, list[Choice]]


def calculation_of(asked: QueryDict, *, at: datetime) -> dict[str, Any]:
    """The page of the calculator for an address."""
    regime, clock = _rule(asked)
    pack = _pack(regime)
    chosen = pack.clocks.get(clock) if pack else None
    context: dict[str, Any] = {
        "groups": _groups(regime, clock),
        "places": _places(_at(asked.getlist("region"), 0)),
        "other_places": _places(_at(asked.getlist("region"), 1)),
        "asked": {
            "start": asked.get("start")
            or f"{at.astimezone(ZoneInfo('Europe/Madrid')):%Y-%m-%dT%H:%M}",
            "timezone": asked.get("timezone", ""),
            "length": asked.get("length", ""),
            "of": asked.get("of", ""),
        },
        "filed": asked.get("filed", ""),
        "unit": asked.get("unit", ""),
        "is_own": (regime, clock) == ("iso-10001", "promise"),
        "events": _event_rows(asked, chosen),
        "readings": _readings(chosen, asked.get("reading", "")),
        "brand_name": "Valedor",
        "brand_url": "/",
        "language_form": "asking",
        "language_by_get": True,
    }
    if regime and (asked.get("region") or asked.get("start")):
        context |= _result(asked, regime, clock, pack, chosen)
    return context


def _rule(asked: QueryDict) -> tuple[str, str]:
    regime, _slash, clock = asked.get("rule", "").partition("/")
    return asked.get("regime") or regime, asked.get("clock") or clock


def _pack(regime: str) -> Pack | None:
    try:
        return catalogue().pack(regime)
    except UnknownRegime:
        return None


def _groups(regime: str, clock: str) -> list[Group]:
    """Every clock of every regime, under the title of its regime."""
    return _chosen(_names_of_clocks(spoken.language()), f"{regime}/{clock}")


@lru_cache(maxsize=8)
def _names_of_clocks(language: str) -> Names:
    packs = [pack for pack in catalogue().packs() if pack.clocks]
    packs.sort(key=lambda pack: pack_title(pack, language))
    return tuple(
        (
            pack_title(pack, language),
            tuple(
                (f"{pack.key}/{one.name}", clock_words(pack, one)) for one in pack.clocks.values()
            ),
        )
        for pack in packs
    )


def _chosen(names: Names, value: str) -> list[Group]:
    return [
        (title, [Choice(key, name, key == value) for key, name in choices])
        for title, choices in names
    ]


def clock_words(pack: Pack, clock: Clock) -> str:
    """A clock in a list: what it is for, how long, what starts it, where it is written."""
    limit = clock.rule.limit
    starts = ", ".join(word("events", event) for event in clock.starts_on)
    parts = [
        clock_name(clock),
        length_in_words(limit.length, limit.unit.value),
        _("from: %(event)s") % {"event": starts} if starts else "",
        article_in_words(pack, clock),
    ]
    return " · ".join(part for part in parts if part)


def _places(chosen: str) -> list[Group]:
    """Places by country, by name. One that only the address names is added to the end."""
    chosen = chosen.strip()
    groups = _chosen(_names_of_places(spoken.language()), chosen)
    if chosen and chosen not in {*_SPAIN, *_BRAZIL, *_ELSEWHERE}:
        groups.append((_("Another place"), [Choice(chosen, place_name(chosen), is_chosen=True)]))
    return groups


@lru_cache(maxsize=8)
def _names_of_places(_language: str) -> Names:
    groups = (
        (place_name("ES"), _SPAIN),
        (place_name("BR"), _BRAZIL),
        (_("Whole countries"), _ELSEWHERE),
    )
    return tuple(
        (title, tuple(sorted(((key, place_name(key)) for key in keys), key=itemgetter(1))))
        for title, keys in groups
    )


def _event_rows(asked: QueryDict, clock: Clock | None) -> list[dict[str, Any]]:
    """Rows for what has happened since, of the events that the clock knows."""
    if clock is None or not clock.rule.events:
        return []
    names, moments = asked.getlist("event_name"), asked.getlist("event_at")
    lengths = asked.getlist("event_length")
    rows = max(EVENT_ROWS, min(len(names), 12))
    return [
        {
            "number": number + 1,
            "choices": [
                Choice(event, word("events", event), event == _at(names, number))
                for event in clock.rule.events
            ],
            "at": _at(moments, number),
            "length": _at(lengths, number),
            "can_extend": clock.rule.extension is not None,
        }
        for number in range(rows)
    ]


def _at(values: list[str], index: int) -> str:
    return values[index] if index < len(values) else ""


def _readings(clock: Clock | None, chosen: str) -> list[Choice]:
    if clock is None or not clock.readings:
        return []
    return [
        Choice("default", _("As this house reads it"), chosen in {"", "default"}),
        *(Choice(key, str(reading), key == chosen) for key, reading in clock.readings.items()),
    ]


def _events(asked: QueryDict) -> Iterable[str]:
    """Events as the calculator's other doors write them: NAME[:LENGTH]=MOMENT."""
    yield from asked.getlist("event")
    names, moments = asked.getlist("event_name"), asked.getlist("event_at")
    lengths = asked.getlist("event_length")
    for number, name in enumerate(names):
        moment, length = _at(moments, number), _at(lengths, number)
        if name and moment:
            yield f"{name}:{length}={moment}" if length else f"{name}={moment}"


def _result(
    asked: QueryDict, regime: str, clock: str, pack: Pack | None, chosen: Clock | None
) -> dict[str, Any]:
    is_own = (regime, clock) == ("iso-10001", "promise")
    language = spoken.language()
    request = DeadlineRequest(
        regime=regime,
        clock=clock,
        start=asked.get("start", ""),
        regions=tuple(region for region in asked.getlist("region") if region.strip()),
        timezone=asked.get("timezone", "").strip(),
        events=tuple(_events(asked)),
        filed=asked.get("filed", ""),
        reading=asked.get("reading", ""),
        length=asked.get("length", "") if is_own else "",
        unit=asked.get("unit", "") if is_own else "",
        counting=(asked.get("counting") or "plain") if is_own and asked.get("length") else "",
        language="pt-BR" if language == "pt-br" else language,
        closures=_closures_of(asked.get("of", "")),
    )
    found = answer(request)
    if "error" in found:
        return {"trouble": found["error"]["message"]}
    return {
        "result": _told(found),
        "command": _command(request),
        "rule": counted.rule_of(pack, chosen) if pack and chosen else None,
    }


def _command(request: DeadlineRequest) -> str:
    """The same question for a script, with the keys that stand for the names."""
    options = [("--regime", request.regime), ("--clock", request.clock), ("--start", request.start)]
    options += [("--region", key) for key in request.regions]
    options += [("--event", event) for event in request.events]
    options += [
        (option, value)
        for option, value in (
            ("--timezone", request.timezone),
            ("--filed", request.filed),
            ("--reading", request.reading),
            ("--length", request.length),
            ("--unit", request.unit),
            ("--counting", request.counting),
        )
        if value
    ]
    words = (f"{option} {shlex.quote(value)}" for option, value in options)
    return f"valedor deadline {' '.join(words)}"


def _closures_of(entity_key: str) -> Closures:
    """The days on which an entity is closed, where the question came from one of its pages."""
    entity = entity_with_key(entity_key) if entity_key else None
    return calendar_of(house_rules(entity.pk)).closures if entity else NO_CLOSURES


def _told(found: dict[str, Any]) -> dict[str, Any]:
    """The answer in words: the day, then every stretch on the way there."""
    return {
        "title": found["title"],
        "name": word("clocks", found["clock"]),
        "length": length_in_words(found["length"], found["unit"]),
        "due": due_in_words(found["due"], found["due_at"], found["timezone"]),
        "machine": found["due"] or found["due_at"] or "",
        "state": found["state"],
        "left": _left(found["left"]),
        "start": spoken.moment(datetime.fromisoformat(found["start"]), found["timezone"]),
        "places": "; ".join(place_name(key) for key in found["regions"]),
        "binding": found["binding"],
        "warnings": found["warnings"],
        "readings": [
            {
                "text": reading["text"],
                "due": due_in_words(reading["due"], reading["due_at"], found["timezone"]),
            }
            for reading in found["readings"]
        ],
        "rows": [_row(step) for step in found["steps"]],
    }


def _left(left: str | None) -> str:
    if not left:
        return ""
    amount, _blank, unit = left.partition(" ")
    return length_in_words(float(amount), unit)


def due_in_words(due: str | None, due_at: str | None, zone: str) -> str:
    """The end of a count, from its ISO form."""
    if due:
        return spoken.day(date.fromisoformat(due), with_weekday=True)
    return spoken.moment(datetime.fromisoformat(due_at), zone) if due_at else ""


def _row(step: dict[str, Any]) -> counted.Row:
    in_hours = step["days"] is None
    return counted.Row(
        begins=_iso(step["from"], in_hours=in_hours),
        ends=_iso(step["to"], in_hours=in_hours) if step["to"] else "",
        amount=length_in_words(step["hours"], "hours")
        if in_hours
        else length_in_words(step["days"], "calendar_days"),
        what=counted.what_in_words(step["what"]),
        why=step["why"],
    )


def _iso(text: str, *, in_hours: bool) -> str:
    if in_hours:
        moment = datetime.fromisoformat(text)
        return f"{spoken.day(moment.date())} {moment:%H:%M}"
    return spoken.day(date.fromisoformat(text), with_weekday=True)
