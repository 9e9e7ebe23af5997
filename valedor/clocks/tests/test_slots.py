"""Working hours in several slots a day, across nights, holidays and changes of the clocks."""

from datetime import time, timedelta

import pytest

from valedor.clocks.calendars import working_calendar
from valedor.clocks.refusals import ClockRefused
from valedor.clocks.slots import Slot, WorkingHours, add_working_hours, working_hours_between

from .examples import MADRID, STAYS, at

SHOP = WorkingHours(
    slots=tuple(
        slot
        for weekday in range(1, 6)
        for slot in (
            Slot(weekday, time(9), time(14)),
            Slot(weekday, time(16), time(19)),
        )
    ),
    calendar=working_calendar(("ES-CT",)),
    counting=STAYS,
    timezone=MADRID,
)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        pytest.param("2026-11-02T09:00", 8, "2026-11-02T19:00", id="one whole day"),
        pytest.param("2026-11-02T13:00", 2, "2026-11-02T17:00", id="over lunch"),
        pytest.param("2026-11-06T18:00", 2, "2026-11-09T10:00", id="over a weekend"),
        pytest.param("2026-12-07T18:00", 2, "2026-12-09T10:00", id="over a holiday"),
        pytest.param("2026-11-07T12:00", 1, "2026-11-09T10:00", id="from a Saturday"),
        pytest.param("2026-11-02T15:00", 0, "2026-11-02T15:00", id="nothing to add"),
    ],
)
def test_working_hours_are_added(start: str, hours: int, end: str) -> None:
    found = add_working_hours(SHOP, at(start), timedelta(hours=hours))
    assert found == at(end)
    assert working_hours_between(SHOP, at(start), found) == timedelta(hours=hours)


def test_a_slot_in_the_night_of_25_hours_is_an_hour_longer() -> None:
    night = WorkingHours((Slot(7, time(0), time(4)),), SHOP.calendar, _EVERY_DAY, MADRID)
    start = at("2026-10-25T00:00")
    assert add_working_hours(night, start, timedelta(hours=5)) == at("2026-10-25T04:00")


def test_a_slot_may_last_until_midnight_and_slots_may_overlap() -> None:
    late = (Slot(1, time(20), time(0)), Slot(1, time(22), time(23)))
    evening = WorkingHours(late, SHOP.calendar, STAYS, MADRID)
    start = at("2026-11-02T20:00")
    assert add_working_hours(evening, start, timedelta(hours=4)) == at("2026-11-03T00:00")


def test_hours_in_which_nobody_works_are_refused() -> None:
    closed = WorkingHours((), SHOP.calendar, STAYS, MADRID)
    with pytest.raises(ClockRefused, match="no_working_hours"):
        add_working_hours(closed, at("2026-11-02T09:00"), timedelta(hours=1))


_EVERY_DAY = type(STAYS)("every day", weekend=frozenset())
