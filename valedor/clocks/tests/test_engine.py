"""What stops, holds, restarts and extends a clock, one table of named cases each."""

from datetime import date, timedelta

import pytest

from valedor.clocks.calendars import Closures, working_calendar
from valedor.clocks.counting import Counting
from valedor.clocks.engine import compute
from valedor.clocks.limits import Limit, Unit
from valedor.clocks.outcome import Happening, Outcome
from valedor.clocks.refusals import ClockRefused
from valedor.clocks.rule import Extension, Rule, Validity

from .examples import (
    BRAZIL,
    MADRID,
    OFFICE,
    ROLLS,
    SAO_PAULO,
    STAYS,
    UNION,
    a_pausing_rule,
    a_rule,
    at,
    happened,
)

CATALONIA = working_calendar(("ES-CT",))
START = at("2026-11-02T10:00")  # A Monday.


def count(rule: Rule, *events: Happening, start: str = "2026-11-02T10:00") -> Outcome:
    return compute(rule, at(start), CATALONIA, MADRID, events)


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        pytest.param(a_rule(5), date(2026, 11, 9), id="a week of business days"),
        pytest.param(a_rule(0, counting=ROLLS), date(2026, 11, 2), id="at once"),
        pytest.param(a_rule(5, Unit.CALENDAR_DAYS), date(2026, 11, 7), id="stays on a Saturday"),
        pytest.param(a_rule(5, Unit.CALENDAR_DAYS, ROLLS), date(2026, 11, 9), id="rolls to Monday"),
        pytest.param(
            a_rule(5, Unit.CALENDAR_DAYS, ROLLS, kind="retention"),
            date(2026, 11, 7),
            id="what is kept never rolls",
        ),
        pytest.param(a_rule(12, Unit.MONTHS), date(2027, 11, 2), id="a year"),
        pytest.param(
            a_rule(5, counting=Counting("six days", weekend=frozenset({7}))),
            date(2026, 11, 7),
            id="Saturdays worked",
        ),
    ],
)
def test_a_clock_without_events(rule: Rule, due: date) -> None:
    assert count(rule).due == due


@pytest.mark.parametrize(
    ("events", "due", "state", "left"),
    [
        pytest.param((), date(2026, 11, 16), "running", None, id="nothing happens"),
        pytest.param(
            (happened("asked", "2026-11-04T09:00"), happened("answered", "2026-11-06T09:00")),
            date(2026, 11, 18),
            "running",
            None,
            id="two days",
        ),
        pytest.param(
            (happened("asked", "2026-11-04T09:00"), happened("answered", "2026-11-04T18:00")),
            date(2026, 11, 16),
            "running",
            None,
            id="within one day",
        ),
        pytest.param(
            (
                happened("asked", "2026-11-04T09:00"),
                happened("asked_elsewhere", "2026-11-05T09:00"),
                happened("answered", "2026-11-06T09:00"),
                happened("answered_elsewhere", "2026-11-09T09:00"),
            ),
            date(2026, 11, 19),
            "running",
            None,
            id="overlapping: each day once",
        ),
        pytest.param(
            (
                happened("asked", "2026-11-04T09:00"),
                happened("asked", "2026-11-05T09:00"),
                happened("answered", "2026-11-06T09:00"),
                happened("answered", "2026-11-09T09:00"),
            ),
            date(2026, 11, 18),
            "running",
            None,
            id="asked twice, answered twice",
        ),
        pytest.param(
            (happened("asked", "2026-11-04T09:00"),), None, "paused", "8 business_days", id="open"
        ),
        pytest.param(
            (
                happened("asked", "2026-11-04T09:00"),
                happened("asked_elsewhere", "2026-11-05T09:00"),
                happened("answered", "2026-11-06T09:00"),
            ),
            None,
            "paused",
            "8 business_days",
            id="one of two still open",
        ),
        pytest.param(
            (happened("answered", "2026-11-06T09:00"),),
            date(2026, 11, 16),
            "running",
            None,
            id="an answer nobody asked for",
        ),
    ],
)
def test_pauses(
    events: tuple[Happening, ...], due: date | None, state: str, left: str | None
) -> None:
    outcome = count(a_pausing_rule(10, Unit.BUSINESS_DAYS), *events)
    assert outcome.due == due
    assert outcome.state == state
    assert (str(outcome.left) if outcome.left else None) == left
    assert (outcome.ends_at is None) == (due is None)


