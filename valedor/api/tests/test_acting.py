"""A person's acts by API: a whole case, what is wrong in a body, files, replays, and walls."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests import cast as people
from tests.cast import FRIDAY, Cast
from valedor.api.models import GivenAnswer
from valedor.api.tests.staff_programs import Acting, Clock, program_of
from valedor.api.tests.test_interface import COMPLAINT, Program, is_problem, told
from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.models import Case, Document, Entry, RawMessage, ReadEntry, Stage
from valedor.casefile.viewing import the_house, viewing
from valedor.handling.models import Decision, Draft, Redress
from valedor.people.models import Role, Team
from valedor.programs.tokens import issue_token
from valedor.review.actions.contest import contest


def field_problems(response: HttpResponse) -> dict[str, tuple[str, str, str]]:
    """By pointer the field, the code and the sentence of each."""
    assert is_problem(response, 422, "request_invalid")
    return {
        one["pointer"]: (one["field"], one["code"], one["detail"])
        for one in told(response)["errors"]
    }


def test_a_case_lives_from_registering_to_closing(cast: Cast, clock: Clock) -> None:
    bruno, carla = (program_of(cast, one, at=clock.at) for one in (cast.bruno, cast.carla))
    body = COMPLAINT | {"channel": "telephone", "grievances": ["Charged twice.", "Nobody called."]}
    registered = told(bruno.post("cases", body))
    reference = registered["case"]["reference"]
    assert registered["case"]["channel"] == "telephone"

    assessed = bruno.act(
        reference, "assessment", {"severity": "2", "difficulty": "simple", "people_affected": 3}
    )
    assert assessed["words"] == "Assessed."
    assert "case.assessed" in [one["kind"] for one in assessed["entries"]]

    clock.at += timedelta(hours=1)
    given = carla.act(
        reference,
        "assignment",
        {"team": str(cast.attention.pk), "holder": str(cast.bruno.pk), "reason": "He knows it."},
    )
    assert given["words"] == "Given to Bruno."
    listed = bruno.acts(reference)
    entries = listed["finding"]["body"]["properties"]["entries"]["items"]["oneOf"]
    found = bruno.act(
        reference,
        "finding",
        {"text": "Two charges.", "side": "company", "entries": [entries[0]["const"]]},
    )
    assert found["stage"] == "investigation"
    reasons = {"outcome": "upheld", "reasons": "The bill was charged twice."}
    for point in (1, 2):
        assert bruno.acts(reference)[f"decision/{point}"]["is_open"]
        bruno.act(reference, f"decision/{point}", reasons)
    bruno.act(
        reference, "redress", {"option": "refund", "amount": 12.5, "currency": "EUR", "text": ""}
    )
    clock.at += timedelta(hours=1)
    answered = bruno.act(reference, "response", {"opening": "Good day."})
    assert "case.response_written" in [one["kind"] for one in answered["entries"]]
    with people.acting(cast):
        case = Case.objects.get(reference=reference)
        people.letters_leave(case, clock.at)

    clock.at += timedelta(hours=1)
    bruno.act(reference, "acceptance", {"channel": "telephone"})
    redress = next(key for key in bruno.acts(reference) if key.startswith("execution/"))
    closing = bruno.acts(reference)["closure"]
    assert not closing["is_open"]
    bruno.act(reference, redress, {"proof_text": "Transfer 7."})
    closed = bruno.act(reference, "closure", {"reason": "agreed"})
    assert closed["stage"] == "closed"
    with people.acting(cast):
        case.refresh_from_db()
        assert case.closed_at == clock.at
        assert case.registered_at < clock.at
        assert Redress.objects.get(case=case).amount == Decimal("12.50")
        registering = Entry.objects.get(case=case, kind="case.received")
        assert (registering.actor, registering.by_id) == ("staff", cast.bruno.pk)
        deciding = Entry.objects.filter(case=case, kind="case.decided")
        assert set(deciding.values_list("by_id", flat=True)) == {cast.bruno.pk}


def test_what_a_body_lacks_or_has_wrong_is_named(cast: Cast, clock: Clock) -> None:
    reference = people.a_case(cast).reference
    bruno = program_of(cast, cast.bruno, at=clock.at)
    with people.acting(cast):
        before = people.snapshot(Case.objects.get(reference=reference))
    address = f"cases/{reference}/acts/assessment"

    wrong = field_problems(bruno.post(address, {"severity": "7", "people_affected": "many"}))
    assert wrong["#/severity"][1] == "field_unfit"
    assert wrong["#/severity"][2] == "“severity” has to be one of these: 1, 2, 3."
    assert wrong["#/people_affected"][2].endswith(
        "“people_affected” has to be a whole number from 1 to 10000000."
    )
    assert wrong["#/difficulty"][:2] == ("difficulty", "field_missing")
    assert wrong["#/difficulty"][2].startswith("Choose how hard it is.")

    given = {"severity": 2, "difficulty": "simple"}
    unknown = field_problems(bruno.post(address, given | {"severe": True}))
    assert unknown["#/severe"][1] == "field_unknown"
    assert "severity" in unknown["#/severe"][2]
    nested = field_problems(bruno.post(address, given | {"reasons": {"a": 1}}))
    assert nested["#/reasons"][2].startswith("“reasons” has to be a text of at most")
    yes = field_problems(bruno.post(address, given | {"touches_safety": 3}))
    assert yes["#/touches_safety"][2] == "“touches_safety” has to be true or false."
    for typed in ("a\0b", "a\ud800b"):
        half = field_problems(bruno.post(address, given | {"reasons": typed}))
        assert half["#/reasons"][1] == "character_impossible"
    assert is_problem(bruno.post(address, [1]), 422, "field_unfit")
    files = field_problems(bruno.post(f"cases/{reference}/acts/document", {"file": "a"}))
    assert "multipart/form-data" in files["#/file"][2]
    with people.acting(cast):
        assert people.snapshot(Case.objects.get(reference=reference)) == before


def test_a_body_that_is_none_is_told_so(cast: Cast, clock: Clock) -> None:
    reference = people.a_case(cast).reference
    bruno = program_of(cast, cast.bruno, at=clock.at)
    headers = {"Authorization": f"Bearer {bruno.token}", "Idempotency-Key": "x"}
    address = f"/api/v1/cases/{reference}/acts/note"
    for number, (content, kind) in enumerate(
        [
            (b"{", "application/json"),
            (b"\xff", "application/json"),
            (b"no parts", "multipart/form-data; boundary="),
        ]
    ):
        headers["Idempotency-Key"] = f"k-{number}"
        response = Client().post(address, content, kind, headers=headers)
        assert is_problem(response, 400, "body_unreadable")  # type: ignore[arg-type]


def test_what_the_form_as_a_whole_says_is_told_at_its_field(cast: Cast, clock: Clock) -> None:
    reference = people.a_case(cast).reference
    bruno = program_of(cast, cast.bruno, at=clock.at)
    wrong = field_problems(
        bruno.post(
            f"cases/{reference}/acts/address",
            {"kind": "email", "value": "rosa", "reason": "Misheard."},
        )
    )
    assert wrong["#/value"][2] == "No letter can go to this address. Example: marta@example.org"


def test_what_is_left_out_is_as_the_page_shows_it(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast)
    bruno = program_of(cast, cast.bruno, at=clock.at)
    with people.acting(cast):
        Case.objects.filter(pk=case.pk).update(is_vulnerable=True)
    body = bruno.acts(case.reference)["assessment"]["body"]
    assert body["properties"]["is_vulnerable"]["default"] is True
    assert body["required"] == ["severity", "difficulty"]
    bruno.act(case.reference, "assessment", {"severity": "1", "difficulty": "simple"})
    with people.acting(cast):
        assert people.again(case).is_vulnerable
    bruno.act(
        case.reference,
        "assessment",
        {"severity": "1", "difficulty": "simple", "is_vulnerable": False},
    )
    with people.acting(cast):
        assert not people.again(case).is_vulnerable


def test_days_and_moments_are_taken_in_any_language(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast, stage=Stage.ASSESSED)
    bruno = program_of(cast, cast.bruno, at=clock.at)
    bruno.act(
        case.reference,
        "received-message",
        {"channel": "telephone", "received_at": "2026-11-21T08:00:00+00:00", "text": "She called."},
    )
    with people.acting(cast):
        called = Entry.objects.get(case=case, kind="message.received")
        assert called.at.isoformat() == "2026-11-21T08:00:00+00:00"
    spanish = bruno._headers({"Accept-Language": "es", "Idempotency-Key": "es"})
    response = Client().post(
        f"/api/v1/cases/{case.reference}/acts/redress",
        json.dumps({"option": "refund", "amount": "1234.50", "currency": "EUR"}),
        "application/json",
        headers=spanish,
    )
    assert response.status_code == 200, response.content
    with people.acting(cast):
        assert str(Redress.objects.get(case=case).amount) == "1234.50"


def test_files_come_as_parts_and_what_is_not_taken_is_told(
    cast: Cast, clock: Clock, settings: Any
) -> None:
    settings.DOCUMENT_LIMIT = 2000
    case = people.a_case(cast)
    bruno = program_of(cast, cast.bruno, at=clock.at)
    bill = SimpleUploadedFile("bill.txt", b"Two charges.", "text/plain")
    film = SimpleUploadedFile("film.txt", b"x" * 3000, "text/plain")
    done = bruno.act(
        case.reference, "document", {"side": "company", "internal": "true"}, files=(bill, film)
    )
    assert done["words"] == "In the file: bill.txt."
    assert "film.txt" in done["remarks"][0]
    with people.acting(cast):
        document = Document.objects.get(case=case, purpose="evidence")
        assert document.name == "bill.txt"
        assert document.seats == 2  # The company alone: it is internal.
    assert bruno.acts(case.reference)["document"]["takes_files"]


def test_the_same_request_is_done_once(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast)
    bruno = program_of(cast, cast.bruno, at=clock.at)
    address = f"cases/{case.reference}/acts/note"
    first = bruno.post(address, {"text": "Between us."}, key="n-1")
    again = bruno.post(address, {"text": "Between us."}, key="n-1")
    assert again.content == first.content
    assert again["Idempotency-Replayed"] == "true"
    assert is_problem(
        bruno.post(address, {"text": "Other."}, key="n-1"), 409, "idempotency_key_reused"
    )
    bill = [SimpleUploadedFile("bill.txt", b"Two.", "text/plain") for _sent in range(2)]
    other = SimpleUploadedFile("bill.txt", b"Three.", "text/plain")
    address = f"cases/{case.reference}/acts/document"
    added = [
        bruno.post(address, {"side": "company"}, key="d-1", files=(one,)) for one in (*bill, other)
    ]
    assert [one.status_code for one in added] == [200, 200, 409]
    assert added[1]["Idempotency-Replayed"] == "true"
    with people.acting(cast):
        assert Entry.objects.filter(case=case, kind="case.note_written").count() == 1
        assert Document.objects.filter(case=case, purpose="evidence").count() == 1


def test_a_refusal_is_the_sentence_beside_the_button_and_changes_nothing(
    cast: Cast, clock: Clock
) -> None:
    case = people.a_case(cast)
    bruno = program_of(cast, cast.bruno, at=clock.at)
    with people.acting(cast):
        before = people.snapshot(case)
    closed = {key: one for key, one in bruno.acts(case.reference).items() if not one["is_open"]}
    assert len(closed) > 8
    for noun, one in closed.items():
        refused = bruno.post(f"cases/{case.reference}/acts/{noun}", {"reason": "because"})
        assert is_problem(refused, 409, one["why_not"]["code"])
        assert told(refused)["detail"] == one["why_not"]["detail"], noun
    with people.acting(cast):
        assert people.snapshot(case) == before


def test_what_an_action_refuses_leaves_nothing(cast: Cast, clock: Clock) -> None:
    """The form is right and the rule says no for what it holds."""
    case = people.a_case(cast, stage=Stage.ASSESSED)
    bruno = program_of(cast, cast.bruno, at=clock.at)
    with people.acting(cast):
        before = people.snapshot(case)
    refused = bruno.post(
        f"cases/{case.reference}/acts/extension", {"length": 400, "reason": "Many."}
    )
    assert refused.status_code == 409
    with people.acting(cast):
        assert people.snapshot(case) == before


def test_what_others_wrote_meanwhile_is_heeded(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast, stage=Stage.ASSESSED)
    bruno, carla = (program_of(cast, one, at=clock.at) for one in (cast.bruno, cast.carla))
    seen = told(bruno.get(f"cases/{case.reference}/acts"))["last_sequence"]
    carla.act(case.reference, "note", {"text": "Wait."})
    body = {"text": "Good day.", "seen": seen}
    late = bruno.post(f"cases/{case.reference}/acts/message", body)
    assert is_problem(late, 409, "changed_meanwhile")
    read_on = told(bruno.get(f"cases/{case.reference}/acts"))["last_sequence"]
    bruno.act(case.reference, "message", {"text": "Good day.", "seen": read_on})
    note = field_problems(
        bruno.post(f"cases/{case.reference}/acts/note", {"text": "a", "seen": seen})
    )
    assert note["#/seen"][1] == "field_unknown"


def test_drafts_of_the_page_are_left_alone(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast, stage=Stage.ASSESSED)
    bruno = program_of(cast, cast.bruno, at=clock.at)
    with people.acting(cast):
        draft = Draft(
            case=case, entity=cast.besos, seats=2, account=cast.bruno, form="message",
            content={"text": "Half a sen"}, saved_at=clock.at,
        )  # fmt: skip
        draft.save()
    bruno.act(case.reference, "message", {"text": "Good day."})
    with people.acting(cast):
        assert Draft.objects.get(case=case, form="message").content == {"text": "Half a sen"}


def test_each_look_and_act_is_noted_with_its_token_and_nothing_lies_before_the_wall(
    cast: Cast, clock: Clock
) -> None:
    case = people.a_case(cast)
    bruno = program_of(cast, cast.bruno, at=clock.at)
    bruno.acts(case.reference)
    bruno.act(case.reference, "note", {"text": "Between us."})
    with people.acting(cast):
        reads = ReadEntry.objects.filter(case_id=case.pk, account=cast.bruno).order_by("pk")
        assert [one.what for one in reads] == ["acts", "act"]
        assert reads[1].particulars["act"] == "note"
        assert reads[1].particulars["token"] == GivenAnswer.objects.get().token_id
        assert not [
            one for one in RawMessage.objects.all() if b"Between" in bytes(one.content or b"")
        ]


def test_a_new_code_is_told_once_and_the_answer_is_sealed(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast)
    bruno = program_of(cast, cast.bruno, at=clock.at)
    done = bruno.act(
        case.reference, "access-code", {"way": "here", "identity_check": "Identity card."}
    )
    assert len(done["access_code"]) == 14
    assert done["access_code"].encode() not in bytes(GivenAnswer.objects.get().answer)


# ------------------------------------------------------------------ walls
def test_whoever_keeps_themselves_out_sees_nothing_more(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast)
    bruno = program_of(cast, cast.bruno, at=clock.at)
    done = bruno.act(
        case.reference, "recusal", {"account": str(cast.bruno.pk), "reason": "A cousin."}
    )
    assert (done["stage"], done["entries"]) == (None, [])
    assert is_problem(bruno.get(f"cases/{case.reference}/acts"), 404, "not_found")
    assert is_problem(
        bruno.post(f"cases/{case.reference}/acts/note", {"text": "a"}), 404, "not_found"
    )


def test_a_second_look_is_for_whoever_had_no_part(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast, stage=Stage.ANSWERED)
    with people.acting(cast):
        contest(case, reasons="The second charge is still there.", by=COMPLAINANT, at=clock.at)
    clock.at += timedelta(hours=1)
    bruno, carla = (program_of(cast, one, at=clock.at) for one in (cast.bruno, cast.carla))
    mine, hers = bruno.acts(case.reference), carla.acts(case.reference)
    assert not mine["decision/1"]["is_open"]
    refused = bruno.post(
        f"cases/{case.reference}/acts/decision/1", {"outcome": "upheld", "reasons": "Yes."}
    )
    assert told(refused)["detail"] == mine["decision/1"]["why_not"]["detail"]
    assert hers["decision/1"]["is_open"]
    carla.act(case.reference, "decision/1", {"outcome": "upheld", "reasons": "Yes."})
    with people.acting(cast):
        assert Decision.objects.get(case=case, replaced_at=None, by=cast.carla).outcome == "upheld"


def test_other_entities_have_no_such_case(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast)
    dario = Acting(cast.dario, cast.ipe, at=clock.at)
    for path in ("", "/acts", "/acts/note", "/journey", "/messages"):
        assert is_problem(dario.get(f"cases/{case.reference}{path}"), 404, "not_found")
    posted = dario.post(f"cases/{case.reference}/acts/note", {"text": "a"})
    assert is_problem(posted, 404, "not_found")


def test_people_of_another_house_act_on_their_open_cases_and_take_no_list(
    cast: Cast, clock: Clock
) -> None:
    centre = Team.objects.create(key="centre", name={"en": "Centre"}, is_outsourced=True)
    centre.entities.add(cast.besos)
    olga = cast.join("olga", Role.HANDLER, centre)
    theirs = people.a_case(cast, stage=Stage.ASSESSED)
    over = people.a_case(cast, stage=Stage.CLOSED)
    ours = people.a_case(cast, stage=Stage.ASSESSED)
    with people.acting(cast):
        Case.objects.filter(pk__in=[theirs.pk, over.pk]).update(team=centre, holder=olga)
    program = program_of(cast, olga, at=clock.at)
    program.act(theirs.reference, "note", {"text": "Called back."})
    for case in (over, ours):
        assert is_problem(program.get(f"cases/{case.reference}/acts"), 404, "not_found")
        assert is_problem(program.get(f"cases/{case.reference}"), 404, "not_found")
        posted = program.post(f"cases/{case.reference}/acts/note", {"text": "a"})
        assert is_problem(posted, 404, "not_found")
    assert is_problem(program.get("cases"), 403, "no_lists_for_another_house")
    title = program.acts(theirs.reference)["title"]
    assert not title["is_open"]  # They correct nothing.
    elsewhere = program.post(
        f"cases/{theirs.reference}/acts/relation", {"reference": ours.reference}
    )
    assert elsewhere.status_code == 422


def test_a_promise_above_their_authority_waits_as_by_page(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast, stage=Stage.ASSESSED)
    bruno, hugo = (program_of(cast, one, at=clock.at) for one in (cast.bruno, cast.hugo))
    done = bruno.act(
        case.reference, "redress", {"option": "refund", "amount": 900, "currency": "EUR"}
    )
    assert done["words"] == "It is above your authority and waits for an approver's yes."
    approval = next(key for key in hugo.acts(case.reference) if key.startswith("approval/"))
    assert not bruno.acts(case.reference)[approval]["is_open"]
    hugo.act(case.reference, approval, {"answer": "yes"})


def test_no_account_no_act(cast: Cast, clock: Clock) -> None:
    """A program that is nobody registers and reads; it acts on nothing."""
    case = people.a_case(cast)
    issued = issue_token("crm", cast.besos, ["cases:read"], by=None, at=FRIDAY)
    response = Client().get(
        f"/api/v1/cases/{case.reference}/acts", headers={"Authorization": f"Bearer {issued}"}
    )
    assert is_problem(response, 403, "scope_missing")  # type: ignore[arg-type]


@pytest.mark.parametrize("channel", ["telephone", "in_person"])
def test_only_a_person_registers_by_another_channel(cast: Cast, clock: Clock, channel: str) -> None:
    body = COMPLAINT | {"channel": channel}
    refused = Program(cast.besos, "cases:register").post("cases", body)
    assert is_problem(refused, 422, "channel_of_a_person")
    registered = told(program_of(cast, cast.bruno, at=clock.at).post("cases", body))
    assert registered["case"]["channel"] == channel
    hugo = program_of(cast, cast.hugo, at=clock.at)  # Who approves registers nothing.
    assert is_problem(hugo.post("cases", body), 403, "not_permitted")
    with viewing(the_house(cast.besos)):
        assert Case.objects.count() == 1
