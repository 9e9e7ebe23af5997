"""From TOML to a pack: read, checked against the closed vocabularies, refused with one sentence."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from django.utils.translation import gettext as _

from valedor.clocks.refusals import ClockRefused
from valedor.clocks.regions import region
from valedor.clocks.rule import Validity
from valedor.foundation.multilingual import LANGUAGES, MultilingualText

from .clock_reading import clock_from, condition_of, counting_key, transposed_in
from .reading import Table, each_of, parsed
from .refusals import nearest
from .schema import Door, Duty, Indicator, Pack, Record
from .sources import sources
from .vocabulary_tables import multilingual, vocabulary

_Made = TypeVar("_Made")


def pack_from_text(text: str, *, file: str = "pack.toml") -> Pack:
    """A pack from its TOML, shipped or kept with an old case. Raises `PackRefused`."""
    top = Table(file, "", parsed(text, file))
    version = top.text("version")
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", version):
        top.refuse("version", _("%(file)s: %(key)s must be a day such as “2026-11-22”."))
    validity = _validity(top)
    instance, counting = top.word("instance", "instances"), counting_key(top)
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
        applies_when=condition_of(top),
        sources=top.choices("sources", sources()),
        verified=top.boolean("verified"),
        note=top.text("note", ""),
        clocks=_each(top, "clocks", lambda name, t: clock_from(name, t, validity, instance, kinds)),
        rules=_each(top, "rules", _duty),
        records=_each(top, "records", _record),
        doors=tuple(_door(door) for door in top.tables("doors")),
        indicators=_each(top, "indicators", _indicator),
    )
    pack = _with_dates(pack)
    top.finish()
    return pack


def _each(top: Table, field: str, make: Callable[[str, Table], _Made]) -> dict[str, _Made]:
    return each_of(top.table(field), make)


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
        transposed=transposed_in(table),
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
