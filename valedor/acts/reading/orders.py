"""Orders, as the pages of the desk ask for them: only of cases that the viewer may see."""

from valedor.casefile.access import cases_visible_to
from valedor.casefile.viewing import Viewer
from valedor.orders.models import Order, Product
from valedor.people.models import Entity
from valedor.people.permissions import Permission

MOST = 100
OPEN = (Order.State.RECEIVED, Order.State.CONFIRMED, Order.State.PREPARING)


def entities_with_products(viewer: Viewer) -> list[Entity]:
    """The entities for which a viewer registers and at which something can be ordered."""
    theirs = viewer.entities_where(Permission.REGISTER)
    ordered = Product.objects.filter(entity__in=theirs).values("entity")
    return list(Entity.objects.filter(pk__in=ordered).order_by("name"))


def orders_in(viewer: Viewer, entity: Entity, state: str) -> list[Order]:
    """The orders of one state: the oldest first while they wait, the newest first once over."""
    found = Order.objects.filter(
        entity=entity, state=state, case__in=cases_visible_to(viewer)
    ).select_related("product__entity", "case__complainant")
    return list(found.order_by("made_at" if state in OPEN else "-made_at", "pk")[:MOST])
