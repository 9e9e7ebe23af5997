"""Somebody books a time on the portal, moves it and cancels it, without scripts."""

import re
from datetime import datetime
from typing import Any

import pytest

from tests.cast import FRIDAY, Cast, acting
from valedor.bookings.actions.set_service import set_service
from valedor.bookings.models import Booking, Service
from valedor.casefile.models import Case, RawMessage
from valedor.foundation import moments

from .walking import Visitor, text_of, token_of

WORDS = dict.fromkeys(("es", "ca", "en", "pt-br"), "Office appointment")
MONDAY_NINE = "20261123T0800Z"
HALF_PAST = "20261123T0830Z"


class _Then(datetime):
    """The moment at which everybody here looks."""

    @classmethod
    def now(cls, tz: Any = None) -> "_Then":
        return cls.fromtimestamp(FRIDAY.timestamp(), tz)


@pytest.fixture(autouse=True)
def _on_friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moments, "datetime", _Then)


@pytest.fixture
def desk(cast: Cast) -> Service:
    return set_service(
        cast.besos,
        "office",
        name=WORDS,
        place=WORDS,
        hours=["mon 09:00-10:00"],
        by=None,
        at=FRIDAY,
    )


def booked(visitor: Visitor, slot: str = MONDAY_NINE, **more: str) -> str:
    """Book as the page's own form does; the address that one is led to."""
    form = text_of(visitor.get(f"/besos/book/office?slot={slot}"))
    fields = {
        "token": token_of(form),
        "slot": slot,
        "name": "Marta Soler",
        "email": "marta@example.org",
        "step": "send",
    }
    answer = visitor.post("/besos/book/office", fields | more)
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"])


def test_finds_what_can_be_booked_and_when(cast: Cast, desk: Service) -> None:
    visitor = Visitor()
    assert "Book a time" in text_of(visitor.get("/besos/"))
    assert "/besos/book/office" in text_of(visitor.get("/besos/book"))
    times = text_of(visitor.get("/besos/book/office"))
    assert re.findall(r'href="\?slot=(\w+)"', times)[:2] == [MONDAY_NINE, HALF_PAST]
    assert "Monday, 23 November 2026" in times


def test_books_with_a_receipt_and_a_page_of_its_own(cast: Cast, desk: Service) -> None:
    visitor = Visitor()
    page = text_of(visitor.get(booked(visitor)))
    assert "We have it" in page
    assert "Monday, 23 November 2026, 09:00–09:30" in page
    with acting(cast):
        booking = Booking.objects.get()
        raw = RawMessage.objects.get(case=booking.case_id)
        assert raw.state == RawMessage.State.REGISTERED
        reference = booking.case.reference
    case = text_of(visitor.get(f"/besos/case/{reference}"))
    assert "Put it into my calendar" in case
    times = text_of(Visitor().get("/besos/book/office"))
    assert MONDAY_NINE not in times


def test_a_time_taken_meanwhile_is_said_and_nothing_typed_is_lost(
    cast: Cast, desk: Service
) -> None:
    late = Visitor(address="192.0.2.9")
    form = text_of(late.get(f"/besos/book/office?slot={MONDAY_NINE}"))
    booked(Visitor())
    fields = {
        "token": token_of(form),
        "slot": MONDAY_NINE,
        "name": "Joan Ferrer",
        "telephone": "600 100 200",
        "step": "send",
    }
    answer = late.post("/besos/book/office", fields)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "Somebody has just taken that time" in page
    assert "Joan Ferrer" in page
    assert HALF_PAST in page
    with acting(cast):
        assert Case.objects.count() == 1


def test_the_same_form_twice_is_one_booking(cast: Cast, desk: Service) -> None:
    visitor = Visitor()
    form = text_of(visitor.get(f"/besos/book/office?slot={MONDAY_NINE}"))
    fields = {
        "token": token_of(form),
        "slot": MONDAY_NINE,
        "name": "Marta Soler",
        "email": "marta@example.org",
        "step": "send",
    }
    first = visitor.post("/besos/book/office", fields)
    again = visitor.post("/besos/book/office", fields)
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    with acting(cast):
        booking = Booking.objects.get()
        assert set(RawMessage.objects.values_list("case", "state")) == {
            (booking.case_id, "registered")
        }


def test_moves_it_and_then_cancels_it(cast: Cast, desk: Service) -> None:
    visitor = Visitor()
    reference = booked(visitor).rsplit("/", 1)[1]
    here = f"/besos/case/{reference}"
    page = text_of(visitor.get(f"{here}/booking/move"))
    moved = visitor.post(f"{here}/booking/move", {"token": token_of(page), "slot": HALF_PAST})
    assert moved.status_code == 302
    assert "09:30–10:00" in text_of(visitor.get(here))
    page = text_of(visitor.get(f"{here}/booking/cancel"))
    visitor.post(f"{here}/booking/cancel", {"token": token_of(page)})
    assert "The booking was cancelled" in text_of(visitor.get(here))
    with acting(cast):
        booking = Booking.objects.get()
        assert (booking.state, booking.case.closed_at) == ("cancelled", FRIDAY)


def test_nobody_is_reached_without_an_address(cast: Cast, desk: Service) -> None:
    visitor = Visitor()
    form = text_of(visitor.get(f"/besos/book/office?slot={MONDAY_NINE}"))
    answer = visitor.post(
        "/besos/book/office",
        {"token": token_of(form), "slot": MONDAY_NINE, "name": "Ana", "step": "send"},
    )
    assert answer.status_code == 422
    assert "so that we can reach you" in text_of(answer)


def test_what_is_not_offered_is_not_there(cast: Cast, desk: Service) -> None:
    visitor = Visitor()
    assert visitor.get("/besos/book/nothing").status_code == 404
    assert visitor.get("/besos/book/office?slot=nonsense").status_code == 200
    assert "Nothing can be booked here now" in text_of(visitor.get("/ipe/book"))
