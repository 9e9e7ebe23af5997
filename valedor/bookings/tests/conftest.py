"""Every test of bookings has the cast and something to book, and leaves case files that verify."""

from collections.abc import Iterator

import pytest

from tests.cast import FRIDAY, Cast, acting, the_cast
from valedor.bookings.actions.set_service import set_service
from valedor.bookings.models import Service
from valedor.casefile.models import Case
from valedor.casefile.verification import verify

WORDS = dict.fromkeys(("es", "ca", "en", "pt-br"), "Cita en la oficina")


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The people, and a viewer that sees what the house holds."""
    cast = the_cast()
    with acting(cast):
        yield cast
        references = list(Case.objects.values_list("reference", flat=True))
        assert not references or verify(references).broken == []


@pytest.fixture
def desk(cast: Cast) -> Service:
    """The counter, on Mondays and Thursdays, one person every half hour."""
    return set_service(
        cast.besos,
        "counter",
        name=WORDS,
        place=dict.fromkeys(WORDS, "Carrer Major 1"),
        about=dict.fromkeys(WORDS, "Traiga su factura."),
        hours=["mon 09:00-11:00", "thu 09:00-10:00"],
        by=None,
        at=FRIDAY,
    )
