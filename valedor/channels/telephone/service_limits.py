"""Within how long calls are answered: by the law of an entity, by what it promises, else by what
the house measures.
"""

from dataclasses import dataclass
from datetime import date

from valedor.procedures.applicable import pack_of_version
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.schema import Pack

LIMIT = 180
"""Seconds: Ley 10/2025, art. 10.3; also where no law of the entity says anything."""
_SHARE = 95
_INDICATOR = "calls_answered_under_3_minutes"


@dataclass(frozen=True)
class ServiceLimit:
    """That ``share`` of a hundred calls are answered within so many ``seconds``; ``article`` is
    empty where nothing the entity follows says so, ``is_promise`` where the law does not bind yet.
    """

    seconds: int
    share: int
    article: str
    is_promise: bool = False


def limit_of(house: HouseRules, *, on: date) -> ServiceLimit:
    """What the calls of an entity are measured by on a day."""
    entity = house.entity
    for regime in dict.fromkeys([*entity.regimes, *entity.promised_regimes]):
        version = house.versions.get(regime)
        pack = pack_of_version(version) if version else None
        found = pack.indicators.get(_INDICATOR) if pack else None
        if pack is None or found is None:
            continue
        binds = regime in entity.regimes and _binds(pack, on)
        if binds or regime in entity.promised_regimes:
            article = f"{pack.titles}, {found.article}"
            return ServiceLimit(LIMIT, found.target or _SHARE, article, is_promise=not binds)
    return ServiceLimit(LIMIT, _SHARE, "")


def _binds(pack: Pack, on: date) -> bool:
    from_day = pack.binding_from or pack.in_force_from
    return (from_day is None or from_day <= on) and not (
        pack.in_force_until and pack.in_force_until < on
    )
