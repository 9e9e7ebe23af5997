"""Ana orders, as the tests have it."""

from typing import Any

from tests.cast import FRIDAY, Cast, a_submission
from valedor.casefile.models import Kind
from valedor.orders.actions.place import Placed, place_order
from valedor.orders.models import Product

ADDRESS = "Carrer d'en Prim 14\nBadalona"


def placed(cast: Cast, product: Product, **more: Any) -> Placed:
    """An order of Ana's."""
    at = more.pop("at", FRIDAY)
    submission = a_submission(cast, kind=Kind.ORDER, received_at=at, **more.pop("said", {}))
    given = {"answers": ["20", "4"], "address": ADDRESS} | more
    return place_order(submission, product=product, at=at, **given)
