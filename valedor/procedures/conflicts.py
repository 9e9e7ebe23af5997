"""Which clocks run for a case, and which day is shown where several rules meet.

The earliest day that binds is shown; a stricter promise of the organisation stands beside it. A
clock whose condition nobody has answered runs too: until it is known otherwise, the reading that
protects the person holds.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from valedor.clocks.calendars import WorkingCalendar
from valedor.clocks.fresh import due_day, due_moment
from valedor.clocks.limits import Limit, Unit
from valedor.clocks.rule import Rule

from .catalogue import Catalogue, catalogue
from .conditions import Facts, Verdict, both, completed
from .countings import countings
from .explanation import length_in_words
from .reading import Table
from .refusals import PackRefused, nearest
from .schema import Clock, Pack

FOLDER = Path(__file__).parent
Role = Literal["law", "promise", "target"]
TRADE_RULE = "iso-10002"
"""What holds where nothing else binds."""


class Packs(Protocol):
    """Where packs are found: those shipped, or those an organisation has published."""

    def pack(self, key: str) -> Pack:
        """One pack. Raises `UnknownRegime`."""


@dataclass(frozen=True)
class Conflict:
    """Two rules, or more, that meet; `effect` says what then holds."""

    key: str
    between: tuple[str, ...]
    effect: str
    note: str


@dataclass(frozen=True)
class Applicable:
    """A clock that runs for a case.

    `role` is law where the rule binds, promise where the organisation took it upon itself, and
    target where another rule displaced it and it may still be aimed at. `ask` names facts nobody
    has answered: with answers, the clock might fall away.
    """

    pack: Pack
    clock: Clock
    binding: bool
    role: Role
    rule: Rule
    reading: str = "default"
    ask: tuple[str, ...] = ()
    displaced_by: str = ""
    conflict: str = ""

    @property
    def name(self) -> str:
        """Regime and clock in one word, such as `br-sac/answer`."""
        return f"{self.pack.key}/{self.clock.name}"

    @property
    def is_certain(self) -> bool:
        """Whether everything it depends on has been answered."""
        return not self.ask


@dataclass(frozen=True)
class Dated:
    """A clock with its day. `due_at` is the moment, in UTC, after which it is missed."""

    applicable: Applicable
    due: date | None
    due_at: datetime


@dataclass(frozen=True)
class Shown:
    """The day that people are shown: the earliest that binds, and a promise beside it."""

    law: Dated | None
    promise: Dated | None
    ask: tuple[str, ...]

    @property
    def first(self) -> Dated | None:
        """The day to show first: what binds, else what is promised."""
        return self.law or self.promise


@lru_cache(maxsize=1)
def conflicts() -> dict[str, Conflict]:
    """Every conflict that is known, by key. Raises `PackRefused` for one that names nothing."""
    file = "conflicts.toml"
    with (FOLDER / file).open("rb") as opened:
        top = Table(file, "", tomllib.load(opened))
    known = _names(catalogue())
    found = {}
    for key in top.names():
        table = top.table(key)
        between = table.texts("between")
        for name in between:
            if name not in known:
                raise PackRefused(
                    _("%(file)s: %(key)s names “%(name)s”, unknown; the nearest is “%(near)s”.")
                    % {"file": file, "key": key, "name": name, "near": nearest(name, known)},
                    file=file,
                    key=key,
                )
        found[key] = Conflict(key, between, table.word("effect", "effects"), table.text("note", ""))
        table.finish()
    return found


def applicable_clocks(
    regimes: Sequence[str],
    kind: str,
    facts: Facts,
    on: date,
    *,
    promised: Sequence[str] = (),
    instance: str = "company",
    country: str = "ES",
    readings: Mapping[str, str] | None = None,
    first_answer_hours: int = 48,
    packs: Packs | None = None,
) -> list[Applicable]:
    """Every clock that runs for a contact of this kind, received on this day.

    `regimes` are followed as far as they bind; `promised` ones also before they do, as the
    organisation's own promise. `readings` maps `regime/clock` to the reading that a setting chose.
    Before the company a first answer within `first_answer_hours` is promised whatever else holds;
    where no law makes it answer, the rest of the trade's rule runs too.
    """
    shipped = packs or catalogue()
    facts = completed(facts, kind)
    chosen = readings or {}
    found: list[Applicable] = []
    for key in dict.fromkeys((*regimes, *promised)):
        pack = shipped.pack(key)
        found += _of_pack(
            pack, kind, facts, on, instance, country, chosen, is_promised=key in promised
        )
    if instance == "company":
        trade = _trade_rule(shipped, kind, found, on, first_answer_hours, chosen)
        is_bound = any(_is_an_answer(clock) for clock in found)
        found += [clock for clock in trade if not is_bound or clock.clock.duty == "first_answer"]
    return _settled(found)


def date_shown(
    clocks: Iterable[Applicable],
    start: datetime,
    calendar: WorkingCalendar,
    timezone: ZoneInfo,
    *,
    duties: Sequence[str] = ("respond",),
) -> Shown:
    """The day shown to the person for the company's duty to answer.

    A promise that comes later than the law's day is no promise and is not shown.
    """
    law: Dated | None = None
    promise: Dated | None = None
    ask: list[str] = []
    for applicable in clocks:
        if applicable.clock.duty not in duties or applicable.clock.on != "company":
            continue
        if applicable.role == "target":
            continue
        dated = dated_fresh(applicable, start, calendar, timezone)
        ask += applicable.ask
        if applicable.role == "law":
            law = dated if law is None or dated.due_at < law.due_at else law
        elif promise is None or dated.due_at < promise.due_at:
            promise = dated
    if law and promise and promise.due_at >= law.due_at:
        promise = None
    return Shown(law, promise, tuple(dict.fromkeys(ask)))


def dated_fresh(
    applicable: Applicable, start: datetime, calendar: WorkingCalendar, timezone: ZoneInfo
) -> Dated:
    """A clock to which nothing has happened yet, with its day."""
    rule = applicable.rule
    day = None
    if rule.limit.unit.elapsed is None:
        day = due_day(rule, start, calendar, timezone)
    return Dated(applicable, day, due_moment(rule, start, calendar, timezone))


def why_not_target(target: Limit, law: Limit) -> str | None:
    """Why an internal target may not be set beside a law: it could end later. None if it may."""
    if target.unit is law.unit:
        is_laxer = target.length > law.length
    else:
        is_laxer = _longest_hours(target) > _shortest_hours(law)
    if not is_laxer:
        return None
    return _("The target, %(target)s, could end later than the law allows, %(law)s.") % {
        "target": length_in_words(target.length, target.unit.value),
        "law": length_in_words(law.length, law.unit.value),
    }


def _of_pack(
    pack: Pack,
    kind: str,
    facts: Facts,
    on: date,
    instance: str,
    country: str,
    readings: Mapping[str, str],
    *,
    is_promised: bool,
) -> list[Applicable]:
    of_pack = pack.applies_when.judge(facts)
    if of_pack.answer == "no":
        return []
    if pack.voluntary:
        # Listing a voluntary regime is adopting it.
        of_pack, is_promised = Verdict("yes"), True
    found = []
    for clock in pack.clocks.values():
        if clock.instance != instance or kind not in clock.kinds or not clock.duty:
            continue
        verdict = both(of_pack, clock.applies_when.judge(facts))
        if verdict.answer == "no":
            continue
        reading = readings.get(f"{pack.key}/{clock.name}", "default")
        rule = clock.rule_read_as(reading)
        binding = rule.validity.binds(on, None, country)
        if not binding and not is_promised:
            continue
        role: Role = "law" if binding else "promise"
        found.append(Applicable(pack, clock, binding, role, rule, reading, verdict.ask))
    return found


def _is_an_answer(applicable: Applicable) -> bool:
    """Whether a clock already makes the company answer by law."""
    return applicable.clock.duty == "respond" and applicable.role == "law"


def _trade_rule(
    packs: Packs,
    kind: str,
    found: Sequence[Applicable],
    on: date,
    hours: int,
    readings: Mapping[str, str],
) -> list[Applicable]:
    """ISO 10002's clocks for duties that no other clock has, a first answer in 24 or 48 hours."""
    pack = packs.pack(TRADE_RULE)
    running = {applicable.name for applicable in found}
    duties = {applicable.clock.duty for applicable in found}
    added = []
    for clock in pack.clocks.values():
        if kind not in clock.kinds or f"{pack.key}/{clock.name}" in running:
            continue
        if clock.duty in duties:
            continue
        reading = readings.get(f"{pack.key}/{clock.name}", "default")
        if clock.name == "first_answer":
            reading = "24_hours" if hours == 24 else "default"
        rule = clock.rule_read_as(reading)
        added.append(Applicable(pack, clock, False, "promise", rule, reading))
    return added