def test_both_end_days_of_a_pause_may_count() -> None:
    rule = a_rule(
        10,
        Unit.CALENDAR_DAYS,
        pauses_on=("asked",),
        resumes_on=("answered",),
        pause_both_ends=True,
    )
    events = (happened("asked", "2026-11-04T09:00"), happened("answered", "2026-11-06T09:00"))
    assert count(rule, *events).due == date(2026, 11, 15)


def test_an_event_named_twice_ends_at_the_first_of_its_two_ends() -> None:
    rule = a_rule(10, pauses_on=("asked", "asked"), resumes_on=("answered", "time_over"))
    asked, over = happened("asked", "2026-11-03T09:00"), happened("time_over", "2026-11-05T09:00")
    late = happened("answered", "2026-11-06T09:00")
    assert count(rule, asked, over, late).due == date(2026, 11, 18)


def test_a_hold_takes_the_day_away_and_the_time_used_is_lost() -> None:
    rule = a_rule(10, held_by=("asked",), restarts_on=("answered",))
    asked = happened("asked", "2026-11-05T09:00")
    held = count(rule, asked)
    assert (held.state, held.due, str(held.left)) == ("held", None, "10 business_days")
    again = count(rule, asked, happened("answered", "2026-12-01T09:00"))
    assert again.due == date(2026, 12, 16)
    assert again.first_day == date(2026, 12, 1)


def test_a_restart_forgets_pauses_and_extensions() -> None:
    rule = a_rule(
        10,
        pauses_on=("asked",),
        resumes_on=("answered",),
        restarts_on=("filed_anew",),
        extension=Extension(5, Unit.BUSINESS_DAYS),
    )
    events = (
        happened("extended", "2026-11-03T09:00", 5),
        happened("asked", "2026-11-04T09:00"),
        happened("filed_anew", "2026-11-05T09:00"),
    )
    assert count(rule, *events).due == date(2026, 11, 19)


@pytest.mark.parametrize(
    ("when", "due", "late"),
    [
        ("2026-11-20T09:00", date(2026, 12, 4), 0),
        ("2027-11-02T09:00", date(2027, 11, 16), 0),
        ("2027-11-03T09:00", date(2026, 11, 16), 1),
    ],
    ids=["after the day", "on the last day of the year", "a day too late"],
)
def test_a_restart_after_the_due_day_counts_within_its_limit(
    when: str, due: date, late: int
) -> None:
    rule = a_rule(
        14,
        Unit.CALENDAR_DAYS,
        restarts_on=("informed",),
        restart_within=Limit(12, Unit.MONTHS, STAYS),
    )
    outcome = count(rule, happened("informed", when))
    assert outcome.due == due
    assert len(outcome.late) == late


def test_waiting_adds_no_days_and_the_first_event_decides() -> None:
    rule = a_rule(14, Unit.CALENDAR_DAYS, waits_for=("goods_back", "proof"))
    first = happened("proof", "2026-11-20T09:00")
    assert count(rule, first, happened("goods_back", "2026-11-25T09:00")).due == date(2026, 11, 20)
    assert count(rule, happened("proof", "2026-11-05T09:00")).due == date(2026, 11, 16)


def test_what_comes_after_the_due_day_is_history() -> None:
    outcome = count(a_pausing_rule(5, Unit.BUSINESS_DAYS), happened("asked", "2026-11-10T00:00"))
    assert outcome.due == date(2026, 11, 9)
    assert [event.name for event in outcome.late] == ["asked"]


