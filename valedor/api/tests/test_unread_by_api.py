"""What no machine could read, letters on paper and public messages, by API."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast as people
from tests.cast import Cast, a_submission
from valedor.api.tests.staff_programs import Acting, Clock, program_of
from valedor.api.tests.test_acting import field_problems
from valedor.api.tests.test_interface import is_problem, told
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Document, Entry, Letter, RawMessage, Stage
from valedor.channels.models import PublicMessage
from valedor.channels.post.models import PrintRun, Scan
from valedor.channels.post.reading import read_scan
from valedor.channels.post.scanning import open_scan
from valedor.channels.tests.scan_room import a_pdf
from valedor.desk.tests.test_held import a_message, a_post
from valedor.handling.actions.respond import respond
from valedor.intake.models import SetAside
from valedor.intake.submission import PersonGiven
from valedor.people.models import Role

WORDS = "La factura de octubre es demasiado alta."


def test_a_message_is_filed_into_its_case_with_its_files(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast)
    raw = a_message(cast, a_post(name="Ana Puig", text="The bill came again."))
    bruno, gia = (program_of(cast, one, at=clock.at) for one in (cast.bruno, cast.gia))
    (waiting,) = told(bruno.get("held"))["messages"]
    assert (waiting["number"], waiting["why"]) == (
        raw.pk, "The form was sent and is not complete."
    )  # fmt: skip
    read = told(bruno.get(f"held/{raw.pk}"))
    assert (read["fields"]["text"], read["files"]) == ("The bill came again.", ["bill.txt"])
    stands = {one["noun"]: one["is_open"] for one in read["acts"]}
    assert stands == {
        "held-filing": True, "held-aside": True, "held-sparing": False, "held-taking-up": False,
    }  # fmt: skip
    nowhere = {"reference": "2026-999999-X", "text": "a"}
    assert "#/reference" in field_problems(bruno.post(f"acts/held-filing/{raw.pk}", nowhere))
    body = {"reference": case.reference, "text": "She has the bill again."}
    refused = gia.post(f"acts/held-filing/{raw.pk}", body)
    assert is_problem(refused, 409, "not_permitted")
    done = told(bruno.post(f"acts/held-filing/{raw.pk}", body))
    assert done["reference"] == case.reference
    with people.acting(cast):
        entry = Entry.objects.get(case=case, kind="message.received")
        assert entry.at == people.FRIDAY, "it counts from when it reached the house"
        assert Document.objects.filter(case=case, name="bill.txt").exists()
    assert is_problem(bruno.get(f"held/{raw.pk}"), 404, "not_found")


def test_a_message_lies_aside_and_is_taken_up_again(cast: Cast, clock: Clock) -> None:
    raw = a_message(cast, a_post(text="Buy this."))
    bruno = program_of(cast, cast.bruno, at=clock.at)
    bruno.post(f"acts/held-aside/{raw.pk}", {"reason": "An advertisement."})
    with people.acting(cast):
        assert SetAside.objects.get(raw=raw).reason == "An advertisement."
    assert told(bruno.get("held"))["messages"] == []
    (aside,) = told(bruno.get("held?state=aside"))["messages"]
    assert aside["state"] == "set_aside"
    assert bruno.post(f"acts/held-taking-up/{raw.pk}").status_code == 200
    assert len(told(bruno.get("held"))["messages"]) == 1
    wrong = bruno.get("held?state=gone")
    assert is_problem(wrong, 400, "filter_unreadable")
    assert is_problem(bruno.get("held?status=aside"), 400, "parameter_unknown")


def test_a_message_becomes_a_case_from_when_it_reached_the_house(cast: Cast, clock: Clock) -> None:
    raw = a_message(cast, a_post(text="Twice."))
    bruno = program_of(cast, cast.bruno, at=clock.at)
    body = {
        "kind": "complaint",
        "narrative": "She is charged twice.",
        "complainant": {"name": "Ana Puig", "email": "ana@example.org"},
        "held": raw.pk,
    }
    made = told(bruno.post("cases", body))["case"]
    assert made["channel"] == "web_form"
    with people.acting(cast):
        case = Case.objects.get(reference=made["reference"])
        assert case.received_at == people.FRIDAY
        assert Document.objects.filter(case=case, name="bill.txt").exists()
        assert RawMessage.objects.get(pk=raw.pk).case_id == case.pk
        assert not RawMessage.objects.filter(case=None, channel="api").exists()
    again = field_problems_of_registering(bruno.post("cases", body))
    assert again["held"] == "held_unknown"


def field_problems_of_registering(response: Any) -> dict[str, str]:
    assert response.status_code == 422, response.content
    return {one["field"]: one["code"] for one in json.loads(response.content)["errors"]}


def test_what_is_no_message_of_theirs_is_not_there(cast: Cast, clock: Clock) -> None:
    raw = a_message(cast, a_post(text="Twice."))
    dario = Acting(cast.dario, cast.ipe, at=clock.at)
    assert told(dario.get("held"))["messages"] == []
    assert is_problem(dario.get(f"held/{raw.pk}"), 404, "not_found")
    gone = dario.post(f"acts/held-aside/{raw.pk}", {"reason": "No."})
    assert is_problem(gone, 404, "not_found")


def test_a_letter_is_scanned_in_read_and_filed(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast)
    bruno = program_of(cast, cast.bruno, at=clock.at)
    said = {"entity": "besos", "channel": "letter", "received_at": "2026-11-18T10:30:00+01:00"}
    assert field_problems(bruno.post("acts/scans", said))["#"][2] == "Choose at least one file."
    page = SimpleUploadedFile("scan.pdf", a_pdf(WORDS), "application/pdf")
    done = told(bruno.post("acts/scans", said, files=(page,)))
    assert done["remarks"] == ["“scan.pdf” is kept. It is being opened and read."]
    page.seek(0)
    again = told(bruno.post("acts/scans", said, files=(page,)))
    assert again["remarks"] == ["“scan.pdf” was scanned before."]
    with people.acting(cast):
        scan = Scan.objects.get()
    open_scan(scan.pk, at=clock.at)
    read_scan(scan.pk)
    (line,) = told(bruno.get("scans?q=factura"))["scans"]
    assert (line["name"], line["pages"]) == ("scan.pdf", 1)
    assert told(bruno.get("scans?q=lavadora"))["scans"] == []
    read = told(bruno.get(f"scans/{scan.pk}"))
    assert "factura" in read["text"]
    file = bruno.get(f"scans/{scan.pk}/content")
    assert file.content.startswith(b"%PDF")
    body = {"reference": case.reference, "text": "Se queja de la factura."}
    bruno.post(f"acts/held-filing/{scan.pk}", body)
    assert told(bruno.get(f"scans/{scan.pk}"))["reference"] == case.reference
    gia = program_of(cast, cast.gia, at=clock.at)
    assert is_problem(gia.post("acts/scans", said, files=(page,)), 403, "not_permitted")


def test_papers_handed_in_have_their_line(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast)
    nuria = program_of(cast, cast.join("nuria", Role.AGENT), at=clock.at)
    page = SimpleUploadedFile("page.txt", b"Twice.", "text/plain")
    nuria.act(case.reference, "papers", {"what": "A bill", "pages": 2}, files=(page,))
    with people.acting(cast):
        entry = Entry.objects.get(case=case, kind="papers.handed_in")
        assert entry.particulars["pages"] == 2
        assert Document.objects.filter(case=case, name="page.txt").exists()
    hugo = program_of(cast, cast.hugo, at=clock.at)
    refused = hugo.post(f"cases/{case.reference}/acts/papers", {"what": "A bill", "pages": 1})
    assert is_problem(refused, 409, "not_permitted")


@pytest.fixture
def letter(cast: Cast) -> Letter:
    by_post = a_submission(
        cast,
        person=PersonGiven(name="Ana Puig", postal_address="Carrer Major 1, 08001 Barcelona"),
        answer_channel=Case.Channel.LETTER,
    )
    case = people.a_case(cast, stage=Stage.DECIDED, submission=by_post)
    with people.acting(cast):
        respond(case, by=staff(cast.bruno), at=people.days(1))
        return Letter.objects.filter(case=case, state=Letter.State.WAITING).order_by("-pk")[0]


def test_letters_wait_are_printed_and_the_file_is_fetched(
    cast: Cast, clock: Clock, letter: Letter
) -> None:
    bruno = program_of(cast, cast.bruno, at=clock.at)
    (house,) = told(bruno.get("letters/to-print"))["entities"]
    assert letter.pk in [one["number"] for one in house["letters"]]
    assert house["acts"][0]["is_open"]
    made = told(bruno.post("acts/printing/besos"))
    with people.acting(cast):
        run = PrintRun.objects.get()
    assert made["address"] == f"/api/v1/print-runs/{run.pk}"
    read = told(bruno.get(made["address"].removeprefix("/api/v1/")))
    assert letter.pk in [one["number"] for one in read["letters"]]
    for sides in ("one", "both"):
        file = bruno.get(f"print-runs/{run.pk}/pdf?sides={sides}")
        assert (file["Content-Type"], file["X-Left-Out"]) == ("application/pdf", "0")
        assert file.content.startswith(b"%PDF")
    assert is_problem(bruno.post("acts/printing/besos"), 409, "nothing_to_print")
    assert is_problem(bruno.post("acts/printing/ipe"), 404, "not_found")
    assert told(bruno.get("print-runs"))["runs"][0]["letters"] == len(read["letters"])
    wrong = bruno.get(f"print-runs/{run.pk}/pdf?sides=three")
    assert is_problem(wrong, 400, "filter_unreadable")


def test_a_public_message_is_noted_and_its_author_asked(cast: Cast, clock: Clock) -> None:
    bruno = program_of(cast, cast.bruno, at=clock.at)
    body = {
        "network": "Mastodon",
        "address": "https://mastodon.example/1",
        "author": "@ana",
        "text": "Nobody comes.",
        "seen_at": "2026-11-20T09:00:00+01:00",
        "language": "es",
        "kind": "complaint",
    }
    unsafe = field_problems(
        bruno.post("acts/public-message/besos", body | {"address": "http://x.example"})
    )
    assert "#/address" in unsafe
    made = told(bruno.post("acts/public-message/besos", body))
    with people.acting(cast):
        message = PublicMessage.objects.get()
    assert made["address"] == f"/api/v1/public-messages/{message.pk}"
    read = told(bruno.get(f"public-messages/{message.pk}"))
    assert read["state"] == "asked"
    link = read["to_paste"].rpartition(" ")[2]
    assert Client().get(link[link.index("/besos/") :]).status_code == 200
    assert [one["number"] for one in told(bruno.get("public-messages"))["messages"]] == [message.pk]
    assert is_problem(bruno.post("acts/public-message/ipe", body), 404, "not_found")