def _settled(found: list[Applicable]) -> list[Applicable]:
    """What the known conflicts leave of the clocks that meet.

    Only the scope of a law displaces another clock outright; elsewhere both run and the earlier day
    is shown, which protects the person.
    """
    by_name = {applicable.name: applicable for applicable in found}
    law_regimes = {
        applicable.pack.key
        for applicable in found
        if applicable.role == "law" and applicable.clock.duty == "respond"
    }
    for conflict in conflicts().values():
        met = [by_name[name] for name in conflict.between if name in by_name]
        if len(met) > 1:
            for applicable in met:
                current = by_name[applicable.name]
                by_name[applicable.name] = replace(current, conflict=conflict.key)
        if conflict.effect != "scope_decides":
            continue
        first, *others = conflict.between
        winner = by_name.get(first)
        if winner is None or winner.role != "law" or winner.ask:
            continue
        for name in others:
            if name in by_name and winner.pack.key in law_regimes:
                by_name[name] = replace(by_name[name], role="target", displaced_by=first)
    return list(by_name.values())


def _names(packs: Catalogue) -> set[str]:
    """Everything a conflict may be about: clocks, rules, countings."""
    names = set(countings())
    for pack in packs.packs():
        names |= {f"{pack.key}/{name}" for name in (*pack.clocks, *pack.rules)}
    return names


_HOUR = timedelta(hours=1)


def _shortest_hours(limit: Limit) -> int:
    """How soon a limit can end at the earliest, whatever the start and the calendar."""
    number = limit.length
    if (one := limit.unit.elapsed) is not None:
        return int(number * one / _HOUR)
    days = {
        Unit.CALENDAR_DAYS: number,
        Unit.BUSINESS_DAYS: number + 2 * ((number - 1) // 5) if number else 0,
        Unit.MONTHS: 28 * number + 2 * (number // 2),
    }[limit.unit]
    return 24 * days


def _longest_hours(limit: Limit) -> int:
    """How late a limit can end at the latest: its last day lasts to midnight."""
    number = limit.length
    if (one := limit.unit.elapsed) is not None:
        return -(-(number * one) // _HOUR)
    weeks = -(-number // 5) if number else 0
    days = {
        Unit.CALENDAR_DAYS: number,
        # Two weekend days a week, and room for the thickest run of holidays.
        Unit.BUSINESS_DAYS: number + 3 * weeks + 2 if number else 0,
        Unit.MONTHS: 31 * number,
    }[limit.unit]
    return 24 * days