def test_a_step_on_the_last_minute_of_the_due_day_is_in_time() -> None:
    outcome = count(a_pausing_rule(5, Unit.BUSINESS_DAYS), happened("asked", "2026-11-09T23:59"))
    assert outcome.state == "paused"


def test_events_count_by_their_moment_whatever_their_order() -> None:
    rule = a_pausing_rule(10, Unit.BUSINESS_DAYS)
    asked = happened("asked", "2026-11-04T09:00")
    answered = happened("answered", "2026-11-06T09:00")
    assert count(rule, answered, asked).due == count(rule, asked, answered).due


def test_months_added_to_months_are_one_sum() -> None:
    rule = a_rule(1, Unit.MONTHS, extension=Extension(2, Unit.MONTHS))
    event = happened("extended", "2026-02-20T09:00", 2)
    assert count(rule, event, start="2026-01-31T10:00").due == date(2026, 4, 30)


@pytest.mark.parametrize(
    ("code", "event"),
    [
        ("extension_beyond_limit", happened("extended", "2026-11-03T09:00", 6)),
        ("extension_in_other_unit", happened("extended", "2026-11-03T09:00", 5, "months")),
        ("extension_after_due", happened("extended", "2026-11-10T00:00", 5)),
        ("extension_without_length", happened("extended", "2026-11-03T09:00")),
        ("unknown_event", happened("sneezed", "2026-11-03T09:00")),
        ("event_before_start", happened("asked", "2026-11-02T09:59")),
    ],
)
def test_refuses(code: str, event: Happening) -> None:
    with pytest.raises(ClockRefused) as refused:
        count(a_pausing_rule(5, Unit.BUSINESS_DAYS), event)
    assert refused.value.code == code


def test_two_extensions_together_may_not_pass_the_limit() -> None:
    rule = a_pausing_rule(5, Unit.BUSINESS_DAYS)
    first = happened("extended", "2026-11-03T09:00", 3)
    assert count(rule, first, happened("extended", "2026-11-04T09:00", 2)).due == date(2026, 11, 16)
    with pytest.raises(ClockRefused, match="extension_beyond_limit"):
        count(rule, first, happened("extended", "2026-11-04T09:00", 3))


def test_a_clock_that_cannot_be_extended_says_so() -> None:
    with pytest.raises(ClockRefused, match="no_extension"):
        count(a_rule(5), happened("extended", "2026-11-03T09:00", 1))


@pytest.mark.parametrize("length", [-1, 10**6])
def test_refuses_an_impossible_length(length: int) -> None:
    with pytest.raises(ClockRefused, match="impossible_length"):
        Limit(length, Unit.CALENDAR_DAYS, STAYS)


def test_filed_electronically_on_a_sunday_it_counts_as_filed_on_monday() -> None:
    sunday = at("2026-11-01T10:00")
    for counting, due in ((OFFICE, date(2026, 11, 7)), (STAYS, date(2026, 11, 6))):
        rule = a_rule(5, Unit.CALENDAR_DAYS, counting, kind="cap")
        outcome = compute(rule, sunday, CATALONIA, MADRID, filed_electronically=True)
        assert outcome.due == due


def test_the_local_day_decides_not_the_day_in_utc() -> None:
    night = at("2026-11-02T23:30", SAO_PAULO)  # Already Tuesday in UTC.
    brazil = working_calendar(("BR",))
    assert compute(a_rule(1), night, brazil, SAO_PAULO).due == date(2026, 11, 3)


def test_the_duty_ends_at_the_next_local_midnight() -> None:
    outcome = count(a_rule(5))
    assert outcome.ends_at == at("2026-11-10T00:00")


def test_a_day_that_ends_with_a_jump_of_the_clocks_ends_at_the_jump() -> None:
    """Brazil's clocks used to jump from midnight to one."""
    start = at("2018-10-31T10:00", SAO_PAULO)
    outcome = compute(a_rule(3, Unit.CALENDAR_DAYS), start, working_calendar(("BR",)), SAO_PAULO)
    assert outcome.due == date(2018, 11, 3)
    assert outcome.ends_at is not None
    assert outcome.ends_at.isoformat() == "2018-11-04T03:00:00+00:00"


