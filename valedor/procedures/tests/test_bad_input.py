"""Whatever is wrong in what was asked gets one sentence, a hint that can be typed, and a code."""

import json
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from valedor.procedures.deadline import DeadlineRequest, answer

ASKED = DeadlineRequest(
    regime="es-lsac-2025", clock="resolution", start="2027-01-11T10:00", regions=("ES-MD",)
)
PROMISE = replace(ASKED, regime="iso-10001", clock="promise")


@pytest.mark.parametrize(
    ("code", "request_"),
    [
        ("unknown_regime", replace(ASKED, regime="es-lsac-2052")),
        ("unknown_regime", replace(ASKED, regime="")),
        ("unknown_regime", replace(ASKED, regime="../packs/br-sac")),
        ("unknown_clock", replace(ASKED, clock="resolutio")),
        ("unknown_clock", replace(ASKED, regime="iso-10003", clock="steps")),
        ("unknown_region", replace(ASKED, regions=("ES-XX",))),
        ("unknown_region", replace(ASKED, regions=("ES-MD", "Madrid\x00"))),
        ("no_region", replace(ASKED, regions=())),
        ("timezone_needed", replace(ASKED, regions=("US",))),
        ("unknown_timezone", replace(ASKED, timezone="Europe/Barcelona")),
        ("unknown_timezone", replace(ASKED, timezone="../../etc/passwd")),
        ("bad_moment", replace(ASKED, start="tomorrow")),
        ("bad_moment", replace(ASKED, start="")),
        ("bad_moment", replace(ASKED, start="2027-02-30T10:00")),
        ("bad_moment", replace(ASKED, events=("cured=soon",))),
        ("outside_calendars", replace(ASKED, start="0001-01-01T00:00")),
        ("outside_calendars", replace(ASKED, start="9999-12-31T23:59")),
        ("outside_calendars", replace(ASKED, start="1985-01-01T00:00")),
        ("unknown_event", replace(ASKED, events=("paused=2027-01-12T10:00",))),
        ("event_before_start", replace(ASKED, events=("cured=2027-01-11T09:59",))),
        ("bad_event", replace(ASKED, events=("cured",))),
        ("bad_event", replace(ASKED, events=("=2027-01-12T10:00",))),
        ("bad_event", replace(ASKED, events=("cured:5=2027-01-12T10:00",))),
        ("bad_event", replace(ASKED, events=("extended:ten=2027-01-12T10:00",))),
        ("bad_event", replace(ASKED, events=("extended:5 weeks=2027-01-12T10:00",))),
        ("no_extension", replace(ASKED, events=("extended:5=2027-01-12T10:00",))),
        ("unknown_reading", replace(ASKED, reading="sundays_count")),
        ("unknown_filing", replace(ASKED, filed="by pigeon")),
        ("unknown_language", replace(ASKED, language="fr")),
        ("length_not_yours", replace(ASKED, length="30")),
        ("length_incomplete", replace(PROMISE, length="30")),
        ("unknown_unit", replace(PROMISE, length="3", unit="weeks", counting="plain")),
        ("unknown_counting", replace(PROMISE, length="3", unit="months", counting="mine")),
        ("impossible_length", replace(PROMISE, length="-3", unit="months", counting="plain")),
        ("impossible_length", replace(PROMISE, length="9" * 40, unit="months", counting="plain")),
        ("impossible_length", replace(PROMISE, length="²", unit="months", counting="plain")),
    ],
)
def test_is_answered_with_a_sentence_and_a_hint(code: str, request_: DeadlineRequest) -> None:
    error = answer(request_)["error"]
    assert error["code"] == code
    assert error["message"].endswith(".")
    assert "%(" not in error["message"]
    assert error["hint"]


def test_an_extension_beyond_its_limit_names_the_limit() -> None:
    asked = replace(
        ASKED,
        regime="es-adr-7-2017",
        clock="outcome",
        start="2026-10-05T10:00",
        events=("extended:60=2026-11-01T10:00", "extended:31=2026-11-02T10:00"),
    )
    error = answer(asked)["error"]
    assert error["code"] == "extension_beyond_limit"
    assert "90" in error["message"]
    repaired = replace(asked, events=("extended:60=2026-11-01T10:00",))
    assert answer(repaired)["due"] == "2027-03-04"


@pytest.mark.parametrize("language", ["es", "ca", "pt-BR", "en"])
def test_every_stretch_has_words_in_every_language(language: str) -> None:
    found = answer(replace(ASKED, language=language, start="2026-12-01T10:00"))
    assert all(step["why"] and "%(" not in step["why"] for step in found["steps"])
    holiday = next(step for step in found["steps"] if step["reason"] == "holiday")
    names = {"es": "Constitución", "ca": "Constitució", "pt-BR": "Constituição", "en": "Constit"}
    assert names[language] in holiday["why"]


@pytest.mark.parametrize(
    ("regions", "timezone", "zone"),
    [(("ES-CN",), "", "Atlantic/Canary"), (("US",), "America/Denver", "America/Denver")],
)
def test_moments_without_offset_are_local(
    regions: tuple[str, ...], timezone: str, zone: str
) -> None:
    found = answer(replace(ASKED, regions=regions, timezone=timezone))
    assert found["timezone"] == zone
    assert found["start"].startswith("2027-01-11T10:00:00")


def run(*words: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "valedor.config.command_line", "deadline", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


TYPED = ("--regime", "es-lsac-2025", "--start", "2027-01-11T10:00", "--region", "ES-MD")


def test_the_command_prints_json() -> None:
    code, out, _err = run(*TYPED, "--clock", "resolution", "--json")
    found: dict[str, Any] = json.loads(out)
    assert code == 0
    assert found["due"] == "2027-02-01"


def test_the_command_prints_a_table() -> None:
    code, out, _err = run(*TYPED, "--clock", "resolution")
    assert code == 0
    assert "2027-02-01" in out


def test_the_command_says_what_is_wrong() -> None:
    code, out, err = run(*TYPED, "--clock", "resolutions", "--json")
    assert code == 2
    assert json.loads(out)["error"]["code"] == "unknown_clock"
    assert "hint: --clock resolution" in err
