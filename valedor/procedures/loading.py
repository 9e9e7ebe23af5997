"""From TOML to packs: read, checked against the closed vocabularies, refused with one sentence."""

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from django.utils.translation import gettext as _

from valedor.clocks.counting import Counting, MonthEnd
from valedor.clocks.limits import LONGEST, Limit, Unit
from valedor.clocks.refusals import ClockRefused
from valedor.clocks.regions import region
from valedor.clocks.rule import Extension, Kind, Rule, Validity
from valedor.foundation.multilingual import LANGUAGES, MultilingualText

from .conditions import Condition
from .reading import Table
from .refusals import PackRefused, UnknownRegime, nearest
from .schema import Basis, Clock, Door, Duty, Indicator, Pack, Reading, Record
from .vocabulary_tables import multilingual, vocabulary

FOLDER = Path(__file__).parent
PACKS = FOLDER / "packs"
UNITS = tuple(unit.value for unit in Unit)

_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Source:
    """Where a figure was checked."""

    key: str
    title: str
    url: str


@dataclass(frozen=True)
class CountingTable:
    """A way of counting as an engine needs it, and what a reader should know of it."""

    counting: Counting
    title: str
    sources: tuple[str, ...]
    verified: bool
    note: str


class Catalogue:
    """Every pack that this version of the house ships. A pack is read when it is asked for."""

    def __init__(self, folder: Path = PACKS) -> None:
        self._folder = folder
        self._packs: dict[str, Pack] = {}

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of every pack, sorted."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.toml")))

    def pack(self, key: str) -> Pack:
        """One pack. Raises `UnknownRegime` with the nearest key, `PackRefused` for a bad file."""
        if key not in self._packs:
            path = self._folder / f"{key}.toml"
            if key not in self.keys:
                raise UnknownRegime(key, nearest(key, self.keys))
            pack = pack_from_text(_text(path), file=path.name)
            if pack.key != key:
                raise PackRefused(
                    _("%(file)s: key says “%(key)s”; name the file after it.")
                    % {"file": path.name, "key": pack.key},
                    file=path.name,
                    key="key",
                )
            self._packs[key] = pack
        return self._packs[key]

    def packs(self) -> tuple[Pack, ...]:
        """Every pack."""
        return tuple(self.pack(key) for key in self.keys)

    def counting(self, key: str) -> Counting:
        """One way of counting. Raises `KeyError`."""
        return countings()[key].counting


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The packs of this version of the house."""
    return Catalogue()


def pack_from_text(text: str, *, file: str = "pack.toml") -> Pack:
    """A pack from its TOML, shipped or kept with an old case. Raises `PackRefused`."""
    top = Table(file, "", _parsed(text, file))
    version = top.text("version")
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", version):
        top.refuse("version", _("%(file)s: %(key)s must be a day such as “2026-11-22”."))
    validity = _validity(top)
    instance, counting = top.word("instance", "instances"), _counting_key(top)
    kinds = top.words("kinds", "kinds")
    local_words = top.table("local_words")
    jurisdiction = _jurisdiction(top)
    pack = Pack(
        key=top.text("key"),
        version=f"{version}.{hashlib.sha256(text.encode()).hexdigest()[:12]}",
        text=text,
        titles=_multilingual(top.table("titles"), needed=("en",)),
        names=_complete(top, "names"),
        promises=_complete(top, "promises"),
        jurisdiction=jurisdiction,
        sectors=top.texts("sectors"),
        languages=top.texts("languages"),
        kinds=kinds,
        local_words={kind: local_words.text(kind) for kind in _kinds(local_words)},
        instance=instance,
        counting=counting,
        in_force_from=top.day("in_force_from"),
        binding_from=top.day("binding_from"),
        in_force_until=validity.law_until,
        voluntary=validity.voluntary,
        applies_when=_condition(top),
        sources=top.choices("sources", sources()),
        verified=top.boolean("verified"),
        note=top.text("note", ""),
        clocks=_each(top, "clocks", lambda name, t: _clock(name, t, validity, instance, kinds)),
        rules=_each(top, "rules", _duty),
        records=_each(top, "records", _record),
        doors=tuple(_door(door) for door in top.tables("doors")),
        indicators=_each(top, "indicators", _indicator),
    )
    pack = _with_dates(pack)
    top.finish()
    return pack


@lru_cache(maxsize=1)
def countings() -> dict[str, CountingTable]:
    """Every way of counting, by key."""
    file = "countings.toml"
    top = Table(file, "", _parsed(_text(FOLDER / file), file))
    return _each_of(top, _counting_table)


@lru_cache(maxsize=1)
def sources() -> dict[str, Source]:
    """Every source, by key."""
    file = "sources.toml"
    top = Table(file, "", _parsed(_text(FOLDER / file), file))
    return _each_of(top, lambda key, t: Source(key, t.text("title"), t.text("url")))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PackRefused(
            _("%(file)s cannot be read as UTF-8 text: %(reason)s.")
            % {"file": path.name, "reason": error},
            file=path.name,
        ) from error


def _parsed(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PackRefused(
            _("%(file)s is not well-formed TOML: %(reason)s.") % {"file": file, "reason": error},
            file=file,
        ) from error


def _each(top: Table, field: str, make: Callable[[str, Table], _Made]) -> dict[str, _Made]:
    return _each_of(top.table(field), make)


def _each_of(table: Table, make: Callable[[str, Table], _Made]) -> dict[str, _Made]:
    made = {}
    for name in table.names():
        inner = table.table(name)
        made[name] = make(name, inner)
        inner.finish()
    return made


def _multilingual(table: Table, *, needed: tuple[str, ...]) -> MultilingualText:
    known = ("en", "es", "ca", "pt-BR")
    words = {}
    for language in table.names():
        if language not in known:
            table.refuse(
                language,
                _("%(file)s: %(key)s is no language of ours; write en, es, ca or pt-BR."),
            )
        words[language] = table.text(language)
    text = multilingual(words)
    for language in needed:
        if not text.get(language):
            table.refuse(language, _("%(file)s: %(key)s is missing."))
    return text


def _complete(top: Table, field: str) -> MultilingualText:
    """Words for complainants: in four languages or not at all."""
    has = top.has(field)
    return _multilingual(top.table(field), needed=LANGUAGES if has else ())


def _kinds(local_words: Table) -> list[str]:
    for kind in local_words.names():
        if kind not in vocabulary("kinds"):
            local_words.refuse(
                kind,
                _("%(file)s: %(key)s is no kind of contact; the nearest is “%(near)s”."),
                near=nearest(kind, vocabulary("kinds")),
            )
    return local_words.names()


def _jurisdiction(top: Table) -> str:
    value = top.text("jurisdiction")
    if value not in ("*", "EU"):
        try:
            region(value)
        except ClockRefused as refused:
            top.refuse(
                "jurisdiction",
                _("%(file)s: %(key)s says “%(word)s”, unknown here; the nearest is “%(near)s”."),
                word=value,
                near=refused.particulars["nearest"],
            )
    return value


def _counting_key(table: Table) -> str:
    return table.choice("counting", countings())


def _condition(table: Table) -> Condition:
    inner = table.table("applies_when")
    condition = Condition(
        all=inner.words("all", "facts", ()),
        any=inner.words("any", "facts", ()),
        none=inner.words("none", "facts", ()),
    )
    inner.finish()
    return condition


def _validity(table: Table) -> Validity:
    """From when the whole regime is law. Clocks may differ."""
    law_from = table.day("binding_from") or table.day("in_force_from")
    law_until = table.day("in_force_until")
    if law_from and law_until and law_until < law_from:
        table.refuse("in_force_until", _("%(file)s: %(key)s lies before the rule came into force."))
    return Validity(
        voluntary=table.boolean("voluntary", default=False),
        law_from=law_from,
        law_until=law_until,
        transposed=_transposed(table),
    )


def _transposed(table: Table) -> Mapping[str, date] | None:
    if not table.has("transposed"):
        return None
    countries = table.table("transposed")
    return {country: cast("date", countries.day(country)) for country in countries.names()}


def _clock(
    name: str, table: Table, of_pack: Validity, instance: str, kinds: tuple[str, ...]
) -> Clock:
    applies_from = table.day("applies_from")
    validity = replace(
        of_pack,
        law_from=applies_from or of_pack.law_from,
        transposed=_transposed(table) if table.has("transposed") else of_pack.transposed,
        binding_at_end=table.choice("binding_at", ("start", "end"), "start") == "end",
    )
    rule = _rule(table, validity)
    starts_on = table.words("starts_on", "events")
    if not starts_on:
        table.refuse("starts_on", _("%(file)s: %(key)s names no event; a clock needs one."))
    extendable_when = table.words("extendable_when", "grounds", ())
    if rule.extension and not extendable_when:
        table.refuse("extendable_when", _("%(file)s: %(key)s is missing."))
    return Clock(
        name=name,
        on=table.word("on", "parties"),
        starts_on=starts_on,
        starts_at_latest=table.choice("starts_at", ("first", "latest"), "first") == "latest",
        instance=table.word("instance", "instances", instance),
        kinds=table.words("kinds", "kinds", kinds),
        duty=table.word("duty", "duties", ""),
        rule=rule,
        readings=_readings(table, rule),
        applies_when=_condition(table),
        must_hold=table.words("must_hold", "content", ()),
        if_missed=table.words("if_missed", "consequences", ()),
        extendable_when=extendable_when,
        extendable_once=table.boolean("extendable_once", default=False),
        in_force_from=applies_from,
        article=table.text("article"),
        basis=cast("Basis", table.choice("basis", get_args(Basis))),
        sources=table.choices("sources", sources()),
        verified=table.boolean("verified"),
        note=table.text("note", ""),
    )


def _rule(table: Table, validity: Validity) -> Rule:
    counting = _changed(table, countings()[_counting_key(table)].counting)
    limit = _limit(table, "length", "unit", counting)
    pauses_on = table.words("pauses_on", "events", ())
    resumes_on = table.words("resumes_on", "events", ())
    if len(pauses_on) != len(resumes_on):
        table.refuse(
            "resumes_on",
            _("%(file)s: %(key)s must pair with pauses_on: as many events, in the same order."),
        )
    held_by = table.words("held_by", "events", ())
    restarts_on = table.words("restarts_on", "events", ())
    if held_by and not restarts_on:
        table.refuse("held_by", _("%(file)s: %(key)s holds the clock for ever: name restarts_on."))
    within = None
    if table.has("restart_within"):
        within = _limit(table, "restart_within", "restart_within_unit", counting)
    extension = None
    if table.has("extendable_by"):
        extended = _limit(table, "extendable_by", "extendable_unit", counting)
        extension = Extension(extended.length, extended.unit)
    return Rule(
        limit=limit,
        kind=cast("Kind", table.choice("kind", get_args(Kind))),
        pauses_on=pauses_on,
        resumes_on=resumes_on,
        pause_both_ends=table.boolean("pause_both_ends", default=False),
        held_by=held_by,
        restarts_on=restarts_on,
        restart_within=within,
        waits_for=table.words("waits_for", "events", ()),
        extension=extension,
        validity=validity,
    )


def _limit(table: Table, length: str, unit: str, counting: Counting) -> Limit:
    number = table.integer(length)
    counted = Unit(table.choice(unit, UNITS))
    if number > LONGEST[counted]:
        table.refuse(
            length,
            _("%(file)s: %(key)s is too long; the most is %(longest)d %(unit)s."),
            longest=LONGEST[counted],
            unit=counted.value,
        )
    return Limit(number, counted, counting)


def _changed(table: Table, counting: Counting) -> Counting:
    changes: dict[str, Any] = {}
    if table.has("roll_forward"):
        changes["roll_forward"] = table.boolean("roll_forward")
    if table.has("month_end"):
        changes["month_end"] = table.choice("month_end", get_args(MonthEnd))
    if table.has("local_holidays"):
        changes["local_holidays"] = table.boolean("local_holidays")
    if table.has("weekend"):
        changes["weekend"] = _weekend(table)
    return replace(counting, **changes) if changes else counting


def _weekend(table: Table) -> frozenset[int]:
    days = table.value("weekend")
    if not isinstance(days, list) or not all(day in range(1, 8) for day in days) or len(days) > 6:
        table.refuse("weekend", _("%(file)s: %(key)s lists days from 1, Monday, to 7, Sunday."))
    return frozenset(days)


def _readings(table: Table, rule: Rule) -> dict[str, Reading]:
    readings = table.table("readings")
    found = {}
    for key in readings.names():
        if key not in vocabulary("readings"):
            readings.refuse(
                key,
                _("%(file)s: %(key)s is no known reading; the nearest is “%(near)s”."),
                near=nearest(key, vocabulary("readings")),
            )
        changes = readings.table(key)
        found[key] = Reading(key, _rule_read_as(changes, rule))
        changes.finish()
    return found


def _rule_read_as(changes: Table, rule: Rule) -> Rule:
    if not changes.names():
        changes.refuse("", _("%(file)s: %(key)s changes nothing; name what it reads otherwise."))
    counting = rule.limit.counting
    if changes.has("counting"):
        counting = countings()[_counting_key(changes)].counting
    counting = _changed(changes, counting)
    unit = Unit(changes.choice("unit", UNITS, rule.limit.unit.value))
    length = changes.integer("length", rule.limit.length)
    return replace(
        rule,
        limit=Limit(length, unit, counting),
        pause_both_ends=changes.boolean("pause_both_ends", default=rule.pause_both_ends),
        pauses_on=changes.words("pauses_on", "events", rule.pauses_on),
        resumes_on=changes.words("resumes_on", "events", rule.resumes_on),
        held_by=changes.words("held_by", "events", rule.held_by),
        restarts_on=changes.words("restarts_on", "events", rule.restarts_on),
        waits_for=changes.words("waits_for", "events", rule.waits_for),
    )


def _with_dates(pack: Pack) -> Pack:
    """Each clock knows the first day on which it is law: its own, else the regime's."""
    clocks = {
        name: replace(clock, in_force_from=clock.in_force_from or pack.in_force_from)
        for name, clock in pack.clocks.items()
    }
    return replace(pack, clocks=clocks)