@pytest.mark.parametrize(
    ("validity", "binding"),
    [
        (Validity(), True),
        (Validity(voluntary=True), False),
        (Validity(law_from=date(2026, 11, 2)), True),
        (Validity(law_from=date(2026, 11, 3)), False),
        (Validity(law_from=date(2026, 11, 3), binding_at_end=True), True),
        (Validity(law_until=date(2026, 11, 1)), False),
        (Validity(transposed={}), False),
        (Validity(transposed={"PT": date(2020, 1, 1)}), False),
        (Validity(transposed={"ES": date(2020, 1, 1)}), True),
        (Validity(transposed={"ES": date(2027, 1, 1)}), False),
    ],
)
def test_whether_a_rule_binds(validity: Validity, binding: bool) -> None:
    assert count(a_rule(5, validity=validity)).binding is binding


@pytest.mark.parametrize(
    ("rule", "start", "provisional"),
    [
        (a_rule(5, Unit.CALENDAR_DAYS), "2027-03-01T10:00", False),
        (a_rule(5), "2026-12-28T10:00", True),
        (a_rule(2, Unit.CALENDAR_DAYS, ROLLS), "2026-12-31T10:00", True),
        (a_rule(1, counting=ROLLS), "2026-12-30T10:00", False),
        (a_rule(1, Unit.MONTHS, UNION), "2026-11-30T10:00", False),
    ],
)
def test_an_unpublished_year_looked_at_makes_it_provisional(
    rule: Rule, start: str, provisional: bool
) -> None:
    assert count(rule, start=start).provisional is provisional


def test_a_missing_day_of_the_month_becomes_the_next_in_brazil() -> None:
    brazil = working_calendar(("BR",))
    start = at("2028-01-31T10:00", SAO_PAULO)
    assert compute(a_rule(1, Unit.MONTHS, BRAZIL), start, brazil, SAO_PAULO).due == date(2028, 3, 1)


def test_hours_pause_by_elapsed_time() -> None:
    rule = a_pausing_rule(48, Unit.HOURS)
    events = (happened("asked", "2026-11-02T12:00"), happened("answered", "2026-11-02T15:30"))
    outcome = count(rule, *events)
    assert outcome.due_at == START + timedelta(hours=51, minutes=30)
    standing = count(rule, events[0])
    assert (standing.state, str(standing.left)) == ("paused", "46 hours")


def test_own_closures_count_only_where_the_counting_says_so() -> None:
    closures = Closures("1", ((date(2026, 11, 3), "Works"),))
    calendar = working_calendar(("ES-CT",), closures)
    law = compute(a_rule(1), START, calendar, MADRID)
    own = compute(a_rule(1, counting=Counting("own", own_closures=True)), START, calendar, MADRID)
    assert (law.due, own.due) == (date(2026, 11, 3), date(2026, 11, 4))
    assert [step.reason for step in own.steps] == ["closure", "counted_business_days"]


def test_a_moment_without_offset_is_refused() -> None:
    with pytest.raises(ClockRefused, match="event_without_offset"):
        compute(a_rule(1), START.replace(tzinfo=None), CATALONIA, MADRID)


def test_a_year_that_no_calendar_knows_is_refused() -> None:
    with pytest.raises(ClockRefused, match="outside_calendars"):
        count(a_rule(1), start="1990-01-02T10:00")


def test_minutes_pass_as_hours_do_and_stand_still_with_a_pause() -> None:
    rule = a_pausing_rule(45, Unit.MINUTES)
    whole = count(rule)
    assert whole.due_at == at("2026-11-02T10:45")
    paused = count(
        rule, happened("asked", "2026-11-02T10:10"), happened("answered", "2026-11-02T10:30")
    )
    assert paused.due_at == at("2026-11-02T11:05")
