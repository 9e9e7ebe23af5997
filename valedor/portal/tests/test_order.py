"""Ordering on the portal, as somebody without JavaScript does it."""

from typing import Any

import pytest

from tests.cast import FRIDAY, Cast, acting, again
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, RawMessage
from valedor.orders.actions.advance import confirm, prepare
from valedor.orders.actions.set_product import set_product
from valedor.orders.models import Order
from valedor.portal.tests.walking import Visitor, text_of, token_of

HERE = "/besos/order/connection"


@pytest.fixture(autouse=True)
def product(cast: Cast) -> None:
    set_product(
        cast.besos,
        "connection",
        name={"es": "Alta", "ca": "Alta", "en": "New connection"},
        questions={"es": "¿Calibre? *", "ca": "Calibre? *", "en": "Which size? *"},
        at_home=True,
        by=None,
        at=FRIDAY,
    )


def said(visitor: Visitor, **more: Any) -> dict[str, Any]:
    return {
        "token": token_of(text_of(visitor.get(HERE))),
        "step": "send",
        "asked_1": "20",
        "name": "Ana Puig",
        "email": "ana@example.org",
        "address": "Carrer Major 1",
        **more,
    }


def the_order(cast: Cast) -> Order:
    with acting(cast):
        return Order.objects.select_related("case").get()


def ordered(cast: Cast, visitor: Visitor) -> Case:
    sent = visitor.post(HERE, said(visitor))
    assert sent.status_code == 302, text_of(sent)
    visitor.get(sent["Location"])
    return the_order(cast).case


def test_the_house_shows_what_can_be_ordered(cast: Cast) -> None:
    visitor = Visitor()
    assert "/besos/order" in text_of(visitor.get("/besos/"))
    assert HERE in text_of(visitor.get("/besos/order"))
    page = text_of(visitor.get(HERE))
    assert "Which size?" in page
    assert visitor.get("/besos/order/nothing").status_code == 404


def test_an_order_has_a_receipt_and_a_page(cast: Cast) -> None:
    visitor = Visitor()
    sent = visitor.post(HERE, said(visitor))
    receipt = text_of(visitor.get(sent["Location"]))
    assert "You ordered: New connection" in receipt
    case = the_order(cast).case
    assert case.reference in receipt
    page = text_of(visitor.get(f"/besos/case/{case.reference}"))
    for words in ("New connection", "Which size?", "20", "Carrer Major 1", "Received"):
        assert words in page
    with acting(cast):
        raws = RawMessage.objects.filter(case=case)
        assert {raw.state for raw in raws} == {RawMessage.State.REGISTERED}
    confirm_as_bruno(cast, case)
    assert "Confirmed" in text_of(visitor.get(f"/besos/case/{case.reference}"))


def confirm_as_bruno(cast: Cast, case: Case) -> None:
    with acting(cast):
        confirm(again(case), by=staff(cast.bruno), at=FRIDAY)


def test_says_what_is_missing_and_keeps_the_rest(cast: Cast) -> None:
    visitor = Visitor()
    wrong = visitor.post(HERE, said(visitor, asked_1=""))
    assert wrong.status_code == 422
    assert "Answer this question." in text_of(wrong)
    assert "Carrer Major 1" in text_of(wrong)
    with acting(cast):
        assert not Order.objects.exists()
    nobody = visitor.post(HERE, said(visitor, email=""))
    assert "Write an e-mail or a telephone number" in text_of(nobody)


def test_sent_twice_is_ordered_once(cast: Cast) -> None:
    visitor = Visitor()
    post = said(visitor)
    first, second = visitor.post(HERE, post), visitor.post(HERE, post)
    assert first["Location"] == second["Location"]
    assert the_order(cast).case.reference in first["Location"]


def test_the_person_cancels_after_being_asked_once_more(cast: Cast) -> None:
    visitor = Visitor()
    case = ordered(cast, visitor)
    address = f"/besos/case/{case.reference}/order/cancel"
    asked = text_of(visitor.get(address))
    assert the_order(cast).state == Order.State.RECEIVED
    done = visitor.post(address, {"token": token_of(asked)})
    assert done.status_code == 302
    assert (the_order(cast).state, the_order(cast).cancelled_by) == ("cancelled", "person")


def test_nobody_cancels_what_is_being_prepared(cast: Cast) -> None:
    visitor = Visitor()
    case = ordered(cast, visitor)
    confirm_as_bruno(cast, case)
    with acting(cast):
        prepare(again(case), by=staff(cast.bruno), at=FRIDAY)
    page = text_of(visitor.get(f"/besos/case/{case.reference}"))
    assert "order/cancel" not in page
    refused = visitor.get(f"/besos/case/{case.reference}/order/cancel")
    assert "being prepared already" in text_of(refused)


def test_whoever_withdraws_reads_what_becomes_of_the_order(cast: Cast) -> None:
    visitor = Visitor()
    case = ordered(cast, visitor)
    address = f"/besos/case/{case.reference}/withdrawal"
    assert "What you ordered is cancelled with the case." in text_of(visitor.get(address))
    confirm_as_bruno(cast, case)
    with acting(cast):
        prepare(again(case), by=staff(cast.bruno), at=FRIDAY)
    assert "it is not cancelled with the case" in text_of(visitor.get(address))
