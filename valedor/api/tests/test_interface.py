"""Register, read, list, write and follow through the interface."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from valedor.casefile.models import Case, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation import moments
from valedor.foundation.references import reference_of
from valedor.people.models import Entity, Team
from valedor.procedures.models import Category
from valedor.procedures.publishing import publish_packs
from valedor.programs.tokens import OF_PROGRAMS, issue_token, revoke_token

pytestmark = pytest.mark.django_db

COMPLAINT = {
    "kind": "complaint",
    "narrative": "La factura de marzo dobla la de febrero y nadie me explica por qué.",
    "complainant": {"name": "Ana Puig", "email": "ana@example.org"},
}


@pytest.fixture
def besos() -> Entity:
    publish_packs(at=moments.now())
    return an_entity("besos")


def an_entity(key: str) -> Entity:
    entity = Entity.objects.create(
        key=key,
        name=key.title(),
        country="ES",
        region="ES-CT",
        timezone="Europe/Madrid",
        languages=["es", "ca"],
        default_language="es",
        regimes=["iso-10002"],
    )
    team = Team.objects.create(key=f"{key}-front", name={"en": "Front"})
    team.entities.add(entity)
    return entity


class Program:
    """A program that calls the interface with a token."""

    def __init__(self, entity: Entity, *scopes: str) -> None:
        self.name = f"{entity.key} {' '.join(scopes)}"
        self.token = issue_token(
            self.name, entity, scopes or sorted(OF_PROGRAMS), by=None, at=moments.now()
        )
        self.client = Client(raise_request_exception=False)

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.client.get(f"/api/v1/{path}", headers=self._headers(headers))  # type: ignore[return-value]

    def post(
        self, path: str, body: object, *, key: str | None = "first", **headers: str
    ) -> HttpResponse:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        if key is not None:
            headers["Idempotency-Key"] = key
        return self.client.post(  # type: ignore[return-value]
            f"/api/v1/{path}",
            content,
            content_type="application/json",
            headers=self._headers(headers),
        )

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Accept-Language": "en"} | more


def told(response: HttpResponse) -> Any:
    return json.loads(response.content)


def is_problem(response: HttpResponse, status: int, code: str) -> bool:
    assert response["Content-Type"] == "application/problem+json", response.content
    document = told(response)
    assert (response.status_code, document["status"], document["code"]) == (status, status, code)
    assert document["detail"]
    assert document["title"]
    return True


def test_a_case_is_registered_and_read(besos: Entity) -> None:
    program = Program(besos)
    registered = program.post("cases", COMPLAINT)

    assert registered.status_code == 201, registered.content
    case = told(registered)["case"]
    assert len(told(registered)["access_code"]) == 14
    assert case["channel"] == "api"
    assert case["complainant"] == "Ana Puig"
    assert case["received_at"][-6:] in {"+01:00", "+02:00"}
    assert registered["Location"] == f"/api/v1/cases/{case['reference']}"

    read = program.get(f"cases/{case['reference']}")
    assert told(read) == case
    assert read["ETag"] == registered["ETag"]
    unchanged = program.get(f"cases/{case['reference']}", **{"If-None-Match": read["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert {one["Cache-Control"] for one in (registered, read, unchanged)} == {"private, no-cache"}


def test_what_was_posted_is_kept_as_bytes(besos: Entity) -> None:
    body = json.dumps(COMPLAINT, indent=3).encode()
    reference = told(Program(besos).post("cases", body))["case"]["reference"]

    with viewing(the_house(besos)):
        case = Case.objects.get(reference=reference)
        raw = RawMessage.objects.get(case=case)
        assert bytes(raw.content or b"") == body
        assert raw.state == RawMessage.State.REGISTERED


def test_a_body_that_cannot_be_read_is_kept_and_told(besos: Entity) -> None:
    response = Program(besos).post("cases", b'{"kind": "complaint", ')

    assert is_problem(response, 400, "body_unreadable")
    with viewing(the_house(besos)):
        raw = RawMessage.objects.get()
        assert bytes(raw.content or b"") == b'{"kind": "complaint", '
        assert (raw.state, raw.trouble) == (RawMessage.State.HELD, "400 body_unreadable")
        assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "quarrel"}, "kind"),
        ({"narrative": ""}, "narrative"),
        ({"narrative": "a\0b"}, "narrative"),
        ({"narrative": "\ud800"}, "narrative"),
        ({"narrative": 7}, "narrative"),
        ({"narrative": "x" * 100_001}, "narrative"),
        ({"colour": "red"}, "colour"),
        ({"complainant": {"email": "nobody"}}, "complainant/email"),
        ({"complainant": {"name": "x" * 201}}, "complainant/name"),
        ({"received_at": "2026-01-01T10:00:00"}, "received_at"),
        ({"grievances": [""]}, "grievances/0"),
        ({"language": "tlh"}, "language"),
    ],
)
def test_a_field_that_cannot_be_taken_is_named(
    besos: Entity, change: dict[str, Any], field: str
) -> None:
    response = Program(besos).post("cases", COMPLAINT | change)

    assert is_problem(response, 422, "request_invalid")
    assert [error["field"] for error in told(response)["errors"]] == [field]
    assert [error["pointer"] for error in told(response)["errors"]] == [f"#/{field}"]


@pytest.mark.parametrize("body", [[], "text", 7, None])
def test_a_body_that_is_no_object_is_refused(besos: Entity, body: object) -> None:
    assert Program(besos).post("cases", body).status_code == 422


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"category": "no-such"}, "category_unknown"),
        ({"received_at": "2999-01-01T00:00:00Z"}, "received_in_future"),
        ({"received_at": "1999-01-01T00:00:00Z"}, "received_too_early"),
    ],
)
def test_what_the_house_does_not_know_is_refused(
    besos: Entity, change: dict[str, Any], code: str
) -> None:
    assert is_problem(Program(besos).post("cases", COMPLAINT | change), 422, code)


def test_a_representative_speaks_for_the_complainant(besos: Entity) -> None:
    body = COMPLAINT | {"representative": {"name": "Elena Roca", "basis": "daughter"}}
    case = told(Program(besos).post("cases", body))["case"]

    assert case["complainant"] == "Ana Puig"


def test_a_mandate_that_was_over_speaks_for_nobody(besos: Entity) -> None:
    body = COMPLAINT | {
        "received_at": "2026-11-19T10:00:00Z",
        "representative": {"name": "Elena Roca", "expires_on": "2026-11-18"},
    }
    program = Program(besos)
    assert is_problem(program.post("cases", body), 422, "mandate_over")
    body["received_at"] = "2026-11-18T10:00:00Z"
    assert told(program.post("cases", body, key="second"))["case"]["complainant"] == "Ana Puig"


# ------------------------------------------------------------------ who may
def test_without_a_living_token_everything_is_401(besos: Entity) -> None:
    program = Program(besos)
    client = Client()
    for path in ("cases", "cases/2026-004182-P", "token", "cases/2026-004182-P/journey"):
        for header in ("", "Bearer", "Bearer nonsense", "Basic YTpi", f"bearer {'x' * 5000}"):
            response = client.get(f"/api/v1/{path}", headers={"Authorization": header})
            assert is_problem(response, 401, "not_authenticated")  # type: ignore[arg-type]
            assert response["WWW-Authenticate"] == "Bearer"
    assert program.get("token").status_code == 200
    revoke_token(program.name, by=None, at=moments.now())
    assert program.get("token").status_code == 401
    assert program.post("cases", COMPLAINT).status_code == 401


@pytest.mark.parametrize(
    ("scope", "call"),
    [
        ("cases:read", lambda program: program.post("cases", COMPLAINT)),
        ("cases:register", lambda program: program.get("cases")),
        ("cases:register", lambda program: program.get("cases/2026-004182-P")),
        (
            "cases:read",
            lambda program: program.post(
                "cases/2026-004182-P/messages", {"author": "complainant", "text": "x"}
            ),
        ),
    ],
)
def test_a_token_does_no_more_than_its_scopes(
    besos: Entity, scope: str, call: Callable[[Program], HttpResponse]
) -> None:
    response = call(Program(besos, scope))

    assert is_problem(response, 403, "scope_missing")


def test_cases_of_another_entity_do_not_exist(besos: Entity) -> None:
    reference = told(Program(besos).post("cases", COMPLAINT))["case"]["reference"]
    stranger = Program(an_entity("ter"))

    assert told(stranger.get("cases"))["cases"] == []
    message = {"author": "complainant", "text": "x"}
    for path in (f"cases/{reference}", f"cases/{reference}/journey", f"cases/{reference}/messages"):
        missing = stranger.get(path.replace(reference, reference_of(2026, 999_999)))
        hidden = stranger.get(path)
        assert is_problem(hidden, 404, "not_found")
        assert hidden.content == missing.content
    assert is_problem(stranger.post(f"cases/{reference}/messages", message), 404, "not_found")


def test_protected_cases_are_not_shown(besos: Entity) -> None:
    program = Program(besos)
    reference = told(program.post("cases", COMPLAINT))["case"]["reference"]
    with viewing(the_house(besos)):
        Case.objects.filter(reference=reference).update(is_protected=True)

    assert program.get(f"cases/{reference}").status_code == 404
    assert told(program.get("cases"))["cases"] == []


def test_an_unknown_address_is_a_problem_document(besos: Entity) -> None:
    for path in ("", "nothing", f"cases/{reference_of(2026, 4182)}/closure", "docs"):
        assert is_problem(Program(an_entity(f"e{len(path)}")).get(path), 404, "not_found")


# ------------------------------------------------------------------ lists
def test_pages_lead_on_by_cursor(besos: Entity) -> None:
    program = Program(besos)
    made = [
        told(program.post("cases", COMPLAINT, key=f"key-{number}"))["case"]["reference"]
        for number in range(5)
    ]
    seen: list[str] = []
    cursor = ""
    while True:
        page = told(program.get(f"cases?limit=2&cursor={cursor}"))
        seen += [case["reference"] for case in page["cases"]]
        if page["next_cursor"] is None:
            break
        cursor = page["next_cursor"]

    assert seen == made[::-1]


def test_filters_narrow_the_list(besos: Entity) -> None:
    program = Program(besos)
    program.post("cases", COMPLAINT, key="one")
    claim = told(program.post("cases", COMPLAINT | {"kind": "claim"}, key="two"))["case"]

    found = told(program.get("cases?kind=claim&stage=received"))["cases"]
    assert [case["reference"] for case in found] == [claim["reference"]]
    assert told(program.get("cases?received_to=2020-01-01"))["cases"] == []


def test_a_list_names_a_category_as_the_case_and_the_filter_do(besos: Entity) -> None:
    name = {"es": "Facturas", "ca": "Factures"}
    Category.objects.create(entity=besos, key="bills", name=name, valid_from=date(2026, 1, 1))
    program = Program(besos)
    case = told(program.post("cases", COMPLAINT | {"category": "bills"}))["case"]

    (line,) = told(program.get("cases?category=bills"))["cases"]
    assert (line["category"], case["category"]) == ("bills", "bills")


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("kind=quarrel", 400, "filter_unreadable"),
        ("received_from=yesterday", 400, "filter_unreadable"),
        ("colour=red", 400, "parameter_unknown"),
        ("cursor=nonsense", 400, "cursor_unreadable"),
        ("cursor=WzEsMl0", 400, "cursor_unreadable"),
        ("limit=0", 422, "request_invalid"),
        ("limit=1000", 422, "request_invalid"),
        ("limit=many", 422, "request_invalid"),
    ],
)
def test_what_cannot_be_read_in_an_address_is_told(
    besos: Entity, query: str, status: int, code: str
) -> None:
    assert is_problem(Program(besos).get(f"cases?{query}"), status, code)


# ------------------------------------------------------------------ messages and the journey
def test_messages_go_in_and_are_listed(besos: Entity) -> None:
    program = Program(besos)
    reference = told(program.post("cases", COMPLAINT))["case"]["reference"]
    sent = program.post(
        f"cases/{reference}/messages", {"author": "complainant", "text": "Adjunto la factura."}
    )

    assert sent.status_code == 201, sent.content
    listed = told(program.get(f"cases/{reference}/messages"))["messages"]
    assert [(one["direction"], one["text"]) for one in listed] == [
        ("in", COMPLAINT["narrative"]),
        ("in", "Adjunto la factura."),
    ]


def test_messages_are_read_page_by_page_the_oldest_first(besos: Entity) -> None:
    program = Program(besos)
    reference = told(program.post("cases", COMPLAINT))["case"]["reference"]
    for text in ("Primero.", "Segundo."):
        message = {"author": "complainant", "text": text}
        program.post(f"cases/{reference}/messages", message, key=text)
    read: list[str] = []
    cursor: str | None = ""
    for _page in range(3):
        page = told(program.get(f"cases/{reference}/messages?limit=1&cursor={cursor}"))
        read += [one["text"] for one in page["messages"]]
        cursor = page["next_cursor"]

    assert read == [COMPLAINT["narrative"], "Primero.", "Segundo."]
    assert cursor is None
    assert is_problem(program.get(f"cases/{reference}/messages?cursor=x"), 400, "cursor_unreadable")


def test_the_house_writes_to_the_complainant(besos: Entity) -> None:
    program = Program(besos)
    reference = told(program.post("cases", COMPLAINT))["case"]["reference"]
    sent = program.post(
        f"cases/{reference}/messages", {"author": "company", "text": "Lo estamos mirando."}
    )

    assert sent.status_code == 201, sent.content
    listed = told(program.get(f"cases/{reference}/messages"))["messages"]
    assert ("out", "Lo estamos mirando.") in [(one["direction"], one["text"]) for one in listed]


@pytest.mark.parametrize(
    "body",
    [
        {"author": "complainant", "text": ""},
        {"author": "ombudsman", "text": "x"},
        {"text": "x"},
        {"author": "complainant", "text": "a\0b"},
    ],
)
def test_a_message_that_says_nothing_is_refused(besos: Entity, body: dict[str, str]) -> None:
    program = Program(besos)
    reference = told(program.post("cases", COMPLAINT))["case"]["reference"]

    assert program.post(f"cases/{reference}/messages", body).status_code == 422
    assert len(told(program.get(f"cases/{reference}/messages"))["messages"]) == 1


def test_the_journey_tells_lines_and_how_deadlines_are_counted(besos: Entity) -> None:
    program = Program(besos)
    reference = told(program.post("cases", COMPLAINT))["case"]["reference"]
    journey = told(program.get(f"cases/{reference}/journey"))

    assert journey["entries"][0]["kind"] == "case.received"
    assert journey["entries"][0]["text"] == COMPLAINT["narrative"]
    assert all(one["sentence"] and "%(" not in one["sentence"] for one in journey["entries"])
    response = next(one for one in journey["deadlines"] if one["clock"] == "response")
    assert response["state"] == "running"
    assert response["due"]
    assert sum(step["amount"] for step in response["steps"] if step["what"] == "counted") == 15
    assert all(step["why"] for step in response["steps"])


def test_reads_are_noted(besos: Entity) -> None:
    from valedor.casefile.models import ReadEntry

    program = Program(besos)
    reference = told(program.post("cases", COMPLAINT))["case"]["reference"]
    program.get(f"cases/{reference}/journey")

    read = ReadEntry.objects.get()
    assert (read.what, read.particulars.keys()) == ("journey", {"token"})


def test_a_token_tells_its_health(besos: Entity) -> None:
    health = told(Program(besos, "cases:read").get("token"))

    assert (health["entity"], health["scopes"]) == ("besos", ["cases:read"])
