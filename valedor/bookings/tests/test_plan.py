from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from valedor.bookings.plan import hours_of_day, plan_of, times_of
from valedor.foundation.refusals import Refused

MADRID = ZoneInfo("Europe/Madrid")


def test_a_week_is_read_in_order_and_written_the_same() -> None:
    plan = plan_of(["thu 16:00-18:00", "mon 9:00-14:00"])
    assert [str(one) for one in plan] == ["mon 09:00-14:00", "thu 16:00-18:00"]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["someday 09:00-10:00"], "hours_unreadable"),
        (["mon 25:00-26:00"], "hours_unreadable"),
        (["mon"], "hours_unreadable"),
        (["mon 10:00-10:00"], "hours_backwards"),
        (["mon 09:00-12:00", "mon 11:00-13:00"], "hours_overlap"),
    ],
)
def test_what_is_no_plan_gets_a_sentence(lines: list[str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        plan_of(lines)
    assert refused.value.code == code


def test_times_follow_each_other_and_end_before_it_closes() -> None:
    plan = plan_of(["mon 09:00-10:10"])
    times = times_of(plan, date(2026, 11, 23), minutes=30, zone=MADRID)
    assert [f"{one.astimezone(MADRID):%H:%M}" for one in times] == ["09:00", "09:30"]
    assert times_of(plan, date(2026, 11, 24), minutes=30, zone=MADRID) == []


def test_an_hour_that_the_clocks_skip_is_none() -> None:
    plan = plan_of(["sun 01:30-03:30"])
    times = times_of(plan, date(2026, 3, 29), minutes=30, zone=MADRID)
    assert times == [
        datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
        datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
    ]


def test_what_is_typed_for_a_day_becomes_lines() -> None:
    assert hours_of_day("9:00-14:00, 16:00-18:30", 0) == ["mon 9:00-14:00", "mon 16:00-18:30"]
