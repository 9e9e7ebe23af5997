"""Orders on the desk: written down for somebody, listed by how far they have come, moved on."""

from typing import Any

import pytest

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Kind
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import words_of
from valedor.handling.actions.change_kind import change_kind
from valedor.handling.actions.close import withdraw
from valedor.orders.actions.cancel import let_go
from valedor.orders.actions.set_product import set_product
from valedor.orders.models import Order, Product
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


def test_what_came_as_words_becomes_an_order_on_the_page_of_the_case(
    cast: Cast, sign_in: SignIn
) -> None:
    nuria = sign_in(cast.join("nuria", role=Role.AGENT))
    with people.acting(cast):
        case = people.a_case(cast, kind=Kind.ORDER)
        number = Product.objects.get(key="connection").pk
    page = f"/desk/cases/{case.reference}"
    there = f"{page}/order/{number}"
    shown = nuria.get(page)
    assert "What do they order?" in words_of(shown)
    assert there in shown.content.decode()
    form = words_of(nuria.get(there))
    assert "Which size?" in form
    assert "What they wrote" in form
    wrong = nuria.post(there, {"asked_1": ""})
    assert (wrong.status_code, "Answer this question." in words_of(wrong)) == (422, True)
    assert nuria.post(there, {"asked_1": "20"}).status_code == 302
    assert order(cast).answers == [["¿Calibre?", "20"]]
    shown = nuria.get(page)
    assert "What do they order?" not in words_of(shown)
    assert f"{page}/order-confirmation" in shown.content.decode()
    assert nuria.get(f"{page}/order/{number + 1}").status_code == 404


def test_an_order_that_outlives_its_case_stays_the_next_thing_to_do(
    cast: Cast, sign_in: SignIn
) -> None:
    nuria = sign_in(cast.join("nuria", role=Role.AGENT))
    nuria.post(NEW, said())
    case = order(cast).case
    for noun in ("order-confirmation", "order-preparation"):
        nuria.post(f"/desk/cases/{case.reference}/{noun}", {"words": ""})
    with people.acting(cast):
        withdraw(people.again(case), by=COMPLAINANT, at=people.days(30))
        let_go(people.again(case), at=people.days(30))
    calls = words_of(nuria.get("/desk/alarms"))
    assert "their order is being prepared already" in calls
    page = nuria.get(f"/desk/cases/{case.reference}")
    assert "It is delivered…" in words_of(page)
    done = nuria.post(f"/desk/cases/{case.reference}/order-delivery", {"words": ""})
    assert done.status_code == 302
    assert order(cast).state == Order.State.FULFILLED
    assert "their order is being prepared" not in words_of(nuria.get("/desk/alarms"))


def test_what_was_ordered_is_still_owed_where_the_case_became_a_complaint(
    cast: Cast, sign_in: SignIn
) -> None:
    nuria = sign_in(cast.join("nuria", role=Role.AGENT))
    nuria.post(NEW, said())
    case = order(cast).case
    with people.acting(cast):
        change_kind(
            case, kind=Kind.COMPLAINT, reason="Nobody answers.", by=staff(cast.bruno),
            at=people.FRIDAY,
        )  # fmt: skip
    bruno = sign_in(cast.bruno)
    page = bruno.get(f"/desk/cases/{case.reference}").content.decode()
    assert "New connection" in page
    address = f"/desk/cases/{case.reference}/order-confirmation"
    assert address in page
    given = {"words": "De acuerdo.", "ready_on": "2026-12-01"}
    assert bruno.post(address, given).status_code == 302
    assert order(cast).state == Order.State.CONFIRMED
