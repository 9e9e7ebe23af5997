"""Whoever sends something wrong learns which field, where it stands, and what is expected there.

Every POST is tried with each of its fields missing and of a wrong type: what may stand there is
read from the description, so that a new endpoint or field is tried too.
"""

import json
import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import translation

from valedor.api.interface import description
from valedor.api.tests.test_interface import COMPLAINT, Program, an_entity, is_problem, told
from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation import moments
from valedor.people.models import Entity
from valedor.procedures.publishing import publish_packs

pytestmark = pytest.mark.django_db

DESCRIBED = description()
GOOD: dict[str, dict[str, Any]] = {
    "register_case": COMPLAINT | {"representative": {"name": "Elena"}, "facts": {}},
    "send_message": {"author": "complainant", "text": "Adjunto la factura."},
}
WRONG: dict[str, list[Any]] = {
    "string": [7, True, [], {}, None],
    "boolean": ["yes", 1, [], None],
    "integer": ["one", [], {}, None],
    "array": ["one", 7, {}, None],
    "object": ["one", 7, [], None],
}


@pytest.fixture
def besos() -> Entity:
    publish_packs(at=moments.now())
    return an_entity("besos")


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """Every POST but acts, whose forms say what is wrong (``test_acting.py``): its name, its
    address, and what its body may be.
    """
    return [
        (operation["operationId"], path, body_of(operation))
        for path, methods in DESCRIBED["paths"].items()
        for method, operation in methods.items()
        if method == "post" and "/acts/" not in path
    ]


def body_of(operation: dict[str, Any]) -> dict[str, Any]:
    return resolved(operation["requestBody"]["content"]["application/json"]["schema"])


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    """A piece of the description, without the leave to say null."""
    for one in node.get("anyOf", ()):
        if one.get("type") != "null":
            node = one
    if "$ref" in node:
        found = DESCRIBED["components"]["schemas"][node["$ref"].rpartition("/")[2]]
        return dict(found)
    return node


def may_be_null(node: dict[str, Any]) -> bool:
    return {"type": "null"} in node.get("anyOf", ())


def wrong_values(node: dict[str, Any], good: Any, place: tuple[str, ...] = ()) -> Any:
    """Everywhere in a body: a place, and a value that cannot stand there."""
    for name, child in node.get("properties", {}).items():
        here, inner = (*place, name), resolved(child)
        for value in WRONG[inner["type"]]:
            if not (value is None and may_be_null(child)):
                yield here, value
        if inner["type"] == "object" and "properties" in inner:
            yield from wrong_values(inner, good, here)


def changed(body: Any, place: tuple[str, ...], value: Any) -> Any:
    """The body with another value at a place."""
    copy: Any = json.loads(json.dumps(body))
    inside = copy
    for name in place[:-1]:
        inside = inside.setdefault(name, {})
    inside[place[-1]] = value
    return copy


def send(program: Program, path: str, body: Any, key: str) -> HttpResponse:
    return program.post(path.removeprefix("/api/v1/"), body, key=key)


def address(program: Program, path: str) -> str:
    if "{reference}" not in path:
        return path
    made = told(program.post("cases", COMPLAINT, key="made"))["case"]["reference"]
    return path.replace("{reference}", made)


def the_fault(response: HttpResponse, status: int = 422, code: str = "request_invalid") -> Any:
    """The only one; the document as a whole says the same."""
    assert is_problem(response, status, code)
    document = told(response)
    (fault,) = document["errors"]
    assert fault["detail"] == document["detail"]
    assert re.fullmatch(r"[A-Z“].+\.", fault["detail"]), fault["detail"]
    return fault


def test_every_post_is_tried() -> None:
    assert {name for name, _path, _body in operations()} == set(GOOD)


