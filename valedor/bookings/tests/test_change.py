"""A booking is moved, cancelled, kept or missed, and the case ends with it."""

from datetime import timedelta

import pytest

from tests.cast import FRIDAY, Cast, again, days, hours, kinds_of, refusing
from valedor.bookings.actions.cancel import cancel, let_go
from valedor.bookings.actions.keep import note_attended, note_missed
from valedor.bookings.actions.move import move
from valedor.bookings.models import Booking, Service
from valedor.bookings.queries import booking_of
from valedor.bookings.tests.booking import MONDAY_NINE, booked
from valedor.casefile import store
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Document, Entry, Kind, Letter, Stage
from valedor.handling.actions.change_kind import change_kind
from valedor.handling.actions.close import withdraw
from valedor.handling.models import Closure

HALF_PAST = MONDAY_NINE + timedelta(minutes=30)


@pytest.fixture
def case(cast: Cast, desk: Service) -> Case:
    return booked(cast, desk).registration.case


def standing(case: Case) -> Booking:
    found = booking_of(case)
    assert found is not None
    return found


def ended_as(case: Case) -> str:
    assert again(case).stage == Stage.CLOSED
    return str(Closure.objects.get(case=case, undone_at=None).reason)


def test_the_person_moves_it_and_the_old_time_is_free(
    cast: Cast, desk: Service, case: Case
) -> None:
    move(case, starts_at=HALF_PAST, by=COMPLAINANT, at=hours(2))
    assert (standing(case).starts_at, standing(case).moved) == (HALF_PAST, 1)
    assert "09:30–10:00" in Letter.objects.get(case=case, kind="booking_moved").body
    newest = Document.objects.filter(case=case, purpose="calendar").latest("pk")
    assert b"SEQUENCE:1" in store.read(newest.sha256)
    assert booked(cast, desk).booking.starts_at == MONDAY_NINE
    with refusing(case, "time_taken"):
        move(case, starts_at=MONDAY_NINE, by=COMPLAINANT, at=hours(3))


def test_nothing_is_moved_once_it_has_begun(cast: Cast, case: Case) -> None:
    with refusing(case, "booking_begun"):
        move(case, starts_at=MONDAY_NINE + timedelta(days=7), by=COMPLAINANT, at=MONDAY_NINE)
    with refusing(case, "not_permitted"):
        move(case, starts_at=HALF_PAST, by=staff(cast.gia), at=hours(1))


def test_the_person_cancels_without_a_reason(cast: Cast, desk: Service, case: Case) -> None:
    cancel(case, by=COMPLAINANT, at=hours(2))
    assert ended_as(case) == Closure.Reason.WITHDRAWN
    assert (standing(case).state, standing(case).cancelled_by) == ("cancelled", "person")
    newest = Document.objects.filter(case=case, purpose="calendar").latest("pk")
    assert b"STATUS:CANCELLED" in store.read(newest.sha256)
    assert booked(cast, desk).booking.place == 1
    with refusing(case, "booking_cancelled"):
        cancel(case, by=COMPLAINANT, at=hours(3))


def test_the_house_cancels_with_its_reason(cast: Cast, case: Case) -> None:
    bruno = staff(cast.bruno)
    with refusing(case, "reason_missing"):
        cancel(case, by=bruno, at=hours(2))
    cancel(case, by=bruno, at=hours(2), reason="El tècnic és de baixa.")
    assert ended_as(case) == Closure.Reason.CALLED_OFF
    letter = Letter.objects.get(case=case, kind="booking_cancelled_by_us")
    assert "El tècnic és de baixa." in letter.body


def test_whoever_withdraws_their_case_leaves_the_place_to_others(
    cast: Cast, desk: Service, case: Case
) -> None:
    withdraw(case, by=COMPLAINANT, at=hours(2))
    for _twice in range(2):
        let_go(case, at=hours(3))
    assert standing(case).state == Booking.State.CANCELLED
    assert kinds_of(case).count("booking.cancelled") == 1
    assert booked(cast, desk).booking.place == 1


def test_who_came_was_served(cast: Cast, case: Case) -> None:
    bruno = staff(cast.bruno)
    with refusing(case, "booking_to_come"):
        note_attended(case, by=bruno, at=hours(1))
    note_attended(case, by=bruno, at=MONDAY_NINE, note="New contract signed.")
    assert ended_as(case) == Closure.Reason.SERVED
    assert Entry.objects.get(case=case, kind="booking.kept").content.body == "New contract signed."
    with refusing(case, "booking_settled"):
        note_missed(again(case), by=bruno, at=days(4))


def test_who_did_not_come_is_told_how_to_book_again(cast: Cast, case: Case) -> None:
    note_missed(case, by=staff(cast.bruno), at=MONDAY_NINE + timedelta(hours=1))
    assert ended_as(case) == Closure.Reason.NOT_ATTENDED
    assert Letter.objects.filter(case=case, kind="booking_missed").exists()


def test_a_booking_that_became_a_complaint_goes_on_as_one(cast: Cast, case: Case) -> None:
    change_kind(case, kind=Kind.COMPLAINT, by=COMPLAINANT, at=hours(1), reason="Again!")
    note_attended(case, by=staff(cast.bruno), at=MONDAY_NINE)
    assert again(case).closed_at is None
    assert standing(case).state == Booking.State.ATTENDED


def test_a_complaint_is_not_settled_by_itself(cast: Cast, case: Case) -> None:
    assert FRIDAY < MONDAY_NINE
    with refusing(case, "not_permitted"):
        note_attended(case, by=COMPLAINANT, at=MONDAY_NINE)
