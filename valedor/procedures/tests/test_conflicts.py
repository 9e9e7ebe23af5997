"""Which clocks run, which day is shown, and which targets may be set."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from valedor.clocks.calendars import working_calendar
from valedor.clocks.limits import Limit, Unit
from valedor.procedures.conditions import Condition, Facts, completed
from valedor.procedures.conflicts import Shown, applicable_clocks, date_shown, why_not_target
from valedor.procedures.countings import countings

MADRID = ZoneInfo("Europe/Madrid")
WATER = {"consumer_relation": True, "basic_service": True, "sector_sets_term": False}
REGIMES = ("es-trlgdcu-21", "es-ct-consumer-code", "es-lsac-2025")
PLAIN = countings()["plain"].counting


def shown(start: str, facts: Facts, kind: str = "claim") -> Shown:
    at = datetime.fromisoformat(start).replace(tzinfo=MADRID)
    clocks = applicable_clocks(
        REGIMES, kind, {**WATER, **facts}, at.date(), promised=["es-lsac-2025"]
    )
    return date_shown(clocks, at, working_calendar(("ES-CT",)), MADRID)


def test_before_the_law_binds_the_earlier_law_is_shown_and_no_later_promise() -> None:
    found = shown("2026-11-20T09:00", {"matter_other": True})
    assert found.law is not None
    assert (found.law.applicable.name, found.law.due) == ("es-trlgdcu-21/reply", date(2026, 12, 5))
    assert found.promise is None


def test_a_stricter_promise_stands_beside_the_law() -> None:
    found = shown("2026-11-20T09:00", {"matter_billing": True})
    assert found.law is not None
    assert found.promise is not None
    assert found.law.due == date(2026, 12, 5)
    assert found.promise.due == date(2026, 11, 25)
    assert not found.ask


def test_until_the_matter_is_known_the_shortest_holds_and_it_is_asked() -> None:
    found = shown("2027-01-11T09:00", {})
    assert found.law is not None
    assert found.law.applicable.name == "es-lsac-2025/continuity_reply"
    assert found.ask == ("matter_continuity", "matter_billing")


def test_once_it_binds_the_law_of_large_companies_displaces_the_general_term() -> None:
    found = shown("2027-01-11T09:00", {"matter_other": True})
    assert found.law is not None
    assert found.law.applicable.name == "es-lsac-2025/resolution"
    assert found.law.due == date(2027, 2, 1)


def test_the_states_fifteen_days_come_before_the_catalan_month() -> None:
    start = datetime(2026, 1, 31, 10, tzinfo=MADRID)
    clocks = applicable_clocks(REGIMES[:2], "claim", WATER, start.date())
    found = date_shown(clocks, start, working_calendar(("ES-CT",)), MADRID)
    assert found.law is not None
    assert found.law.due == date(2026, 2, 15)


@pytest.mark.parametrize(("hours", "length"), [(24, 24), (48, 48)])
def test_where_nothing_binds_the_rule_of_the_trade_answers(hours: int, length: int) -> None:
    clocks = applicable_clocks(
        REGIMES, "suggestion", WATER, date(2026, 11, 20), first_answer_hours=hours
    )
    assert [(one.name, one.role, one.rule.limit.length) for one in clocks] == [
        ("iso-10002/first_answer", "promise", length)
    ]


def test_a_law_not_promised_does_not_run_before_it_binds() -> None:
    clocks = applicable_clocks(["es-lsac-2025"], "claim", WATER, date(2026, 11, 20))
    assert {one.pack.key for one in clocks} == {"iso-10002"}


def test_an_ombudsman_has_clocks_of_its_own() -> None:
    clocks = applicable_clocks(
        ["generic-ombudsman"],
        "claim",
        {"ombudsman_appointed": True, "law_rules_ombudsman": False},
        date(2026, 11, 20),
        instance="ombudsman",
    )
    assert {one.name for one in clocks} == {
        "generic-ombudsman/admission",
        "generic-ombudsman/opinion",
    }


@pytest.mark.parametrize(
    ("target", "law", "may"),
    [
        ((10, Unit.BUSINESS_DAYS), (15, Unit.BUSINESS_DAYS), True),
        ((15, Unit.BUSINESS_DAYS), (15, Unit.BUSINESS_DAYS), True),
        ((16, Unit.BUSINESS_DAYS), (15, Unit.BUSINESS_DAYS), False),
        ((15, Unit.CALENDAR_DAYS), (15, Unit.BUSINESS_DAYS), True),
        ((15, Unit.BUSINESS_DAYS), (15, Unit.CALENDAR_DAYS), False),
        ((15, Unit.BUSINESS_DAYS), (1, Unit.MONTHS), True),
        ((31, Unit.CALENDAR_DAYS), (1, Unit.MONTHS), False),
        ((28, Unit.CALENDAR_DAYS), (1, Unit.MONTHS), True),
        ((48, Unit.HOURS), (2, Unit.CALENDAR_DAYS), True),
        ((48, Unit.HOURS), (24, Unit.HOURS), False),
        ((1, Unit.CALENDAR_DAYS), (2, Unit.HOURS), False),
    ],
)
def test_targets_are_stricter_than_the_law(
    target: tuple[int, Unit], law: tuple[int, Unit], may: bool
) -> None:
    why = why_not_target(Limit(*target, PLAIN), Limit(*law, PLAIN))
    assert (why is None) is may


CONDITION = Condition(all=("a",), any=("b", "c"), none=("d",))


@pytest.mark.parametrize(
    ("facts", "answer", "ask"),
    [
        ({}, "unknown", ("a", "d", "b", "c")),
        ({"a": False}, "no", ()),
        ({"d": True}, "no", ()),
        ({"b": False, "c": False}, "no", ()),
        ({"a": True, "b": True}, "unknown", ("d",)),
        ({"a": True, "b": False, "d": False}, "unknown", ("c",)),
        ({"a": True, "c": True, "d": False}, "yes", ()),
    ],
)
def test_conditions_have_three_answers(facts: Facts, answer: str, ask: tuple[str, ...]) -> None:
    verdict = CONDITION.judge(facts)
    assert (verdict.answer, verdict.ask) == (answer, ask)


def test_an_empty_condition_is_met() -> None:
    assert Condition().judge({}).answer == "yes"


def test_one_matter_chosen_answers_for_the_others() -> None:
    facts = completed({"matter_billing": True}, "claim")
    assert facts["matter_billing"] is True
    assert facts["matter_continuity"] is False
    assert "matter_billing" not in completed({}, "claim")


def test_a_handler_may_say_that_two_matters_hold() -> None:
    both = {"matter_billing": True, "matter_continuity": True}
    assert completed(both, "claim")["matter_continuity"] is True
