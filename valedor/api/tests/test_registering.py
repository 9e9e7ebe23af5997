"""What is asked before a contact is registered, and what a person says with it."""

import json
from typing import Any

from tests import cast as people
from tests.cast import ANA, Cast
from valedor.api.tests.staff_programs import Clock, program_of
from valedor.api.tests.test_interface import COMPLAINT, Program, is_problem, told
from valedor.casefile.models import Case, Kind, Message, RawMessage, Stage
from valedor.handling.models import Repetition
from valedor.knowledge.tests.shelf import LEAK, an_article

AGAIN = {
    "kind": "complaint",
    "narrative": "They charge me twice again.",
    "complainant": {"name": ANA.name, "email": ANA.email},
    "if_alike": "refuse",
}


def test_the_same_is_told_before_it_is_registered_twice(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast)
    bruno = program_of(cast, cast.bruno, at=clock.at)
    refused = bruno.post("cases", AGAIN)
    assert is_problem(refused, 409, "likely_duplicates")
    alike = told(refused)["alike"]
    assert case.reference in [one["reference"] for one in alike["cases"]]
    assert {"lately", "email"} <= set(alike["cases"][0]["signs"])
    assert case.complainant_id in [one["number"] for one in alike["persons"]]
    with people.acting(cast):
        assert Case.objects.count() == 1
        assert not RawMessage.objects.filter(state=RawMessage.State.HELD).exists()
    body = AGAIN | {"if_alike": "register", "apart_because": "Another bill."}
    made = told(bruno.post("cases", body))
    with people.acting(cast):
        row = Repetition.objects.get(case__reference=made["case"]["reference"])
        assert row.other_id == case.pk


def test_a_program_is_told_by_what_it_reads(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast)
    reader = Program(cast.besos, "cases:register", "cases:read")
    refused = reader.post("cases", AGAIN)
    assert is_problem(refused, 409, "likely_duplicates")
    assert case.reference in refused.content.decode()
    blind = Program(cast.besos, "cases:register")
    assert is_problem(blind.post("cases", AGAIN), 403, "scope_missing")
    elsewhere = Program(cast.ipe, "cases:register", "cases:read")
    assert elsewhere.post("cases", AGAIN).status_code == 201
    unasked = {name: value for name, value in AGAIN.items() if name != "if_alike"}
    assert blind.post("cases", unasked, key="second").status_code == 201, "nothing is lost unasked"


def test_an_enquiry_is_answered_while_they_are_there(cast: Cast, clock: Clock) -> None:
    an_article(cast.besos)
    bruno = program_of(cast, cast.bruno, at=clock.at)
    body = COMPLAINT | {
        "kind": "enquiry",
        "language": "es",
        "channel": "telephone",
        "answer": "Buenos días.",
        "answer_article": "leak",
    }
    made = told(bruno.post("cases", body))["case"]
    assert made["stage"] == "closed"
    messages = told(bruno.get(f"cases/{made['reference']}/messages"))["messages"]
    assert f"Buenos días.\n\n{LEAK['es']}" in [one["text"] for one in messages]
    with people.acting(cast):
        case = Case.objects.get(reference=made["reference"])
        assert (case.kind, case.stage) == (Kind.ENQUIRY, Stage.CLOSED)
        assert Message.objects.filter(case=case, direction="out").exists()


def test_what_is_no_enquiry_is_not_answered_at_once(cast: Cast, clock: Clock) -> None:
    bruno = program_of(cast, cast.bruno, at=clock.at)
    refused = bruno.post("cases", COMPLAINT | {"answer": "No."})
    assert is_problem(refused, 409, "not_at_once")
    with people.acting(cast):
        assert not Case.objects.exists(), "nothing was registered either"
    unknown = bruno.post("cases", COMPLAINT | {"kind": "enquiry", "answer_article": "none"})
    assert codes(unknown) == {"answer_article": "article_unknown"}


def test_what_only_a_person_says_is_refused_to_a_program(cast: Cast, clock: Clock) -> None:
    program = Program(cast.besos, "cases:register")
    for name, value in {"answer": "Yes.", "held": 7, "apart_because": "No."}.items():
        refused = program.post("cases", COMPLAINT | {name: value}, key=name)
        assert codes(refused) == {name: "said_by_a_person"}


def codes(response: Any) -> dict[str, str]:
    assert response.status_code == 422, response.content
    return {one["field"]: one["code"] for one in json.loads(response.content)["errors"]}
