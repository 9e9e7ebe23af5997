"""Within how long calls are answered: by the law of an entity, else by what the house measures."""

from dataclasses import dataclass

from valedor.procedures.applicable import pack_of_version
from valedor.procedures.house_rules import HouseRules

LIMIT = 180
"""Seconds: Ley 10/2025, art. 10.3; also where no law of the entity says anything."""
_SHARE = 95
_INDICATOR = "calls_answered_under_3_minutes"


@dataclass(frozen=True)
class ServiceLimit:
    """That ``share`` of a hundred calls are answered within so many ``seconds``; ``article`` is
    empty where no law of the entity says so.
    """

    seconds: int
    share: int
    article: str


def limit_of(house: HouseRules) -> ServiceLimit:
    """What the calls of an entity are measured by."""
    for regime in house.entity.regimes:
        version = house.versions.get(regime)
        pack = pack_of_version(version) if version else None
        found = pack.indicators.get(_INDICATOR) if pack else None
        if pack is not None and found is not None:
            article = f"{pack.titles}, {found.article}"
            return ServiceLimit(LIMIT, found.target or _SHARE, article)
    return ServiceLimit(LIMIT, _SHARE, "")
