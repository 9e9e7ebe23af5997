"""Until when somebody may take an answer further, where a rule of theirs sets a day.

A window of a pack that begins with the answer and leads to a further instance: six months to the
ombudsman (UK DISP 1.6.2, 2.8), a month to the postal regulator (Ley 43/2010, art. 10). Most
regimes set none, and then no day is named: the person may contest when they wish.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from valedor.casefile.limits.begin import calendar_of
from valedor.casefile.models import Instance
from valedor.clocks.fresh import due_moment
from valedor.procedures.applicable import pack_of_version
from valedor.procedures.house_rules import HouseRules

# What the packs call that the company's answer is there.
ANSWERED = frozenset({"company_answered", "company_responded", "final_response_sent"})


@dataclass(frozen=True)
class WayOn:
    """One window: before whom, by which clock, and the moment at which it ends."""

    instance: str
    version_id: int
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
    zone, calendar = ZoneInfo(house.entity.timezone), calendar_of(house)
    together = {**house.entity.facts, **facts}
    found = []
    for version in instance.procedure_versions:
        pack = pack_of_version(version)
        for clock in pack.clocks.values():
            begins = clock.rule.kind == "window" and ANSWERED & set(clock.starts_on)
            # A window of the same instance is one to rate or to comment, not to go on.
            if not begins or clock.on != "customer" or clock.instance == pack.instance:
                continue
            if clock.applies_when.judge(together).answer == "no":
                continue
            ends_at = due_moment(clock.rule, answered_at, calendar, zone)
            found.append(WayOn(clock.instance, version, clock.name, ends_at))
    return tuple(sorted(found, key=lambda way: way.ends_at))
