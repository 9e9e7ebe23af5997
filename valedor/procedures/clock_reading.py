"""One clock of a pack, read: its rule, its readings, when it runs and what it asks for."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast, get_args

from django.utils.translation import gettext as _

from valedor.clocks.counting import Counting, MonthEnd
from valedor.clocks.limits import LONGEST, Limit, Unit
from valedor.clocks.rule import Extension, Kind, Rule, Validity

from .conditions import Condition
from .countings import countings, weekend
from .reading import Table
from .refusals import nearest
from .schema import Basis, Clock, Reading
from .sources import sources
from .vocabulary_tables import vocabulary

UNITS = tuple(unit.value for unit in Unit)


def clock_from(
    name: str, table: Table, of_pack: Validity, instance: str, kinds: tuple[str, ...]
) -> Clock:
    """A clock of a regime that holds from and until then, before that instance, for those kinds."""
    applies_from = table.day("applies_from")
    validity = replace(
        of_pack,
        law_from=applies_from or of_pack.law_from,
        transposed=transposed_in(table) if table.has("transposed") else of_pack.transposed,
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
        applies_when=condition_of(table),
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
    counting = _changed(table, countings()[counting_key(table)].counting)
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
        changes["weekend"] = weekend(table)
    return replace(counting, **changes) if changes else counting


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
        counting = countings()[counting_key(changes)].counting
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


def counting_key(table: Table) -> str:
    """The way of counting that a regime or a clock names."""
    return table.choice("counting", countings())


def condition_of(table: Table) -> Condition:
    """What must be so of a case."""
    inner = table.table("applies_when")
    condition = Condition(
        all=inner.words("all", "facts", ()),
        any=inner.words("any", "facts", ()),
        none=inner.words("none", "facts", ()),
    )
    inner.finish()
    return condition


def transposed_in(table: Table) -> Mapping[str, date] | None:
    """The day from which each country has it as its own law."""
    if not table.has("transposed"):
        return None
    countries = table.table("transposed")
    return {country: cast("date", countries.day(country)) for country in countries.names()}
