"""Every date counted by hand comes out of the calculator, with all that is said about it."""

import itertools
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from valedor.clocks.calendars import working_calendar
from valedor.clocks.fresh import due_moment
from valedor.clocks.limits import Limit, Unit
from valedor.procedures.catalogue import catalogue
from valedor.procedures.countings import countings
from valedor.procedures.deadline import DeadlineRequest, answer

CASES: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases.toml").read_text("utf-8")
)


def asked(case: dict[str, Any], reading: str = "") -> dict[str, Any]:
    own = case.get("own_length", False)
    return answer(
        DeadlineRequest(
            regime=case["regime"],
            clock=case["clock"],
            start=case["start"].isoformat(),
            regions=tuple(case["regions"]),
            timezone=case["timezone"],
            events=tuple(case.get("events", ())),
            filed=case.get("filed", ""),
            reading=reading,
            length=str(case["length"]) if own else "",
            unit=case["unit"] if own else "",
            counting=case["counting"] if own else "",
        )
    )


@pytest.mark.parametrize("name", CASES)
def test_the_day_is_the_one_counted_by_hand(name: str) -> None:
    case = CASES[name]
    found = asked(case)
    assert "error" not in found
    assert found["due"] == (case["due"].isoformat() if "due" in case else None)
    assert found["due_at"] == (case["due_at"].isoformat() if "due_at" in case else None)
    assert found["state"] == case.get("state", "running")
    assert found["left"] == case.get("left")
    assert found["late"] == case.get("late", [])
    assert found["binding"] is case["binding"]
    assert found["provisional"] is case["provisional"]
    assert found["length"] == case["length"]
    assert found["unit"] == case["unit"]
    assert found["counting"] == case["counting"]


@pytest.mark.parametrize("name", [name for name in CASES if "holidays_skipped" in CASES[name]])
def test_the_holidays_left_out_are_named(name: str) -> None:
    steps = asked(CASES[name])["steps"]
    skipped = [date.fromisoformat(step["from"]) for step in steps if step["reason"] == "holiday"]
    assert skipped == CASES[name]["holidays_skipped"]


@pytest.mark.parametrize("name", [name for name in CASES if "other_reading" in CASES[name]])
def test_the_other_reading_gives_its_own_day(name: str) -> None:
    case = CASES[name]
    due = case["other_due"].isoformat()
    assert asked(case, reading=case["other_reading"])["due"] == due
    readings = {reading["key"]: reading for reading in asked(case)["readings"]}
    assert readings[case["other_reading"]]["due"] == due


@pytest.mark.parametrize("name", CASES)
def test_the_stretches_lead_to_the_day(name: str) -> None:
    """Stretches follow each other without gap; those that count add up to the length."""
    case = CASES[name]
    found = asked(case)
    if found["due"] is None or not case["length"]:
        return
    steps = [step for step in found["steps"] if step["days"]]
    for before, after in itertools.pairwise(steps):
        gap = date.fromisoformat(after["from"]) - date.fromisoformat(before["to"])
        assert gap.days == 1
    assert steps[-1]["to"] == found["due"]
    if case["unit"] != "months":
        assert sum(step["days"] for step in steps if step["what"] == "counted") == case["length"]


@pytest.mark.parametrize(
    "name",
    [name for name, case in CASES.items() if not case.keys() & {"events", "filed", "state"}],
)
def test_the_quick_path_gives_the_same_end(name: str) -> None:
    case = CASES[name]
    rule = catalogue().pack(case["regime"]).clocks[case["clock"]].rule
    if case.get("own_length"):
        counting = countings()[case["counting"]].counting
        rule = type(rule)(Limit(case["length"], Unit(case["unit"]), counting), kind=rule.kind)
    zone = ZoneInfo(case["timezone"])
    moment = due_moment(rule, case["start"], working_calendar(tuple(case["regions"])), zone)
    if "due_at" in case:
        assert moment.isoformat() == case["due_at"].astimezone(moment.tzinfo).isoformat()
    else:
        last_second = datetime.fromtimestamp(moment.timestamp() - 1, zone)
        assert last_second.date() == case["due"]
        assert last_second.time().isoformat() == "23:59:59"
