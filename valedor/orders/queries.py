"""Products and orders, as actions and pages ask for them."""

from functools import lru_cache

from valedor.casefile.models import Case
from valedor.orders.models import Order, Product
from valedor.people.models import Entity
from valedor.procedures.house_rules import HouseRules


@lru_cache(maxsize=64)
def products_of(house: HouseRules) -> tuple[Product, ...]:
    """What can be ordered at an entity now. Read once while its settings stay the same."""
    found = Product.objects.filter(entity=house.entity, ended_at=None).select_related("team")
    return tuple(found.order_by("key"))


def product_of(house: HouseRules, key: str) -> Product | None:
    """One that can be ordered, by its key."""
    return next((one for one in products_of(house) if one.key == key), None)


def product_numbered(house: HouseRules, number: int) -> Product | None:
    """One that can be ordered, by its number."""
    return next((one for one in products_of(house) if one.pk == number), None)


def every_product(entity: Entity) -> list[Product]:
    """Those too that are not offered any more, for the settings."""
    found = Product.objects.filter(entity=entity).select_related("team", "entity")
    return list(found.order_by("key"))


def order_of(case: Case) -> Order | None:
    """What was ordered with a case, whatever has become of it."""
    return Order.objects.filter(case=case.pk).select_related("product").first()
