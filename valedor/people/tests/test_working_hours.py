from datetime import UTC, date, datetime

import pytest

from valedor.people.working_hours import next_at_work, read_stretch

ZONE = "Europe/Madrid"
WEEK = ["mon-fri 09:00-14:00", "wed 16:00-20:00"]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 by Madrid's clocks; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (at(23, 10), at(23, 10)),  # At work.
        (at(23, 8), at(23, 9)),  # In an hour.
        (at(23, 14), at(24, 9)),  # The stretch is over at its end.
        (at(25, 15), at(25, 16)),  # Between two stretches of a day.
        (at(27, 18), at(30, 9)),  # Friday evening.
    ],
)
def test_when_somebody_is_at_work_next(now: datetime, then: datetime) -> None:
    assert next_at_work(WEEK, now, ZONE) == then


def test_days_of_absence_are_none_of_work() -> None:
    away = [(date(2026, 11, 23), date(2026, 11, 27))]
    assert next_at_work(WEEK, at(23, 10), ZONE, away=away) == at(30, 9)
    assert next_at_work([], at(23, 10), ZONE, away=away) == at(28, 1).replace(hour=23, day=27)
    assert next_at_work([], at(23, 10), ZONE) == at(23, 10)


def test_a_week_that_goes_over_sunday() -> None:
    assert read_stretch("sat-mon 22:00-24:00").days == (5, 6, 0)


@pytest.mark.parametrize(
    "wrong", ["", "monday 9-15", "mon 15:00-09:00", "mon 09:00-25:00", "mon 09:00-24:30", "fri"]
)
def test_what_names_no_hours_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong[:3] or "^$"):
        read_stretch(wrong)
