"""Incidents and duty by API: declared, told, answered and closed; duty taken and changed."""

from datetime import time, timedelta
from typing import Any

import pytest

from tests import cast as people
from tests.cast import Cast
from valedor.api.tests.staff_programs import Acting, Clock, program_of
from valedor.api.tests.test_acting import field_problems
from valedor.api.tests.test_acting_at_desk import listed
from valedor.api.tests.test_interface import is_problem, told
from valedor.casefile.models import Kind, Stage
from valedor.incidents.collective.models import AnswerPart, CollectiveAnswer, Incident, NoticeSent
from valedor.incidents.duty.actions.set_plan import TurnGiven, set_duty_plan
from valedor.incidents.duty.models import CallOut, DutyChange
from valedor.incidents.tests.test_tell_affected import somebody

WORDS = {"ca": "S'ha trencat una canonada.", "es": "Se rompió una tubería.", "en": "A main broke."}
TITLE = {"ca": "Sense aigua", "es": "Sin agua", "en": "No water"}


@pytest.fixture(autouse=True)
def mail(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def declaration(clock: Clock, **more: Any) -> dict[str, Any]:
    return {
        "title": TITLE,
        "words": WORDS,
        "began_at": (clock.at - timedelta(hours=1)).isoformat(),
        "expected_end_at": (clock.at + timedelta(hours=8)).isoformat(),
        "places": "Raval",
    } | more


def test_an_incident_lives_from_its_declaration_to_its_end(cast: Cast, clock: Clock) -> None:
    cases = [people.a_case(cast, stage=Stage.DECIDED) for _number in range(2)]
    late = people.a_case(cast, stage=Stage.DECIDED)
    bruno = program_of(cast, cast.bruno, at=clock.at)
    asked = told(bruno.get("acts/incident/besos"))["body"]
    assert set(asked["properties"]["title"]["properties"]) == {"ca", "es", "en"}
    assert asked["properties"]["title"]["required"] == ["es", "ca", "en"]
    made = told(bruno.post("acts/incident/besos", declaration(clock)))
    number = Incident.objects.get().pk
    assert made["address"] == f"/api/v1/incidents/{number}"

    references = [case.reference for case in cases]
    joined = told(bruno.post(f"acts/incident-gathering/{number}", {"cases": [*references, "X"]}))
    assert joined["words"] == "2 cases joined."
    assert joined["remarks"] == ["X is not here any more."]
    read = told(bruno.get(f"incidents/{number}"))
    assert {one["reference"] for one in read["members"]} == set(references)
    assert (read["state"], read["cases"], read["words"]) == ("lasts", 2, WORDS)
    acts = {one["noun"]: one for one in read["acts"]}
    assert acts["incident-closing"]["why_not"]["code"] == "not_ended"

    news = {"words": WORDS, "expected_end_at": (clock.at + timedelta(hours=9)).isoformat()}
    assert bruno.post(f"acts/incident-news/{number}", news).status_code == 200
    over = {"words": WORDS, "ended_at": clock.at.isoformat()}
    assert bruno.post(f"acts/incident-end/{number}", over).status_code == 200
    assert is_problem(bruno.post(f"acts/incident-end/{number}", over), 409, "ended")
    assert is_problem(bruno.post(f"acts/incident-closing/{number}"), 409, "cases_open")

    answer = {"words": WORDS, "cases": 7}
    blind = field_problems(bruno.post(f"acts/incident-answer/{number}", answer))
    assert blind["#/cases"][2] == (
        "It would reach 2 now: read whom, then say that number. “cases” has to be 2."
    )
    assert not CollectiveAnswer.objects.exists()
    unsaid = field_problems(bruno.post(f"acts/incident-answer/{number}", {"words": WORDS}))
    assert unsaid["#/cases"][1] == "field_missing"
    done = told(bruno.post(f"acts/incident-answer/{number}", {"words": WORDS, "cases": 2}))
    assert done["words"] == "The answer goes to 2 cases now."
    with people.acting(cast):
        assert AnswerPart.objects.filter(case__in=cases).count() == 2
    assert told(bruno.get(f"incidents/{number}"))["answer"]["waiting"] == 2
    bruno.post(f"acts/incident-gathering/{number}", {"cases": [late.reference]})
    rest = told(bruno.post(f"acts/incident-answer-rest/{number}", {"cases": 1}))
    assert rest["words"] == "The answer goes to 1 case now."


def test_a_text_in_several_languages_is_told_where_it_is_wrong(cast: Cast, clock: Clock) -> None:
    bruno = program_of(cast, cast.bruno, at=clock.at)
    missing = declaration(clock, title={"es": "Sin agua", "ca": "Sense aigua"})
    assert field_problems(bruno.post("acts/incident/besos", missing))["#/title/en"][1] == (
        "field_missing"
    )
    foreign = declaration(clock, title=TITLE | {"fr": "Pas d'eau"})
    wrong = field_problems(bruno.post("acts/incident/besos", foreign))["#/title/fr"]
    assert wrong[1] == "field_unknown"
    flat = declaration(clock, title="Sin agua")
    assert "an object with" in field_problems(bruno.post("acts/incident/besos", flat))["#/title"][2]
    by_field = declaration(clock) | {"title_es": "Sin agua"}
    assert field_problems(bruno.post("acts/incident/besos", by_field))["#/title_es"][1] == (
        "field_unknown"
    )
    assert not Incident.objects.exists()


def test_word_goes_to_as_many_as_were_read(cast: Cast, clock: Clock) -> None:
    for name in ("Pol", "Eva"):
        somebody(cast, name, language="es")
    bruno, gia = (program_of(cast, one, at=clock.at) for one in (cast.bruno, cast.gia))
    bruno.post("acts/incident/besos", declaration(clock))
    incident = Incident.objects.get()
    (line,) = told(bruno.get(f"incidents/{incident.pk}"))["history"]
    (act,) = line["acts"]
    people_field = act["body"]["properties"]["people"]
    assert (people_field["minimum"], people_field["maximum"]) == (2, 2)
    assert people_field["description"] == "2 by e-mail, 0 by SMS."
    address = act["address"].removeprefix("/api/v1/")
    somebody(cast, "Mar", language="es")
    field_problems(bruno.post(address, {"people": 2}))
    assert not NoticeSent.objects.exists(), "one more is there than was read"
    assert told(bruno.post(address, {"people": 3}))["words"] == "It goes to 3 people now."
    with people.acting(cast):
        assert NoticeSent.objects.filter(line=line["number"]).count() == 3
    again = bruno.post(address, {"people": 3})
    assert is_problem(again, 409, "nobody")
    assert is_problem(bruno.get("acts/incident-notice/7"), 404, "not_found")
    assert is_problem(gia.get(address), 403, "not_permitted")


def test_incidents_of_another_entity_are_not_there(cast: Cast, clock: Clock) -> None:
    bruno = program_of(cast, cast.bruno, at=clock.at)
    bruno.post("acts/incident/besos", declaration(clock))
    number = Incident.objects.get().pk
    dario = Acting(cast.dario, cast.ipe, at=clock.at)
    assert told(dario.get("incidents"))["incidents"] == []
    assert is_problem(dario.get(f"incidents/{number}"), 404, "not_found")
    assert is_problem(dario.post("acts/incident/besos", declaration(clock)), 404, "not_found")
    assert is_problem(dario.post(f"acts/incident-closing/{number}"), 404, "not_found")


def test_who_is_on_duty_is_read_and_changed(cast: Cast, clock: Clock) -> None:
    turns = [TurnGiven(day, time(0), time(23, 59), cast.bruno) for day in ("monday", "tuesday")]
    set_duty_plan(cast.besos, cast.attention, turns=turns, by=None, at=people.FRIDAY)
    bruno, carla = (program_of(cast, one, at=clock.at) for one in (cast.bruno, cast.carla))
    (plan,) = told(bruno.get("duty"))["plans"]
    assert plan["stretches"][0]["accounts"] in ([], ["bruno"])
    assert ["bruno"] in [one["accounts"] for one in plan["stretches"]]
    body = {
        "begins_at": "2026-11-23T09:00:00+01:00",
        "ends_at": "2026-11-23T12:00:00+01:00",
        "account": "carla",
    }
    done = told(carla.post(f"acts/duty-change/{plan['number']}", body))
    assert done["words"] == "It is written down: the change holds in its time."
    change = DutyChange.objects.get()
    assert (change.account, change.rank) == (cast.carla, 1)
    (plan,) = told(bruno.get("duty"))["plans"]
    assert [one["account"] for one in plan["changes"]] == ["carla"]
    unknown = carla.post(f"acts/duty-change/{plan['number']}", body | {"account": "dario"})
    assert field_problems(unknown)["#/account"][1] == "field_unfit"
    assert carla.post(f"acts/duty-change-end/{change.pk}").status_code == 200
    change.refresh_from_db()
    assert change.withdrawn_at is not None
    gia = program_of(cast, cast.gia, at=clock.at)
    assert is_problem(gia.get("duty"), 403, "not_permitted")


def test_an_emergency_is_taken(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast, kind=Kind.INCIDENT)
    plan = set_duty_plan(cast.besos, cast.attention, by=None, at=people.FRIDAY)
    with people.acting(cast):
        going = CallOut.objects.create(
            case=case, entity=cast.besos, plan=plan, begun_at=people.FRIDAY, next_at=clock.at
        )
    bruno = program_of(cast, cast.bruno, at=clock.at)
    (waiting,) = told(bruno.get("duty"))["waiting"]
    assert waiting["reference"] == case.reference
    assert f"duty-taking/{going.pk}" in listed(bruno.get("acts"))
    done = told(bruno.post(f"acts/duty-taking/{going.pk}"))
    assert done["reference"] == case.reference
    assert is_problem(bruno.post(f"acts/duty-taking/{going.pk}"), 409, "taken")
    with people.acting(cast):
        assert CallOut.objects.get(pk=going.pk).taken_by == cast.bruno
