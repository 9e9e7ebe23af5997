"""The orders by their state, and writing one down for somebody."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from valedor.acts.desk import Desk
from valedor.acts.desk.ordering import order_for
from valedor.acts.forms.order import DeskOrderForm
from valedor.acts.reading.orders import entities_with_products, orders_in
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.orders.models import Order, Product
from valedor.orders.queries import product_of, products_of
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.procedures.house_rules import house_rules
from valedor.telling import spoken

PLACE = "house:orders"
_NEXT = {
    Order.State.RECEIVED: ("order-confirmation", gettext_lazy("Confirm…")),
    Order.State.CONFIRMED: ("order-preparation", gettext_lazy("It is being prepared…")),
    Order.State.PREPARING: ("order-delivery", gettext_lazy("It is delivered…")),
}


@require_safe
@staff_page(Permission.REGISTER)
def orders(request: StaffRequest) -> HttpResponse:
    """What was ordered, by how far it has come: first what waits to be confirmed."""
    entities = entities_with_products(request.viewer)
    entity = _chosen(entities, request.GET.get("entity", ""))
    if entity is None:
        return page(request, "desk/orders.html", {"title": _("Orders")}, place=PLACE)
    wanted = request.GET.get("state", "")
    state = Order.State(wanted) if wanted in Order.State.values else Order.State.RECEIVED
    context = {
        "title": _("Orders"),
        "entity": entity,
        "entities": [
            {"name": one.name, "url": _address(one, state), "is_current": one == entity}
            for one in entities
        ]
        if len(entities) > 1
        else [],
        "states": [
            {"name": one.label, "url": _address(entity, one), "is_current": one == state}
            for one in Order.State
        ],
        "rows": [_row(one, entity) for one in orders_in(request.viewer, entity, state)],
        "new_url": f"{reverse('desk:order_new')}?{urlencode({'entity': entity.key})}",
    }
    return page(request, "desk/orders.html", context, place=PLACE)


def _chosen(entities: list[Entity], key: str) -> Entity | None:
    """The entity of an address; the first where it names none. Raises ``Http404``."""
    if not key:
        return entities[0] if entities else None
    found = next((one for one in entities if one.key == key), None)
    if found is None:
        raise Http404
    return found


def _address(entity: Entity, state: str) -> str:
    return f"{reverse('desk:orders')}?{urlencode({'entity': entity.key, 'state': str(state)})}"


def _row(order: Order, entity: Entity) -> dict[str, Any]:
    case, person = order.case, order.case.complainant
    noun, label = _NEXT.get(Order.State(order.state), ("", ""))
    return {
        "product": str(order.product.name),
        "name": person.name if person and person.name else _("Somebody without a name"),
        "reference": case.reference,
        "url": reverse("desk:case", args=[case.reference]),
        "when": spoken.stamp(order.made_at, entity.timezone),
        "ready_on": spoken.day(order.ready_on) if order.ready_on else "",
        "where": order.address,
        "answers": [(question, answer) for question, answer in order.answers if answer],
        "next_url": reverse("desk:act", args=[case.reference, noun]) if noun else "",
        "next_label": label,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.REGISTER)
def order_new(request: StaffRequest) -> HttpResponse:
    """Write down an order for somebody: what, what is asked for it, who."""
    entity = _chosen(entities_with_products(request.viewer), request.GET.get("entity", ""))
    if entity is None:
        raise Http404
    house, at = house_rules(entity.pk), now()
    here = f"{reverse('desk:order_new')}?{urlencode({'entity': entity.key})}"
    context: dict[str, Any] = {"title": _("Take an order"), "entity": entity, "here": here}
    product = product_of(house, request.GET.get("product", ""))
    if product is None:
        context["products"] = [
            {"name": str(one.name), "url": f"{here}&product={one.key}"}
            for one in products_of(house)
        ]
        return page(request, "desk/order_new.html", context, place=PLACE)
    context |= {
        "product": str(product.name),
        "about": str(product.about),
        "here": f"{here}&product={product.key}",
    }
    if request.method != "POST":
        form = DeskOrderForm(entity, product, initial={"language": entity.default_language})
        return page(request, "desk/order_new.html", context | {"form": form}, place=PLACE)
    form = DeskOrderForm(entity, product, request.POST)
    if form.is_valid():
        try:
            return _ordered(request, entity, product, form, at)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
    return page(request, "desk/order_new.html", context | {"form": form}, status=422, place=PLACE)


def _ordered(
    request: StaffRequest, entity: Entity, product: Product, form: DeskOrderForm, at: datetime
) -> HttpResponse:
    done = order_for(Desk(request.viewer, at), entity, product, form)
    case = done.registration.case
    messages.success(request, _("Written down: now confirm it, or let others do so."))
    context = {
        "title": _("Ordered"),
        "case": case,
        "code": done.registration.access_code,
        "dates": [],
        "letter": done.registration.letter,
        "receipt_url": reverse("desk:receipt", args=[case.reference]),
        "case_url": reverse("desk:case", args=[case.reference]),
        "again_url": _address(entity, Order.State.RECEIVED),
    }
    return page(request, "desk/registered.html", context, place=PLACE)
