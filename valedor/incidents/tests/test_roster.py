"""Who is on duty at a moment: nights, holidays, changes of the clocks and of the plan."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from valedor.incidents.duty.roster import Change, Roster, Turn

MADRID = ZoneInfo("Europe/Madrid")
HOLIDAY = date(2026, 12, 8)  # A Tuesday.

WEEK = [
    *(Turn(day, time(8), time(20), 1, 11) for day in ("monday", "tuesday", "wednesday")),
    Turn("monday", time(20), time(8), 1, 22),
    Turn("tuesday", time(8), time(20), 2, 33),
    Turn("holiday", time(0), time(0), 1, 44),
    Turn("sunday", time(0), time(0), 1, 55),
]


def a_roster(*changes: Change) -> Roster:
    return Roster(WEEK, changes, MADRID, lambda day: day == HOLIDAY)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=MADRID).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "people"),
    [
        pytest.param("2026-11-30T08:00", (11,), id="from its first minute"),
        pytest.param("2026-11-30T20:00", (22,), id="the night follows the day"),
        pytest.param("2026-12-01T07:59", (22,), id="the night belongs to the day it began"),
        pytest.param("2026-12-01T08:00", (11, 33), id="first and second"),
        pytest.param("2026-12-02T20:00", (), id="nobody where the plan has nobody"),
        pytest.param("2026-12-08T12:00", (44,), id="on a holiday the holiday's turns"),
        pytest.param("2026-12-08T00:30", (22, 44), id="the night before goes on into it"),
        pytest.param("2026-11-29T23:59", (55,), id="the same time twice is a whole day"),
        pytest.param("2026-10-25T02:30", (55,), id="while clocks go back"),
    ],
)
def test_who_is_on_duty(moment: str, people: tuple[int, ...]) -> None:
    assert a_roster().on_duty(at(moment)) == people


def test_a_change_takes_the_place_of_its_rank_and_the_newest_holds() -> None:
    begins, ends = at("2026-12-01T10:00"), at("2026-12-01T12:00")
    changed = a_roster(Change(begins, ends, 1, 66), Change(begins, ends, 1, 77))
    assert changed.on_duty(begins) == (77, 33)
    assert changed.on_duty(ends) == (11, 33)
    assert a_roster(Change(begins, ends, 2, None)).on_duty(begins) == (11,)


def test_stretches_lie_end_to_end_and_say_what_every_moment_says() -> None:
    begins, ends = at("2026-12-01T10:00"), at("2026-12-01T12:00")
    roster = a_roster(Change(begins, ends, 1, 66))
    since = at("2026-11-30T07:10")
    until = since + timedelta(days=9)
    found = list(roster.stretches(since, until))
    assert found[0][0] == since
    assert found[-1][1] == until
    for (_from, end, people), (begin, _to, others) in pairwise(found):
        assert end == begin
        assert people != others
    for begin, end, people in found:
        assert roster.on_duty(begin) == roster.on_duty(end - timedelta(seconds=1)) == people