@pytest.mark.parametrize(("name", "path", "body"), operations())
def test_a_missing_field_is_named_with_what_it_takes(
    besos: Entity, name: str, path: str, body: dict[str, Any]
) -> None:
    program = Program(besos)
    where = address(program, path)
    for number, field in enumerate(body["required"]):
        rest = {key: value for key, value in GOOD[name].items() if key != field}
        fault = the_fault(send(program, where, rest, f"without-{number}"))
        assert (fault["code"], fault["where"]) == ("field_missing", "body")
        assert (fault["field"], fault["pointer"]) == (field, f"#/{field}")
        assert f"“{field}” is missing. Send " in fault["detail"]
        for word in resolved(body["properties"][field]).get("enum", ()):
            assert word in fault["detail"]
    everything = send(program, where, {}, "empty")
    assert [one["field"] for one in told(everything)["errors"]] == body["required"]
    assert all(field in told(everything)["detail"] for field in body["required"])


@pytest.mark.parametrize(("name", "path", "body"), operations())
def test_a_wrong_type_is_named_with_what_it_takes(
    besos: Entity, name: str, path: str, body: dict[str, Any]
) -> None:
    program = Program(besos)
    where = address(program, path)
    tried = 0
    for number, (place, value) in enumerate(wrong_values(body, GOOD[name])):
        sent = changed(GOOD[name], place, value)
        fault = the_fault(send(program, where, sent, f"wrong-{number}"))
        field = "/".join(place)
        assert (fault["code"], fault["pointer"]) == ("field_unfit", f"#/{field}"), (place, value)
        assert fault["detail"].startswith(f"“{field}” has to be "), fault
        tried += 1
    assert tried > 5
    with viewing(the_house(besos)):
        assert Case.objects.count() == ("{reference}" in path)


@pytest.mark.parametrize(("name", "path", "body"), operations())
@pytest.mark.parametrize("sent", [[], "text", 7, None])
def test_a_body_that_is_no_object_is_told_which_fields_it_needs(
    besos: Entity, name: str, path: str, body: dict[str, Any], sent: object
) -> None:
    program = Program(besos)
    fault = the_fault(send(program, address(program, path), sent, "k"))

    assert (fault["field"], fault["pointer"]) == ("", "#")
    assert all(field in fault["detail"] for field in body["required"])


@pytest.mark.parametrize(
    ("change", "code", "field", "words"),
    [
        ({"kind": "quarrel"}, "field_unfit", "kind", "enquiry, order"),
        ({"colour": "red"}, "field_unknown", "colour", "there are: kind, narrative"),
        ({"narrative": " "}, "field_unfit", "narrative", "1 to 100000 characters"),
        ({"narrative": "a\0b"}, "character_impossible", "narrative", "Take it out"),
        ({"narrative": "\ud800"}, "character_impossible", "narrative", "Take it out"),
        ({"received_at": "2026-01-01T10:00"}, "field_unfit", "received_at", "offset"),
        ({"complainant": {"email": "nobody"}}, "field_unfit", "complainant/email", "name@example"),
        ({"grievances": ["x", ""]}, "field_unfit", "grievances/1", "1 to 100000"),
        ({"facts": {"a/b": "x"}}, "field_unfit", "facts/a~1b", "true or false"),
        (
            {"representative": {"name": "E", "expires_on": "soon"}},
            "field_unfit",
            "representative/expires_on",
            "2026-11-20",
        ),
    ],
)
def test_the_sentence_says_what_is_expected(
    besos: Entity, change: dict[str, Any], code: str, field: str, words: str
) -> None:
    fault = the_fault(Program(besos).post("cases", COMPLAINT | change))

    assert (fault["code"], fault["field"]) == (code, field)
    assert words in fault["detail"]


def test_a_name_that_cannot_be_written_is_answered_all_the_same(besos: Entity) -> None:
    program = Program(besos)
    half = program.post("cases", COMPLAINT | {"\ud800": 1}, key="half")
    assert the_fault(half)["pointer"] == "#"
    accented = program.post("cases", COMPLAINT | {"año": 1}, key="accented")
    assert the_fault(accented)["pointer"] == "#/a%C3%B1o"


