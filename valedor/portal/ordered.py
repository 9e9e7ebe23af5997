"""What pages of the portal show of products and of an order."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from valedor.casefile.models import Case, Kind
from valedor.casefile.viewing import Viewer
from valedor.design.parts import Fact
from valedor.handling.queries import case_state
from valedor.orders import rules
from valedor.orders.models import Order, Product
from valedor.orders.queries import order_of
from valedor.portal.inside import Inside
from valedor.portal.queries import CaseFile
from valedor.telling import spoken

WAY = (Order.State.RECEIVED, Order.State.CONFIRMED, Order.State.PREPARING, Order.State.FULFILLED)


def told_of(product: Product) -> dict[str, Any]:
    """A product in the reader's language."""
    return {"key": product.key, "name": str(product.name), "about": str(product.about)}


def order_told(place: Inside, file: CaseFile | None = None) -> dict[str, Any] | None:
    """What was ordered with a case: nothing for a case of another kind that never was one."""
    if place.case.kind != Kind.ORDER and not _was_ordered(file):
        return None
    order = order_of(place.case)
    if order is None:
        return None
    refusal = rules.why_not_change(
        file.state if file else case_state(place.case),
        Viewer(case_id=place.case.pk),
        order,
        actor=place.by.actor,
    )
    reached = WAY.index(Order.State(order.state)) if order.state in WAY else -1
    return {
        "product": str(order.product.name),
        "state": str(order.get_state_display()),
        # Whoever does not want it any more cancels it, as long as that can be done.
        "ends_the_case": place.case.kind == Kind.ORDER and rules.why_not_standing(order) is None,
        "steps": [
            {"name": str(one.label), "is_done": number <= reached, "is_now": number == reached}
            for number, one in enumerate(WAY)
        ]
        if reached >= 0
        else [],
        "facts": _facts(order, place.house.entity.timezone),
        "may_change": refusal is None,
        "cancel_url": reverse("portal:order_cancel", args=place.links),
    }


def _facts(order: Order, zone: str) -> list[Fact]:
    ordered_on = spoken.day(spoken.local_day(order.made_at, zone))
    ready_on = spoken.day(order.ready_on, with_weekday=True) if order.ready_on else ""
    told = [
        (_("Ordered on"), ordered_on),
        (_("Ready on"), ready_on),
        (_("Brought to"), order.address),
        *((question, answer) for question, answer in order.answers),
    ]
    return [Fact(name=name, value=value) for name, value in told if value]


def _was_ordered(file: CaseFile | None) -> bool:
    return file is None or any(one.kind == "order.placed" for one in file.entries)


def what_withdrawing_does(case: Case) -> str:
    """What becomes of the order when its case is withdrawn; empty where nothing stands."""
    order = order_of(case)
    if order is None or rules.why_not_standing(order) is not None:
        return ""
    if rules.why_not_let_go(order) is not None:
        return _(
            "What you ordered is being prepared already: it is not cancelled with the case. If you "
            "do not want it any more, write to us first: we tell you what can still be done."
        )
    return _("What you ordered is cancelled with the case.")


def why_not_change(place: Inside) -> str:
    """Why the person cannot cancel now; empty where they can."""
    refusal = rules.why_not_change(
        case_state(place.case),
        Viewer(case_id=place.case.pk),
        order_of(place.case),
        actor=place.by.actor,
    )
    return str(refusal or "")
