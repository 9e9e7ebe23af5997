"""Orders by their state."""

from datetime import date, datetime
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from valedor.acts.reading import orders as orders_read
from valedor.api.asking import as_json
from valedor.api.looking import (
    LIST_PROBLEMS,
    as_person,
    chosen,
    local,
    looking,
    one_of,
    there,
)
from valedor.orders.models import Order
from valedor.people.permissions import Permission

router = Router()


class OrderView(Schema):
    """Something that was ordered. Its steps are acts of its case: ``order-confirmation``…"""

    reference: str
    entity: str
    product: str
    name: str
    state: Literal["received", "confirmed", "preparing", "fulfilled", "cancelled"]
    person: str
    answers: list[tuple[str, str]]
    address: str
    ready_on: date | None
    made_at: datetime
    settled_at: datetime | None


class Orders(Schema):
    """The orders of one state: the oldest first while they wait, the newest first once over; at
    most a hundred.
    """

    orders: list[OrderView]


@router.get(
    "/orders",
    auth=as_person(Permission.REGISTER),
    response={200: Orders} | LIST_PROBLEMS,
    summary="List orders",
    operation_id="list_orders",
    tags=["orders"],
)
def list_orders(
    request: HttpRequest,
    entity: str = Query(""),  # type: ignore[type-arg]
    state: str = Query(Order.State.RECEIVED.value),  # type: ignore[type-arg]
) -> HttpResponse:
    """The orders of an entity in one state: ``received`` where none is named."""
    with looking(request, "orders", "entity", "state") as (viewer, _at):
        wanted = one_of(request, "state", Order.State.values)
        found = chosen(orders_read.entities_with_products(viewer), entity)
        rows = orders_read.orders_in(viewer, found, wanted) if found else []
        return as_json(Orders(orders=[_order(one) for one in rows]))


def _order(one: Order) -> OrderView:
    case, entity = one.case, one.product.entity
    return OrderView(
        reference=case.reference,
        entity=entity.key,
        product=one.product.key,
        name=str(one.product.name),
        state=one.state,  # type: ignore[arg-type]
        person=case.complainant.name if case.complainant else "",
        answers=[(question, answer) for question, answer in one.answers],
        address=one.address,
        ready_on=one.ready_on,
        made_at=there(one.made_at, entity),
        settled_at=local(one.settled_at, entity),
    )