@pytest.mark.parametrize(
    ("change", "code", "field", "words"),
    [
        ({"category": "no-such"}, "category_unknown", "category", "no-such"),
        ({"facts": {"involves_mony": True}}, "fact_unknown", "facts", "near to it is"),
        (
            {"received_at": "2999-01-01T00:00:00Z"},
            "received_in_future",
            "received_at",
            "future",
        ),
    ],
)
def test_what_the_house_does_not_know_is_named_too(
    besos: Entity, change: dict[str, Any], code: str, field: str, words: str
) -> None:
    fault = the_fault(Program(besos).post("cases", COMPLAINT | change), 422, code)

    assert (fault["field"], fault["pointer"]) == (field, f"#/{field}")
    assert words in fault["detail"]


@pytest.mark.parametrize(
    ("query", "status", "code", "field"),
    [
        ("kind=quarrel", 400, "filter_unreadable", "kind"),
        ("received_from=yesterday", 400, "filter_unreadable", "received_from"),
        ("received_to=2026-13-01", 400, "filter_unreadable", "received_to"),
        ("colour=red", 400, "parameter_unknown", "colour"),
        ("cursor=nonsense", 400, "cursor_unreadable", "cursor"),
        ("limit=0", 422, "request_invalid", "limit"),
        ("limit=many", 422, "request_invalid", "limit"),
    ],
)
def test_a_part_of_an_address_is_named(
    besos: Entity, query: str, status: int, code: str, field: str
) -> None:
    fault = the_fault(Program(besos).get(f"cases?{query}"), status, code)

    assert (fault["where"], fault["field"], fault["pointer"]) == ("query", field, None)


def test_a_mistyped_reference_is_told_from_one_that_is_not_there(besos: Entity) -> None:
    for path in ("cases/{}", "cases/{}/journey", "cases/{}/messages"):
        letter = Program(an_entity(f"e{len(path)}")).get(path.format("2026-004182-A"))
        assert the_fault(letter, 404, "reference_wrong_letter")["where"] == "path"
    nothing = Program(besos).get("cases/nothing")
    assert the_fault(nothing, 404, "reference_unreadable")["field"] == "reference"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"kind": "complaint",\n "narrative" 7}', "line 2, character 14"),
        (b'{"kind": "caf\xe9"}', "byte 13"),
        (b"[" * 100_000, "JSON"),
    ],
)
def test_a_body_that_cannot_be_read_is_told_from_where_on(
    besos: Entity, body: bytes, words: str
) -> None:
    assert words in the_fault(Program(besos).post("cases", body), 400, "body_unreadable")["detail"]


def test_no_body_at_all_is_told_what_to_send(besos: Entity) -> None:
    fault = the_fault(Program(besos).post("cases", b""))

    assert (fault["code"], fault["pointer"]) == ("field_missing", "#")
    assert "kind, narrative, complainant" in fault["detail"]


def test_a_missing_key_names_its_header(besos: Entity) -> None:
    response = Program(besos).post("cases", COMPLAINT, key=None)

    fault = the_fault(response, 400, "idempotency_key_missing")
    assert (fault["where"], fault["field"]) == ("header", "Idempotency-Key")


def test_a_wrong_method_and_a_failure_of_ours_are_problem_documents_too(
    besos: Entity, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = Program(besos)
    wrong = program.client.delete("/api/v1/cases", headers={"Accept-Language": "en"})
    assert is_problem(wrong, 405, "method_not_allowed")  # type: ignore[arg-type]
    assert set(wrong["Allow"].split(", ")) == {"GET", "POST"}

    def dies(*_arguments: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("valedor.api.queries.page_of", dies)
    assert is_problem(program.get("cases"), 500, "failed")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "Falta «author»"),
        ("ca", "Falta «author»"),
        ("pt-br", "Falta “author”"),
        ("en", "“author” is missing"),
    ],
)
def test_sentences_are_in_the_language_that_is_asked_for(
    besos: Entity, language: str, words: str
) -> None:
    program = Program(besos)
    where = address(program, "/api/v1/cases/{reference}/messages").removeprefix("/api/v1/")
    with translation.override(None):
        response = program.post(where, {"text": "x"}, **{"Accept-Language": language})
    assert words in the_fault(response)["detail"]
