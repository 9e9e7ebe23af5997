"""The clocks that run for a case of one entity, by the packs that it published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from valedor.clocks.limits import Limit, Unit
from valedor.clocks.rule import Rule, Validity

from .catalogue import catalogue
from .conditions import Facts
from .conflicts import Role, applicable_clocks
from .countings import countings
from .house_rules import HouseRules
from .loading import pack_from_text
from .models import ProcedureVersion
from .refusals import UnknownRegime
from .schema import Pack

_NOT_LAW = Validity(voluntary=True)
HOUSE = "house"
"""Regime of the organisation's own targets."""
AREA_DUTY = "answer_as_area"
"""What an area owes whoever asks it: its limit begins with the question, not with the case."""


@dataclass(frozen=True)
class Applied:
    """A clock that runs for a case, or a target of the organisation's own."""

    version_id: int | None
    regime: str
    clock: str
    duty: str
    role: Role
    reading: str
    rule: Rule
    country: str
    starts_with_contact: bool = False
    is_public: bool = True
    ask: tuple[str, ...] = ()

    def binds(self, starts_at: datetime, timezone: ZoneInfo) -> bool:
        """Whether the law asks for it of a case that starts then."""
        first_day = starts_at.astimezone(timezone).date()
        return self.rule.validity.binds(first_day, None, self.country)


def applied_clocks(
    house: HouseRules, kind: str, facts: Facts, instance: str, *, on: datetime
) -> tuple[Applied, ...]:
    """What runs for a case of this kind, with these answers, before this instance.

    The entity's own facts hold unless the case says otherwise. Clocks that a conflict displaces are
    left out; targets of the organisation come last.
    """
    day = on.astimezone(ZoneInfo(house.entity.timezone)).date()
    together = {**house.entity.facts, **facts}
    return _applied(house, kind, tuple(sorted(together.items())), instance, day)


def rule_of_version(
    version_id: int | None, clock: str, *, reading: str, length: int, unit: str
) -> Rule:
    """The rule of a clock in the version a case was received under; without one, a plain limit."""
    if version_id is None:
        return own_rule(length, unit)
    return pack_of_version(version_id).clocks[clock].rule_read_as(reading)


@lru_cache(maxsize=256)
def pack_of_version(version_id: int) -> Pack:
    """A published version of a pack; what was once published never changes."""
    version = ProcedureVersion.objects.get(pk=version_id)
    return pack_from_text(version.content, file=f"{version.key} {version.version}")


def own_rule(length: int, unit: str) -> Rule:
    """A limit of the organisation's own: its closures do not count."""
    return Rule(
        Limit(length, Unit(unit), countings()["plain"].counting), kind="sla", validity=_NOT_LAW
    )


@dataclass(frozen=True)
class PublishedPacks:
    """The packs as an entity published them; what it did not publish is as shipped."""

    versions: Mapping[str, int]

    def pack(self, key: str) -> Pack:
        """One pack. Raises `UnknownRegime`."""
        version_id = self.versions.get(key)
        return pack_of_version(version_id) if version_id else catalogue().pack(key)


def packs_of(house: HouseRules) -> Iterator[tuple[int | None, Pack]]:
    """The regimes of an entity, by law or by its own promise, each with its version's id."""
    published = PublishedPacks(house.versions)
    for key in dict.fromkeys((*house.entity.regimes, *house.entity.promised_regimes)):
        try:
            pack = published.pack(key)
        except UnknownRegime:
            continue
        yield house.versions.get(key), pack


@lru_cache(maxsize=8192)
def _applied(
    house: HouseRules,
    kind: str,
    facts: tuple[tuple[str, bool | None], ...],
    instance: str,
    day: date,
) -> tuple[Applied, ...]:
    entity = house.entity
    found = applicable_clocks(
        entity.regimes,
        kind,
        dict(facts),
        day,
        promised=entity.promised_regimes,
        instance=instance,
        country=entity.country,
        readings=entity.readings,
        first_answer_hours=entity.trade_answer_hours,
        packs=PublishedPacks(house.versions),
    )
    applied = [
        Applied(
            version_id=house.versions.get(one.pack.key),
            regime=one.pack.key,
            clock=one.clock.name,
            duty=one.clock.duty,
            role=one.role,
            reading=one.reading,
            rule=one.rule,
            country=entity.country,
            starts_with_contact=one.clock.starts_with_contact,
            ask=one.ask,
        )
        for one in found
        if one.role != "target" and one.clock.on in OWED_BY.get(instance, ("company",))
    ]
    if instance == "company":
        applied += [
            Applied(
                version_id=None,
                regime=HOUSE,
                clock=target.meets,
                duty=target.meets,
                role="target",
                reading="default",
                rule=own_rule(target.length, target.unit),
                country=entity.country,
                is_public=target.is_public,
            )
            for target in house.targets
            if target.meets != AREA_DUTY and (not target.kinds or kind in target.kinds)
        ]
    return tuple(applied)


OWED_BY = {
    "company": ("company",),
    "review": ("company",),
    "ombudsman": ("company", "ombudsman", "adr_body"),
    "sector_body": ("company", "adr_body", "authority"),
    "mediation": ("company", "adr_body"),
    "arbitration": ("company", "adr_body"),
    "supervisor": ("company", "adr_body", "authority"),
    "court": ("company",),
}
"""Whose duties run before an instance."""
