"""Orders on the desk: written down for somebody, listed by how far they have come, moved on."""

from typing import Any

import pytest

from tests import cast as people
from tests.cast import Cast
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import words_of
from valedor.orders.actions.set_product import set_product
from valedor.orders.models import Order
from valedor.people.models import Role

NEW = "/desk/orders/new?entity=besos&product=connection"


@pytest.fixture(autouse=True)
def product(cast: Cast) -> None:
    set_product(
        cast.besos,
        "connection",
        name={"es": "Alta", "ca": "Alta", "en": "New connection"},
        questions={"es": "¿Calibre? *", "ca": "Calibre? *", "en": "Which size? *"},
        by=None,
        at=people.FRIDAY,
    )


def said(**more: Any) -> dict[str, Any]:
    return {
        "channel": "telephone",
        "language": "es",
        "asked_1": "20",
        "name": "Marta Soler",
        "telephone": "600 100 200",
        "email": "marta@example.org",
    } | more


def order(cast: Cast) -> Order:
    with people.acting(cast):
        return Order.objects.select_related("case").get()


def test_is_taken_listed_and_brought_to_its_end(cast: Cast, sign_in: SignIn) -> None:
    nuria = sign_in(cast.join("nuria", role=Role.AGENT))
    assert "New connection" in words_of(nuria.get("/desk/orders/new?entity=besos"))
    done = nuria.post(NEW, said())
    assert done.status_code == 200, words_of(done)
    made = order(cast)
    assert made.answers == [["¿Calibre?", "20"]]  # In the language in which it is written.
    assert made.case.reference in words_of(done)
    steps = (
        ("received", "order-confirmation", {"words": "De acuerdo.", "ready_on": "2026-12-01"}),
        ("confirmed", "order-preparation", {"words": ""}),
        ("preparing", "order-delivery", {"words": ""}),
    )
    for state, noun, given in steps:
        page = nuria.get(f"/desk/orders?entity=besos&state={state}")
        assert "Marta Soler" in words_of(page)
        address = f"/desk/cases/{made.case.reference}/{noun}"
        assert address in page.content.decode()
        assert address in nuria.get(f"/desk/cases/{made.case.reference}").content.decode()
        assert nuria.post(address, given).status_code == 302
    assert order(cast).state == Order.State.FULFILLED
    assert "Marta Soler" in words_of(nuria.get("/desk/orders?entity=besos&state=fulfilled"))


def test_says_what_is_missing(cast: Cast, sign_in: SignIn) -> None:
    nuria = sign_in(cast.join("nuria", role=Role.AGENT))
    wrong = nuria.post(NEW, said(asked_1=""))
    assert wrong.status_code == 422
    assert "Answer this question." in words_of(wrong)
    with people.acting(cast):
        assert not Order.objects.exists()


def test_is_seen_only_where_the_case_is(cast: Cast, sign_in: SignIn) -> None:
    nuria = sign_in(cast.join("nuria", role=Role.AGENT))
    nuria.post(NEW, said())
    assert sign_in(cast.dario).get("/desk/orders?entity=besos").status_code == 404
    assert "Marta Soler" not in words_of(sign_in(cast.dario).get("/desk/orders"))
