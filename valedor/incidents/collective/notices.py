"""What the public is told of incidents: before somebody writes, on digital ways at the same time.

Ley 10/2025, art. 13.9: in a mass outage the digital channels carry the same updates at once; art.
4.5: people are told of incidents before they ask. Nobody is kept from writing by it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.db.models import Prefetch

from valedor.foundation.multilingual import MultilingualText
from valedor.incidents.collective.models import Incident, IncidentLine
from valedor.procedures.house_rules import HouseRules

STILL_SHOWN = timedelta(days=30)
"""How long what has ended stands in the list of notices."""
STILL_TOLD = timedelta(hours=12)
"""How long what has ended is told to whoever is about to write: it may still be why they do."""
_TOLD = (IncidentLine.What.DECLARED, IncidentLine.What.TOLD, IncidentLine.What.ENDED)


@dataclass(frozen=True)
class Told:
    """Words and when they were said, the latest first."""

    words: MultilingualText
    at: datetime


@dataclass(frozen=True)
class Notice:
    """An incident as the public reads of it."""

    id: int
    title: MultilingualText
    places: tuple[str, ...]
    began_at: datetime
    expected_end_at: datetime
    ended_at: datetime | None
    told: tuple[Told, ...]


def notices(house: HouseRules, *, at: datetime) -> list[Notice]:
    """Those that last, the newest first, then those that ended lately."""
    found = [
        one for one in _public(house) if one.ended_at is None or one.ended_at > at - STILL_SHOWN
    ]
    return sorted(found, key=lambda one: (one.ended_at is not None, -one.began_at.timestamp()))


def notices_before_writing(house: HouseRules, *, at: datetime) -> list[Notice]:
    """What whoever is about to write should know first."""
    return [
        one
        for one in notices(house, at=at)
        if one.ended_at is None or one.ended_at > at - STILL_TOLD
    ]


@lru_cache(maxsize=64)
def _public(house: HouseRules) -> tuple[Notice, ...]:
    """Read once while the settings stay the same: whoever declares or ends one changes their
    number.
    """
    lines = Prefetch(
        "lines", IncidentLine.objects.filter(what__in=_TOLD).order_by("-at", "-pk"), to_attr="told"
    )
    found = Incident.objects.filter(entity=house.entity, is_public=True).order_by("-began_at")
    return tuple(
        Notice(
            id=one.pk,
            title=one.title,
            places=tuple(one.places),
            began_at=one.began_at,
            expected_end_at=one.expected_end_at,
            ended_at=one.ended_at,
            told=tuple(Told(line.words, line.at) for line in one.told),
        )
        for one in found.prefetch_related(lines)[:200]
    )
