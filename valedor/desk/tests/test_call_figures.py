"""Figures of calls are counted from what switchboards told; the file says what the page says."""

import csv
from datetime import timedelta

import pytest

from tests import cast as people
from tests.cast import Cast
from valedor.channels.models import Call, Line
from valedor.channels.telephone.actions.set_line import set_line
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import words_of
from valedor.desk.views import call_figures
from valedor.people.models import Entity

SECOND = timedelta(seconds=1)
DAY = people.days(1).date().isoformat()
ASK = f"?entity=besos&begins={DAY}&ends={DAY}"


@pytest.fixture(autouse=True)
def _then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_figures, "now", lambda: people.days(1))


@pytest.fixture
def line(cast: Cast) -> Line:
    Entity.objects.filter(pk=cast.besos.pk).update(regimes=["es-lsac-2025", "iso-10002"])
    return set_line(
        cast.besos, "care", name="Atenció", number="900 106 240", by=None, at=people.FRIDAY
    )


def a_call(
    cast: Cast, line: Line, name: str, waited: int, *, talked: int | None = 300, minutes: int = 0
) -> None:
    """A call that waited so many seconds; one that nobody answered was ``talked`` none."""
    offered = people.days(1) + timedelta(minutes=minutes)
    over = offered + waited * SECOND
    with people.acting(cast):
        Call.objects.create(
            entity=cast.besos,
            line=line,
            name_at_switch=name,
            queue="bills",
            state=Call.State.ABANDONED if talked is None else Call.State.ENDED,
            offered_at=offered,
            answered_at=None if talked is None else over,
            abandoned_at=over if talked is None else None,
            ended_at=None if talked is None else over + talked * SECOND,
            last_event_at=over,
        )


def test_waits_answers_in_time_and_who_hung_up(cast: Cast, line: Line, sign_in: SignIn) -> None:
    for name, waited in (("c1", 10), ("c2", 179), ("c3", 181)):
        a_call(cast, line, name, waited)
    a_call(cast, line, "c4", 60, talked=None, minutes=40)
    cast.besos.promised_regimes = ["es-lsac-2025"]
    cast.besos.save(update_fields=["promised_regimes"])
    carla = sign_in(cast.carla)
    page = carla.get(f"/desk/calls/figures{ASK}")
    (row,) = page.context["rows"]
    assert (row["received"], row["answered"], row["in_time"], row["abandoned"]) == (
        "4", "3", "50 %", "25 %",
    )  # fmt: skip
    assert row["longest"] == "3:01"
    assert "10.3" in words_of(page), "the law is named"
    halves = carla.get(f"/desk/calls/figures{ASK}&by=half_hour").context["rows"]
    assert [one["received"] for one in halves] == ["3", "1"]
    file = carla.get(f"/desk/calls/figures.csv{ASK}").content.decode()
    head, told = csv.reader(file.splitlines())
    assert dict(zip(head, told, strict=True))["answered_in_time"] == "2"


def test_what_is_asked_wrongly_is_said(cast: Cast, line: Line, sign_in: SignIn) -> None:
    carla = sign_in(cast.carla)
    assert carla.get(f"/desk/calls/figures{ASK}&ends=2020-01-01").status_code == 422
    assert carla.get("/desk/calls/figures?entity=nowhere").status_code == 422
    assert carla.get("/desk/calls/staffing?after=-3").status_code == 422


def test_people_needed_are_drawn_from_what_such_days_brought(
    cast: Cast, line: Line, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        a_call(cast, line, f"c{number}", 10, minutes=number % 3)
    monkeypatch.setattr(call_figures, "now", lambda: people.days(8))
    page = sign_in(cast.carla).get("/desk/calls/staffing?entity=besos&after=0")
    (row,) = page.context["rows"]
    assert (row["calls"], row["handling"]) == ("5.0", "5:00"), "four such days, one with calls"
    assert int(row["agents"]) >= 2
    assert "<rect" in page.content.decode()
    empty = sign_in(cast.carla).get("/desk/calls/staffing?entity=besos&weekday=7")
    assert "No history" in words_of(empty)
