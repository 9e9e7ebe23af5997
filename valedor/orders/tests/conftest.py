"""Every test of orders has the cast and something to order, and leaves case files that verify."""

from collections.abc import Iterator

import pytest

from tests.cast import FRIDAY, Cast, acting, the_cast
from valedor.casefile.models import Case
from valedor.casefile.verification import verify
from valedor.orders.actions.set_product import set_product
from valedor.orders.models import Product

WORDS = dict.fromkeys(("es", "ca", "en", "pt-br"), "Alta nueva")


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The people, and a viewer that sees what the house holds."""
    cast = the_cast()
    with acting(cast):
        yield cast
        references = list(Case.objects.values_list("reference", flat=True))
        assert not references or verify(references).broken == []


@pytest.fixture
def product(cast: Cast) -> Product:
    """A new connection: two questions, one of which must be answered, and an address."""
    made = set_product(
        cast.besos,
        "connection",
        name=WORDS,
        questions=dict.fromkeys(WORDS, "¿Qué calibre? *\n¿Cuántas viviendas?"),
        at_home=True,
        by=None,
        at=FRIDAY,
    )
    return Product.objects.get(pk=made.pk)
