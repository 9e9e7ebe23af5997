"""The bodies that an entity's letters and pages may name, and the ones it has joined."""

from datetime import date
from functools import lru_cache

from valedor.bodies.models import Adhesion, Body
from valedor.people.models import Entity
from valedor.procedures.house_rules import HouseRules


@lru_cache(maxsize=64)
def bodies_of(house: HouseRules) -> tuple[Body, ...]:
    """Every version of the bodies of the entity's country. Read once while settings stay so."""
    return tuple(Body.objects.filter(country=house.entity.country))


@lru_cache(maxsize=64)
def adhesions_of(house: HouseRules) -> tuple[Adhesion, ...]:
    """Every adhesion of the entity, those that ended too. Read once, as above."""
    return tuple(Adhesion.objects.filter(entity=house.entity))


def every_body() -> list[Body]:
    """Every version, for the settings and for export."""
    return list(Body.objects.order_by("country", "place", "municipality", "key", "valid_from"))


def body_version(pk: int) -> Body | None:
    """One version."""
    return Body.objects.filter(pk=pk).first()


def adhesions_in_file(entity: Entity) -> list[Adhesion]:
    """The adhesions of an entity as the settings show them."""
    return list(Adhesion.objects.filter(entity=entity).order_by("body", "valid_from"))


def adhesion_of(entity: Entity, pk: int) -> Adhesion | None:
    """One of them."""
    return Adhesion.objects.filter(entity=entity, pk=pk).select_related("entity").first()


def bodies_to_join(entity: Entity, *, on: date) -> list[Body]:
    """The bodies of the entity's country that are there on a day or later, each once."""
    found = Body.objects.filter(country=entity.country).order_by("key", "-valid_from")
    latest = {body.key: body for body in reversed(list(found))}
    return [body for body in latest.values() if body.valid_until is None or body.valid_until >= on]
