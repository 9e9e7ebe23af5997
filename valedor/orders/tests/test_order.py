"""An order is written down, confirmed, prepared, delivered or cancelled; each is told."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cast import FRIDAY, Cast, a_case, again, days, hours, kinds_of, refusing
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Deadline, Entry, EntryContent, Kind, Letter, Stage
from valedor.foundation.refusals import Refused
from valedor.handling.actions.answered import MET_BY_THE_ANSWER
from valedor.handling.actions.change_kind import change_kind
from valedor.handling.actions.close import withdraw
from valedor.handling.models import Alarm, Closure
from valedor.orders.actions.advance import confirm, fulfil, prepare
from valedor.orders.actions.cancel import cancel, let_go
from valedor.orders.actions.place import name_product
from valedor.orders.actions.set_product import set_product
from valedor.orders.models import Order, Product
from valedor.orders.queries import order_of
from valedor.orders.tests.ordering import ADDRESS, placed
from valedor.people.models import Role


@pytest.fixture
def case(cast: Cast, product: Product) -> Case:
    return placed(cast, product).registration.case


def order(case: Case) -> Order:
    found = order_of(case)
    assert found is not None
    return found


def ended_as(case: Case) -> str:
    assert again(case).stage == Stage.CLOSED
    return str(Closure.objects.get(case=case, undone_at=None).reason)


def letter_of(case: Case, kind: str) -> str:
    return str(Letter.objects.get(case=case, kind=kind).body)


def test_is_registered_and_told_back_with_name_date_reference_and_answers(
    cast: Cast, case: Case
) -> None:
    assert order(case).state == Order.State.RECEIVED
    assert order(case).answers == [["¿Qué calibre?", "20"], ["¿Cuántas viviendas?", "4"]]
    body = letter_of(case, "order_placed")
    for words in (case.reference, "Alta nueva", "20 de noviembre de 2026", "¿Qué calibre? 20"):
        assert words in body
    assert "Carrer d'en Prim 14 Badalona" in body
    entry = Entry.objects.get(case=case, kind="order.placed")
    assert EntryContent.objects.get(pk=entry.pk).body == "¿Qué calibre? 20\n¿Cuántas viviendas? 4"
    assert again(case).kind == Kind.ORDER


def test_what_must_be_answered_is_and_nothing_is_registered_without(
    cast: Cast, product: Product
) -> None:
    for more, code in (
        ({"answers": [" ", "4"]}, "answer_missing"),
        ({"answers": []}, "answer_missing"),
        ({"address": ""}, "address_missing"),
    ):
        with pytest.raises(Refused) as refused:
            placed(cast, product, **more)
        assert refused.value.refusal.code == code
    assert not Case.objects.exists()
    assert placed(cast, product, answers=["20"]).order.answers == [["¿Qué calibre?", "20"]]


def test_each_step_is_told_and_the_case_ends_with_the_last(cast: Cast, case: Case) -> None:
    bruno = staff(cast.bruno)
    confirm(
        case, ready_on=date(2026, 12, 1), words="Le llamamos la víspera.", by=bruno, at=hours(1)
    )
    assert "1 de diciembre de 2026" in letter_of(case, "order_confirmed")
    assert "Le llamamos la víspera." in letter_of(case, "order_confirmed")
    met = Deadline.objects.filter(case=case, state=Deadline.State.MET, duty__in=MET_BY_THE_ANSWER)
    assert met.exists()
    prepare(case, by=bruno, at=hours(2))
    assert letter_of(case, "order_preparing")
    fulfil(case, words="Contador 88121.", by=bruno, at=days(2))
    assert "Contador 88121." in letter_of(case, "order_fulfilled")
    assert (order(case).state, order(case).settled_at) == (Order.State.FULFILLED, days(2))
    assert ended_as(case) == Closure.Reason.SERVED
    told = [kind for kind in kinds_of(case) if kind.startswith("order.")]
    assert told == ["order.placed", "order.confirmed", "order.preparing", "order.fulfilled"]


def test_one_step_comes_after_the_other(cast: Cast, case: Case) -> None:
    bruno = staff(cast.bruno)
    for step in (prepare, fulfil):
        with refusing(case, "not_confirmed"):
            step(case, by=bruno, at=hours(1))
    confirm(case, by=bruno, at=hours(1))
    with refusing(case, "done_already"):
        confirm(case, by=bruno, at=hours(2))
    fulfil(case, by=bruno, at=hours(2))  # What needs no preparing is delivered at once.
    with refusing(case, "order_fulfilled"):
        prepare(case, by=bruno, at=hours(3))


def test_whoever_answers_enquiries_may_and_strangers_may_not(cast: Cast, case: Case) -> None:
    for stranger in (staff(cast.dario), staff(cast.gia), staff(cast.ines), COMPLAINANT):
        with refusing(case, "not_permitted"):
            confirm(case, by=stranger, at=hours(1))
    confirm(case, by=staff(cast.join("nuria", role=Role.AGENT)), at=hours(1))
    assert order(case).state == Order.State.CONFIRMED


def test_the_person_cancels_until_it_is_being_prepared(cast: Cast, product: Product) -> None:
    bruno = staff(cast.bruno)
    one, other = (placed(cast, product).registration.case for _number in range(2))
    confirm(one, by=bruno, at=hours(1))
    cancel(one, by=COMPLAINANT, at=hours(2))
    assert (order(one).state, order(one).cancelled_by) == ("cancelled", "person")
    assert ended_as(one) == Closure.Reason.WITHDRAWN
    assert letter_of(one, "order_cancelled")
    with refusing(one, "order_cancelled"):
        cancel(one, by=COMPLAINANT, at=hours(3))
    confirm(other, by=bruno, at=hours(1))
    prepare(other, by=bruno, at=hours(2))
    with refusing(other, "order_being_prepared"):
        cancel(other, by=COMPLAINANT, at=hours(3))
    cancel(other, by=bruno, at=hours(4), reason="No queda material.")
    assert "No queda material." in letter_of(other, "order_cancelled_by_us")
    assert ended_as(other) == Closure.Reason.CALLED_OFF


def test_the_house_says_why_it_cancels(cast: Cast, case: Case) -> None:
    with refusing(case, "reason_missing"):
        cancel(case, by=staff(cast.bruno), at=hours(1))
    assert order(case).state == Order.State.RECEIVED


def test_whoever_withdraws_the_case_cancels_the_order(cast: Cast, case: Case) -> None:
    withdraw(case, by=COMPLAINANT, at=hours(1))
    for _twice in range(2):
        let_go(again(case), at=hours(1))
    assert (order(case).state, order(case).cancelled_by) == ("cancelled", "person")
    assert kinds_of(case).count("order.cancelled") == 1
    assert letter_of(case, "order_cancelled")


def test_what_is_being_prepared_outlives_the_case_and_both_sides_are_told(
    cast: Cast, product: Product
) -> None:
    bruno = staff(cast.bruno)
    one, other = (placed(cast, product).registration.case for _number in range(2))
    for case in (one, other):
        confirm(case, by=bruno, at=hours(1))
        prepare(case, by=bruno, at=hours(2))
        withdraw(case, by=COMPLAINANT, at=hours(3))
        for _twice in range(2):
            let_go(again(case), at=hours(3))
        assert (order(case).state, ended_as(case)) == ("preparing", Closure.Reason.WITHDRAWN)
        assert "no lo hemos anulado" in letter_of(case, "order_stands")
        assert kinds_of(case).count("order.stands") == 1
        assert calls(case) == [Alarm.Cause.ORDER_STANDS]
    # Who was warned can still do something about it, and is then left in peace.
    fulfil(one, by=bruno, at=hours(4))
    cancel(other, reason="Como nos pidió.", by=bruno, at=hours(4))
    assert (order(one).state, order(other).state) == ("fulfilled", "cancelled")
    assert calls(one) == calls(other) == []


def calls(case: Case) -> list[str]:
    return [str(one.cause) for one in Alarm.objects.filter(case=case, settled_at=None)]


def test_an_order_that_became_a_complaint_goes_on_as_one(cast: Cast, case: Case) -> None:
    bruno = staff(cast.bruno)
    change_kind(case, kind=Kind.COMPLAINT, reason="Nadie contesta.", by=bruno, at=hours(1))
    confirm(again(case), by=bruno, at=hours(2))
    fulfil(again(case), by=bruno, at=hours(3))
    assert again(case).closed_at is None
    assert order(case).state == Order.State.FULFILLED


def test_what_is_not_offered_any_more_is_not_ordered(cast: Cast, product: Product) -> None:
    set_product(cast.besos, "connection", is_offered=False, by=None, at=FRIDAY)
    product.refresh_from_db()
    with pytest.raises(Refused) as refused:
        placed(cast, product)
    assert refused.value.refusal.code == "not_offered"


def test_every_language_asks_the_same(cast: Cast, product: Product) -> None:
    for questions, code in (
        ({"es": "Uno *\nDos", "ca": "Un *", "en": "One *\nTwo"}, "questions_differ"),
        ({"es": "Uno *", "ca": "Un", "en": "One *"}, "questions_differ"),
        (dict.fromkeys(("es", "ca", "en"), "\n".join("abcdefghijklm")), "too_many_questions"),
        (dict.fromkeys(("es", "ca", "en"), "a" * 121), "question_too_long"),
    ):
        with pytest.raises(Refused) as refused:
            set_product(cast.besos, "connection", questions=questions, by=None, at=FRIDAY)
        assert refused.value.refusal.code == code
    assert "calibre" in Product.objects.get(pk=product.pk).questions["es"]


def test_the_database_knows_who_cancelled_and_when(cast: Cast, case: Case) -> None:
    found = Order.objects.filter(case=case)
    for wrong in ({"state": "cancelled"}, {"cancelled_by": "person"}, {"state": "fulfilled"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            found.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        found.update(state="lost", settled_at=hours(1))
    assert order(case).address == ADDRESS


def test_an_order_that_came_as_words_is_written_down_and_told_back(
    cast: Cast, product: Product
) -> None:
    bruno = staff(cast.bruno)
    case = a_case(cast, kind=Kind.ORDER)
    given: dict[str, Any] = {
        "product": product, "answers": ["20"], "address": ADDRESS, "by": bruno,
    }  # fmt: skip
    with refusing(case, "answer_missing"):
        name_product(case, **given | {"answers": []}, at=days(1))
    with refusing(case, "address_missing"):
        name_product(case, **given | {"address": " "}, at=days(1))
    made = name_product(case, **given, at=days(1))
    assert (made.state, made.made_at) == (Order.State.RECEIVED, case.received_at)
    body = letter_of(case, "order_placed")
    for words in (case.reference, "20 de noviembre de 2026", "¿Qué calibre? 20", "Badalona"):
        assert words in body
    assert kinds_of(case).count("order.placed") == 1
    with refusing(case, "ordered_already"):
        name_product(case, **given, at=days(1))
    confirm(case, by=bruno, at=days(1))
    fulfil(case, by=bruno, at=days(2))
    assert ended_as(case) == Closure.Reason.SERVED


def test_only_an_open_order_is_written_down_and_only_by_who_handles_it(
    cast: Cast, product: Product
) -> None:
    given: dict[str, Any] = {
        "product": product, "answers": ["20"], "address": ADDRESS, "at": hours(1),
    }  # fmt: skip
    complaint, order_in_words = a_case(cast), a_case(cast, kind=Kind.ORDER)
    with refusing(complaint, "not_an_order"):
        name_product(complaint, **given, by=staff(cast.bruno))
    for stranger in (staff(cast.dario), staff(cast.gia), staff(cast.ines), COMPLAINANT):
        with refusing(order_in_words, "not_permitted"):
            name_product(order_in_words, **given, by=stranger)
    withdraw(order_in_words, by=COMPLAINANT, at=hours(1))
    with refusing(order_in_words, "closed"):
        name_product(again(order_in_words), **given, by=staff(cast.bruno))
    assert not Order.objects.exists()