def _duty(name: str, table: Table) -> Duty:
    return Duty(name, table.text("article"), table.boolean("verified"), table.text("note"))


def _record(name: str, table: Table) -> Record:
    return Record(
        name,
        table.optional_integer("keep_months"),
        table.text("article"),
        table.boolean("verified"),
        table.text("note", ""),
    )


def _door(table: Table) -> Door:
    door = Door(table.words("to", "bodies"), table.words("when", "openings"), table.text("article"))
    table.finish()
    return door


def _indicator(name: str, table: Table) -> Indicator:
    return Indicator(
        name,
        table.text("unit"),
        table.optional_integer("target"),
        table.text("article"),
        table.boolean("verified"),
        table.text("note", ""),
    )


def _counting_table(key: str, table: Table) -> CountingTable:
    filing = table.choice("filed_electronically", ("next_business_day",), "")
    return CountingTable(
        counting=Counting(
            key=key,
            weekend=_weekend(table),
            month_end=cast("MonthEnd", table.choice("month_end", get_args(MonthEnd))),
            roll_forward=table.boolean("roll_forward"),
            at_least_two_working_days=table.boolean("at_least_two_working_days", default=False),
            calendar=table.text("calendar", "") or None,
            electronic_filing_moves=filing == "next_business_day",
            own_closures=table.boolean("own_closures", default=False),
        ),
        title=table.text("title"),
        sources=table.choices("sources", sources()),
        verified=table.boolean("verified"),
        note=table.text("note", ""),
    )
