"""Until when somebody may take a case further, where a rule sets a day.

A window of a pack that leads to a further instance. It begins with the answer: six months to the
ombudsman (UK DISP 1.6.2, 2.8), a month to the postal regulator (Ley 43/2010, art. 10). Or it begins
with the complaint: a dispute body may turn away what was complained of more than a year before
(Ley 7/2017, art. 18.1.e). Most regimes set none, and then no day is named: the person may contest
when they wish.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from valedor.casefile.limits.begin import calendar_of
from valedor.casefile.models import Instance
from valedor.clocks.fresh import due_moment
from valedor.procedures.applicable import pack_of_version, packs_of
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.schema import Clock, Pack

# What the packs call that the company's answer is there.
ANSWERED = frozenset({"company_answered", "company_responded", "final_response_sent"})
# And that the complaint was made to the company, as those call it who hear of it later.
_FILED = frozenset({"complaint_filed_with_trader", "complaint_filed_with_entity"})
# Its end opens a door and shuts none (Ley 7/2017, art. 18.1.a).
_OPENS = "trader_silence"


@dataclass(frozen=True)
class WayOn:
    """One window: before whom, by which clock, and the moment at which it ends."""

    instance: str
    version_id: int | None
    clock: str
    ends_at: datetime


def ways_on(
    instance: Instance,
    house: HouseRules,
    facts: Mapping[str, bool | None],
    *,
    answered_at: datetime,
) -> tuple[WayOn, ...]:
    """The windows that an answer given at a moment opens, the one that ends first before others.

    One whose condition nobody has answered is counted: the earlier day keeps the right safe.
    """
    together = {**house.entity.facts, **facts}
    found = [
        _way(clock, version, house, begins_at=answered_at)
        for version in instance.procedure_versions
        for clock in _windows(pack_of_version(version), ANSWERED, together)
        # A window of the same instance is one to rate or to comment, not to go on.
        if clock.instance != pack_of_version(version).instance
    ]
    return tuple(sorted(found, key=lambda way: way.ends_at))


def ways_from_the_complaint(
    house: HouseRules, facts: Mapping[str, bool | None], *, filed_at: datetime
) -> tuple[WayOn, ...]:
    """The windows of further instances that have run since somebody complained to the house."""
    together = {**house.entity.facts, **facts, "complained_to_company_first": True}
    found = [
        _way(clock, version, house, begins_at=filed_at)
        for version, pack in packs_of(house)
        if pack.applies_when.judge(together).answer != "no"
        for clock in _windows(pack, _FILED, together)
        if clock.instance != Instance.Kind.COMPANY and clock.name != _OPENS
    ]
    return tuple(sorted(found, key=lambda way: way.ends_at))


def _windows(
    pack: Pack, events: frozenset[str], facts: Mapping[str, bool | None]
) -> Iterator[Clock]:
    """The windows of the person that begin with one of these events, and are not ruled out."""
    for clock in pack.clocks.values():
        begins = clock.rule.kind == "window" and events & set(clock.starts_on)
        if begins and clock.on == "customer" and clock.applies_when.judge(facts).answer != "no":
            yield clock


def _way(clock: Clock, version: int | None, house: HouseRules, *, begins_at: datetime) -> WayOn:
    zone = ZoneInfo(house.entity.timezone)
    ends_at = due_moment(clock.rule, begins_at, calendar_of(house), zone)
    return WayOn(clock.instance, version, clock.name, ends_at)
