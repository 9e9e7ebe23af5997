"""What is written to the person about their order."""

from datetime import datetime

from valedor.casefile.actors import By
from valedor.casefile.models import Letter
from valedor.handling import outgoing
from valedor.handling.queries import CaseState
from valedor.orders.models import Order
from valedor.orders.questions import in_words


def tell(
    state: CaseState, order: Order, key: str, *, by: By, at: datetime, words: str = ""
) -> Letter | None:
    """Write a letter about an order and queue it. None for an anonymous case."""
    case, house, product = state.case, state.house, order.product
    places = {
        "product": product.name.in_language(case.language),
        "about": product.about.in_language(case.language),
        "ordered_on": outgoing.day(order.made_at, house, case.language),
        "answers": in_words(order.answers),
        "address": " ".join(order.address.split()),
        "ready_on": outgoing.day(order.ready_on, house, case.language),
        "words": words,
    }
    return outgoing.send(state, key, places, by=by, at=at)
