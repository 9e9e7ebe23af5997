"""By when an answer is due if somebody filed now: shown before anything is typed.

What is shown is what registration would write down: the same clocks, counted in the same way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.http import urlencode

from valedor.casefile.limits.begin import calendar_of
from valedor.casefile.models import Instance, Kind
from valedor.clocks.fresh import due_day, due_moment
from valedor.clocks.limits import Unit
from valedor.procedures.applicable import Applied, applied_clocks
from valedor.procedures.explanation import length_in_words
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.letter_facts import law_in_words
from valedor.procedures.models import Category
from valedor.procedures.vocabulary_tables import vocabulary
from valedor.telling import spoken

# What "something else" answers: it is none of the matters that have terms of their own.
OTHER_MATTER = {"matter_other": True}


@dataclass(frozen=True)
class Day:
    """The end of one clock, in words, with its length and whose rule it is."""

    applied: Applied
    on: date | None
    at: datetime
    words: str
    machine: str
    length: str
    law: str
    binds: bool
    how_url: str


@dataclass(frozen=True)
class Sooner:
    """Matters that are answered sooner than the rest."""

    matters: tuple[str, ...]
    day: Day


@dataclass(frozen=True)
class Expected:
    """What is due: the answer that binds, a promise beside it, and the first word before.

    ``asks`` are the facts that only the person knows and on which a clock depends.
    """

    answer: Day | None
    promise: Day | None
    first_word: Day | None
    sooner: tuple[Sooner, ...]
    matter: str
    asks: tuple[tuple[str, str], ...]


def facts_of(category: Category | None) -> Mapping[str, bool]:
    """What the chosen matter answers; what is not chosen counts as none of the special ones."""
    return dict(category.facts) if category and category.facts else OTHER_MATTER


def expected(
    house: HouseRules,
    kind: str,
    *,
    at: datetime,
    category: Category | None = None,
    matters: Iterable[Category] = (),
    facts: Mapping[str, bool] | None = None,
) -> Expected:
    """The days of a contact of this kind received at a moment.

    Until the matter is chosen, the days of ``matters`` that come sooner stand beside the general
    one.
    """
    applied = _applied(house, kind, {**facts_of(category), **(facts or {})}, at)
    answer, promise = _answer(house, applied, at)
    first_word = _earliest(house, (one for one in applied if one.duty == "first_answer"), at)
    sooner: tuple[Sooner, ...] = ()
    if category is None and answer is not None:
        sooner = _sooner(house, kind, matters, answer, at)
    return Expected(
        answer=answer,
        promise=promise,
        first_word=first_word,
        sooner=sooner,
        matter=str(category.name) if category else "",
        asks=_asks(applied),
    )


def asked(
    house: HouseRules, kind: str, *, at: datetime, category: Category | None = None
) -> tuple[tuple[str, str], ...]:
    """The facts that only the person knows and on which a clock depends, as questions."""
    return _asks(_applied(house, kind, facts_of(category), at))


def _applied(
    house: HouseRules, kind: str, facts: Mapping[str, bool], at: datetime
) -> tuple[Applied, ...]:
    clocks = applied_clocks(house, Kind(kind), facts, Instance.Kind.COMPANY, on=at)
    return tuple(one for one in clocks if one.is_public)


def _answer(
    house: HouseRules, applied: Iterable[Applied], at: datetime
) -> tuple[Day | None, Day | None]:
    """The earliest day that binds, and a stricter promise; the promise alone where no law binds."""
    zone = ZoneInfo(house.entity.timezone)
    answers = [one for one in applied if one.duty == "respond"]
    law = _earliest(
        house, (one for one in answers if one.role == "law" and one.binds(at, zone)), at
    )
    promise = _earliest(
        house, (one for one in answers if one.role != "law" or not one.binds(at, zone)), at
    )
    if law is None:
        return promise, None
    return law, promise if promise is not None and promise.at < law.at else None


def _sooner(
    house: HouseRules, kind: str, matters: Iterable[Category], general: Day, at: datetime
) -> tuple[Sooner, ...]:
    listed = list(matters)
    by_facts: dict[tuple[tuple[str, bool], ...], list[Category]] = {}
    for category in listed:
        if category.facts:
            by_facts.setdefault(tuple(sorted(category.facts.items())), []).append(category)
    found = []
    for facts, alike in by_facts.items():
        answer, promise = _answer(house, _applied(house, kind, dict(facts), at), at)
        first = min(filter(None, (answer, promise)), key=lambda day: day.at, default=None)
        if first is not None and first.at < general.at:
            found.append(Sooner(names_of(alike, listed), first))
    return tuple(sorted(found, key=lambda one: one.day.at))


def names_of(matters: Iterable[Category], listed: Iterable[Category]) -> tuple[str, ...]:
    """Some of the matters listed, by name: a whole branch goes by the name it stands under."""
    chosen = {one.pk: one for one in matters}
    branches: dict[int, set[int]] = {}
    for one in listed:
        if one.parent_id is not None:
            branches.setdefault(one.parent_id, set()).add(one.pk)
    whole = {parent for parent, below in branches.items() if below <= set(chosen)}
    names: dict[str, None] = {}
    for one in chosen.values():
        parent = one.parent
        if parent is not None and (parent.pk in whole or parent.pk in chosen):
            names.setdefault(str(parent.name))
        else:
            names.setdefault(str(one.name))
    return tuple(names)


def _earliest(house: HouseRules, applied: Iterable[Applied], at: datetime) -> Day | None:
    zone, calendar = ZoneInfo(house.entity.timezone), calendar_of(house)
    ends = [(due_moment(one.rule, at, calendar, zone), one) for one in applied]
    first = min(ends, key=lambda end: end[0], default=None)
    return _day(house, first[1], first[0], at) if first else None


def _day(house: HouseRules, applied: Applied, ends: datetime, at: datetime) -> Day:
    zone, limit = ZoneInfo(house.entity.timezone), applied.rule.limit
    is_in_hours = limit.unit is Unit.HOURS
    on = None if is_in_hours else due_day(applied.rule, at, calendar_of(house), zone)
    return Day(
        applied=applied,
        on=on,
        at=ends,
        words=spoken.due(on, ends, house.entity.timezone),
        machine=spoken.machine(on, ends),
        length=length_in_words(limit.length, limit.unit.value),
        law=law_in_words(applied.version_id, applied.clock, spoken.language()),
        binds=applied.role == "law" and applied.binds(at, zone),
        how_url=_how_url(house, applied, at),
    )


def _how_url(house: HouseRules, applied: Applied, at: datetime) -> str:
    """The calculator with this very question; nothing for a target of the house's own."""
    if applied.version_id is None:
        return ""
    asked = {
        "rule": f"{applied.regime}/{applied.clock}",
        "start": f"{at.astimezone(ZoneInfo(house.entity.timezone)):%Y-%m-%dT%H:%M}",
        "region": house.entity.region,
        "timezone": house.entity.timezone,
        "of": house.entity.key,
        "reading": applied.reading,
    }
    return f"{reverse('portal:deadline')}?{urlencode(asked)}"


def _asks(applied: Iterable[Applied]) -> tuple[tuple[str, str], ...]:
    known = vocabulary("facts")
    keys = dict.fromkeys(key for one in applied for key in one.ask)
    return tuple(
        (key, str(known[key]))
        for key in keys
        if key in known and known[key].asked_of == "person" and known[key].group != "matter"
    )
