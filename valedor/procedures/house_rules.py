"""The settings of one entity as one value: read once, kept until somebody changes a setting.

``number`` is the number of ``people.Configuration``; whoever holds an older one reads again. What
this process remembers of settings is remembered here, and forgotten here.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from valedor.foundation.multilingual import MultilingualText
from valedor.people.models import Closure, Entity, Team
from valedor.procedures.models import (
    AuthorityLimit,
    Category,
    InternalTarget,
    LetterTemplate,
    PrivacyNotice,
    ProcedureVersion,
    RedressOption,
)

CONFIGURATION_NUMBER = "SELECT number FROM people_configuration"


@dataclass(frozen=True, eq=False)
class HouseRules:
    """What holds at one entity now."""

    entity: Entity
    number: int
    closures: tuple[Closure, ...]
    categories: dict[int, Category]
    targets: tuple[InternalTarget, ...]
    letters: dict[str, LetterTemplate]
    redress_options: tuple[RedressOption, ...]
    redress_names: dict[str, MultilingualText]  # Of those too that are not offered any more.
    authority: dict[str, AuthorityLimit]
    privacy_notice: PrivacyNotice | None
    versions: dict[str, int]  # Regime → id of its published version.
    reception: Team | None  # Who receives what no category sends elsewhere.
    complex_team: Team | None


_last_known: dict[str, HouseRules] = {}


def configuration_number() -> int:
    """The number of the settings now."""
    with connection.cursor() as cursor:
        cursor.execute(CONFIGURATION_NUMBER)
        return int(cursor.fetchone()[0])


def house_rules(entity_id: int, number: int | None = None) -> HouseRules:
    """The settings of an entity; pass the ``number`` when it was just read."""
    house = _read(entity_id, configuration_number() if number is None else number)
    _last_known[house.entity.key] = house
    return house


def last_known(entity_key: str) -> HouseRules | None:
    """The settings of an entity as this process read them last, without a query: for whoever is
    about to learn, with another question, whether they are still the same.
    """
    return _last_known.get(entity_key)


def forget() -> None:
    """Remember nothing: the database is another one, or was taken back to what it was."""
    _read.cache_clear()
    _last_known.clear()


@lru_cache(maxsize=64)
def _read(entity_id: int, number: int) -> HouseRules:
    entity = Entity.objects.get(pk=entity_id)
    teams = {team.purpose: team for team in entity.teams.filter(is_active=True).order_by("-pk")}
    letters: dict[str, LetterTemplate] = {}
    shipped_first = LetterTemplate.objects.filter(entity=None).order_by("number")
    for template in (
        *shipped_first,
        *LetterTemplate.objects.filter(entity=entity).order_by("number"),
    ):
        letters[template.key] = template
    catalogue = tuple(entity.redress_options.all())
    return HouseRules(
        entity=entity,
        number=number,
        closures=tuple(entity.closures.filter(withdrawn_at=None)),
        categories={
            category.pk: category
            for category in entity.categories.select_related("area__team", "team", "parent")
        },
        targets=tuple(entity.targets.filter(ended_at=None)),
        letters=letters,
        redress_options=tuple(one for one in catalogue if one.ended_at is None),
        redress_names={one.key: one.name for one in catalogue},
        authority={limit.role: limit for limit in entity.authority_limits.all()},
        privacy_notice=entity.privacy_notices.order_by("-number").first(),
        versions={
            version.key: version.pk for version in ProcedureVersion.objects.order_by("published_at")
        },
        reception=teams.get(Team.Purpose.GENERAL),
        complex_team=teams.get(Team.Purpose.COMPLEX),
    )
