"""What must hold of every clock, whatever its numbers."""

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from valedor.clocks.calendars import working_calendar
from valedor.clocks.counting import Counting
from valedor.clocks.engine import compute
from valedor.clocks.fresh import due_moment, is_provisional
from valedor.clocks.limits import Unit
from valedor.clocks.outcome import Happening, Outcome

from .examples import COUNTINGS, a_pausing_rule, a_rule

countings = st.sampled_from(COUNTINGS)
units = st.sampled_from(list(Unit))
day_units = st.sampled_from([Unit.CALENDAR_DAYS, Unit.BUSINESS_DAYS, Unit.MONTHS])
lengths = st.integers(0, 60)
calendars = st.sampled_from(
    [("ES-CT",), ("ES-MD", "ES-CT"), ("ES-CT-BCN",), ("BR",), ("BR-RJ",), ("PT",), ("GB-ENG",)]
).map(working_calendar)
zones = st.sampled_from(["Europe/Madrid", "America/Sao_Paulo", "Pacific/Auckland", "UTC"]).map(
    ZoneInfo
)
starts = st.datetimes(datetime(2015, 1, 1), datetime(2027, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001
kinds = st.sampled_from(["deadline", "window", "retention", "cap"])
many = settings(max_examples=150, deadline=None)


@many
@given(lengths, units, countings, calendars, zones, starts, kinds)
def test_the_quick_path_is_the_full_path(length, unit, counting, calendar, zone, start, kind):  # type: ignore[no-untyped-def]
    rule = a_rule(length, unit, counting, kind=kind)
    outcome = compute(rule, start, calendar, zone)
    assert due_moment(rule, start, calendar, zone) == outcome.ends_at
    if outcome.due:
        assert is_provisional(rule, outcome.due) is outcome.provisional


@many
@given(lengths, units, countings, calendars, zones, starts)
def test_a_longer_limit_is_never_due_earlier(length, unit, counting, calendar, zone, start):  # type: ignore[no-untyped-def]
    shorter = due_moment(a_rule(length, unit, counting), start, calendar, zone)
    longer = due_moment(a_rule(length + 1, unit, counting), start, calendar, zone)
    assert longer >= shorter


@many
@given(lengths, day_units, countings, calendars, zones, starts)
def test_a_later_start_is_never_due_earlier(length, unit, counting, calendar, zone, start):  # type: ignore[no-untyped-def]
    rule = a_rule(length, unit, counting)
    later = start + timedelta(days=1)
    assert due_moment(rule, later, calendar, zone) >= due_moment(rule, start, calendar, zone)


@many
@given(
    st.integers(1, 60), units, countings, calendars, zones, starts,
    st.lists(st.tuples(st.integers(0, 2000), st.sampled_from(
        ["asked", "answered", "asked_elsewhere", "answered_elsewhere"])), max_size=8),
)  # fmt: skip
def test_a_pause_never_shortens_and_the_stretches_lead_to_the_day(  # type: ignore[no-untyped-def]
    length, unit, counting, calendar, zone, start, pauses
):
    rule = a_pausing_rule(length, unit, counting)
    events = [Happening(name, start + timedelta(hours=hours)) for hours, name in pauses]
    fresh = compute(rule, start, calendar, zone)
    outcome = compute(rule, start, calendar, zone, events)
    if outcome.ends_at is None:
        assert outcome.state == "paused"
        assert outcome.left is not None
        assert outcome.left.amount >= 0
    else:
        assert fresh.ends_at is not None
        assert outcome.ends_at >= fresh.ends_at
    _follow_each_other(outcome, counting)


@many
@given(st.integers(1, 40), st.integers(1, 40), day_units, countings, calendars, zones, starts)
def test_an_extension_never_shortens(length, more, unit, counting, calendar, zone, start):  # type: ignore[no-untyped-def]
    rule = a_pausing_rule(length, unit, counting)
    extended = Happening("extended", start, min(more, length))
    fresh = compute(rule, start, calendar, zone)
    outcome = compute(rule, start, calendar, zone, [extended])
    assert outcome.due is not None
    assert fresh.due is not None
    assert outcome.due >= fresh.due
    _follow_each_other(outcome, counting)


def _follow_each_other(outcome: Outcome, counting: Counting) -> None:
    """Stretches leave no gap and end where the clock says."""
    steps = outcome.steps
    if outcome.due is None:
        return
    lasting = [step for step in steps if step.amount or step.what == "paused"]
    for before, after in itertools.pairwise(lasting):
        assert isinstance(before.ends, date)
        assert (after.begins - before.ends).days == 1  # type: ignore[operator]  # Days both.
    if lasting:
        assert lasting[-1].ends == outcome.due
        assert lasting[0].begins == outcome.first_day + timedelta(days=1)
