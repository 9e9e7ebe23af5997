"""Who books has a time and a place, in writing; nobody else has them too."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from icalendar import Calendar

from tests.cast import FRIDAY, Cast, again, hours, kinds_of
from valedor.bookings.models import Booking, Service
from valedor.bookings.slots import free_slots
from valedor.bookings.tests.booking import MONDAY_NINE, booked
from valedor.casefile import store
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Deadline, Document, Letter
from valedor.channels.email.composing import message_of
from valedor.foundation.refusals import Refused
from valedor.people.actions.closures import add_closure
from valedor.people.models import Role
from valedor.procedures.house_rules import house_rules

MONDAY, THURSDAY = date(2026, 11, 23), date(2026, 11, 26)


def test_a_booking_is_registered_and_confirmed_with_a_file_for_the_calendar(
    cast: Cast, desk: Service
) -> None:
    done = booked(cast, desk)
    case = again(done.registration.case)
    assert "booking.made" in kinds_of(case)
    letter = Letter.objects.get(case=case, kind="booking_made")
    assert "lunes, 23 de noviembre de 2026, 09:00–09:30" in letter.body
    assert "Carrer Major 1" in letter.body
    message = message_of(letter, recipient="ana@example.org", at=hours(1))
    parts = {one.get_content_type(): one for one in message.walk()}
    assert parts["text/calendar"].get_filename() == f"{case.reference}.ics"
    event = _event_of(case)
    assert event.start == MONDAY_NINE
    assert event["status"] == "CONFIRMED"


def test_nobody_waits_for_an_answer_to_what_was_booked(cast: Cast, desk: Service) -> None:
    case = booked(cast, desk).registration.case
    unmet = Deadline.objects.filter(
        case=case, state="running", duty__in=["respond", "first_answer"]
    )
    assert not unmet.exists()


def test_a_time_is_given_once(cast: Cast, desk: Service) -> None:
    booked(cast, desk)
    before = Case.objects.count()
    with pytest.raises(Refused) as refused:
        booked(cast, desk)
    assert refused.value.code == "time_taken"
    assert Case.objects.count() == before


def test_as_many_as_there_are_places_come_at_the_same_time(cast: Cast, desk: Service) -> None:
    Service.objects.filter(pk=desk.pk).update(places=2)
    places = {booked(cast, desk).booking.place for _number in range(2)}
    assert places == {1, 2}
    with pytest.raises(Refused):
        booked(cast, desk)


def test_the_database_itself_lets_no_two_take_the_same_place(cast: Cast, desk: Service) -> None:
    first = booked(cast, desk).booking
    other = booked(cast, desk, MONDAY_NINE + timedelta(minutes=30)).booking
    with pytest.raises(IntegrityError, match="nobody_is_booked_twice"), transaction.atomic():
        Booking.objects.filter(pk=other.pk).update(occupies=first.occupies)


@pytest.mark.parametrize(
    ("later", "code"),
    [
        (timedelta(minutes=10), "no_such_time"),
        (timedelta(hours=5), "no_such_time"),
        (timedelta(days=-7), "time_over"),
        (timedelta(days=70), "time_too_far"),
    ],
)
def test_only_times_of_the_plan_within_reach(
    cast: Cast, desk: Service, later: timedelta, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        booked(cast, desk, MONDAY_NINE + later)
    assert refused.value.code == code


def test_a_person_needs_notice_and_the_house_needs_none(cast: Cast, desk: Service) -> None:
    at = MONDAY_NINE - timedelta(hours=2)
    with pytest.raises(Refused) as refused:
        booked(cast, desk, at=at)
    assert refused.value.code == "time_too_near"
    nuria = staff(cast.join("nuria", Role.AGENT))
    assert booked(cast, desk, at=at, by=nuria).booking.starts_at == MONDAY_NINE


def test_free_times_leave_out_what_is_taken_closed_or_a_holiday(cast: Cast, desk: Service) -> None:
    days_asked = [MONDAY + timedelta(days=number) for number in range(21)]
    booked(cast, desk)
    add_closure(cast.besos, THURSDAY, name={"es": "Obras"}, by=None, at=FRIDAY)
    found = free_slots(house_rules(cast.besos.pk), desk, days_asked, after=FRIDAY)
    assert len(found[MONDAY]) == 3
    assert THURSDAY not in found
    assert date(2026, 12, 3) in found
    # The seventh of December is a Monday, the eighth a holiday.
    assert date(2026, 12, 7) in found


def test_a_shorter_service_does_not_run_into_a_longer_booking(cast: Cast, desk: Service) -> None:
    booked(cast, desk)
    Service.objects.filter(pk=desk.pk).update(minutes=10)
    desk.refresh_from_db()
    with pytest.raises(Refused) as refused:
        booked(cast, desk, MONDAY_NINE + timedelta(minutes=10))
    assert refused.value.code == "time_taken"


def _event_of(case: Case) -> Any:
    document = Document.objects.filter(case=case, purpose="calendar").latest("pk")
    calendar = Calendar.from_ical(store.read(document.sha256))
    assert isinstance(calendar, Calendar)
    return calendar.events[0]
