"""Cases that come in by other ways: spoken, for somebody else, by a program, from a file."""

import json
from pathlib import Path

from pytest_django import Settings

from tests.journeys.house import CODE, Complainant, House
from tests.journeys.walker import Walker, a_file
from valedor.casefile.models import Case, Document, Letter, RefusedDocument, Stage
from valedor.channels.tests.post_room import part_of
from valedor.intake.importing.loading import load
from valedor.intake.importing.mapping import read_mapping
from valedor.people.models import Role
from valedor.programs.tokens import issue_token


def test_spoken_at_the_telephone(house: House) -> None:
    agent = house.of(house.cast.join("nuria", Role.AGENT))
    agent.open("register?entity=besos")
    shown = agent.walker.submit(
        "/desk/register",
        channel="telephone",
        language="es",
        kind="complaint",
        name="Rafael Nunes",
        telephone="600 100 200",
        postal_address="Carrer Major 1\n08001 Barcelona",
        answer_channel="letter",
        narrative="No water since Thursday, on the fourth floor.",
    )
    found = CODE.search(shown.text)
    assert found is not None, shown.text
    shown.says("2026-", "5 December 2026")
    with house.acting():
        case = Case.objects.get(channel=Case.Channel.TELEPHONE)
    shown.says(case.reference)
    agent.open(f"cases/{case.reference}").hides(found[1])  # The code is read aloud this once.

    rafael = Complainant(Walker("es", address="198.51.100.3"))
    rafael.walker.open("/besos/case")
    opened = rafael.walker.submit(
        "/case", reference=case.reference, access_code=found[1].replace("-", " ").lower()
    )
    opened.says(case.reference, "No water since Thursday")
    assert house.mail() == []
    house.bruno.open("letters").says(case.reference, "Rafael Nunes")
    house.verifies()


def test_somebody_speaks_for_ana(house: House) -> None:
    elena, _receipt = house.file(
        "es",
        name="Elena Roca",
        email="elena@example.org",
        represented_name="Ana Puig",
        mandate_basis="She is my mother",
    )
    message = house.one_mail()
    assert message["To"] == "elena@example.org"
    reference = elena.reference
    house.bruno.open(f"cases/{reference}").says("Ana Puig", "Elena Roca", "She is my mother")
    case = house.case(reference)
    with house.acting():
        assert case.complainant is not None
        assert case.complainant.name == "Ana Puig"
    house.answer(reference)
    assert house.one_mail()["To"] == "elena@example.org"
    elena.step("acceptance")
    (line,) = house.entries(reference, "case.answer_accepted")
    assert line.actor == "representative"
    house.bruno.act(reference, "closure", reason="agreed")
    house.mail()
    house.verifies()


def test_a_file_over_the_limit_is_told_by_name(house: House, settings: Settings) -> None:
    settings.DOCUMENT_LIMIT = 2000
    ana, receipt = house.file(
        file=[a_file("small.pdf", b"%PDF-1.7 small"), a_file("film.mov", b"x" * 3000)]
    )
    receipt.says("film.mov", "small.pdf")
    case = house.case(ana.reference)
    with house.acting():
        assert [one.name for one in RefusedDocument.objects.filter(case=case)] == ["film.mov"]
        assert Document.objects.filter(case=case, name="small.pdf").exists()
    house.mail()
    house.bruno.open(f"cases/{ana.reference}").says("film.mov")
    house.verifies()


def test_many_from_one_address_are_marked_and_wait(house: House, settings: Settings) -> None:
    settings.RATE_SUBMISSIONS_PER_HOUR = 1
    house.file()
    house.mail()
    walker = Walker(address="192.0.2.1")  # Where the first one came from.
    ana, receipt = house.file(walker=walker, narrative="The pump roars all night.")
    receipt.says(ana.reference, ana.access_code)  # Nobody is turned away.
    assert house.mail() == []
    house.bruno.open("marked").says(ana.reference)
    house.bruno.act(ana.reference, "mark", reason="A real neighbour.")
    with house.acting():
        letter = Letter.objects.get(case__reference=ana.reference)
    house.bruno.open(f"letters/{letter.pk}")
    house.bruno.walker.submit(step="send")
    assert ana.reference in house.one_mail()["Subject"]
    house.verifies()


def test_a_program_registers_and_the_desk_answers(house: House) -> None:
    token = issue_token(
        "shop", house.cast.besos, ["cases:register", "cases:read"], by=None, at=house.clock.at
    )
    program = Walker()
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "first"}
    body = {
        "kind": "complaint",
        "language": "pt-br",
        "narrative": "A fatura de março é o dobro da de fevereiro.",
        "complainant": {"name": "Ana Puig", "email": "ana@example.org"},
    }
    for _time in range(2):  # Sent twice, it is one case.
        told = program.client.post(
            "/api/v1/cases", json.dumps(body), content_type="application/json", headers=headers
        )
        assert told.status_code == 201, told.content
    reference = told.json()["case"]["reference"]
    assert house.one_mail()["Content-Language"] == "pt-br"
    house.bruno.act(reference, "category", category="Billing", reason="Nobody had chosen one.")
    house.mail()
    house.answer(reference)
    assert house.one_mail()["Content-Language"] == "pt-br"
    journey = program.client.get(f"/api/v1/cases/{reference}/journey", headers=headers)
    assert journey.status_code == 200
    assert house.case(reference).stage == Stage.ANSWERED
    assert program.client.get(f"/api/v1/cases/{reference}", headers=headers).json()["stage"] == (
        "answered"
    )
    house.verifies()


def test_an_imported_case_is_handled(house: House, tmp_path: Path) -> None:
    file = tmp_path / "cases.csv"
    file.write_text(
        "number,received,text,name,email,language\n"
        "A-1,2026-11-16,They charged me twice in October.,Ana Puig,ana@example.org,en\n"
        "A-2,not a day,Nobody answered.,Marta Soler,marta@example.org,en\n",
        encoding="utf-8",
    )
    summary, _files = load(
        read_mapping("spreadsheet"), "d", [file], house.cast.besos, at=house.clock.at
    )
    assert (summary.cases, summary.rejected) == (1, 1)
    house.work()
    house.bruno.open("held").says("not a day")
    with house.acting():
        reference = Case.objects.get(source="spreadsheet").reference
    house.bruno.open("?queue=unassigned").says(reference)
    house.bruno.open("search?q=charging").says(reference)
    house.bruno.act(reference, "category", category="Billing", reason="The file names none.")
    house.mail()
    house.answer(reference)
    assert "The bank confirms two charges." in part_of(house.one_mail(), "plain")
    house.bruno.cannot(reference, "closure", "The person has until Monday, 30 November 2026 to say")
    house.clock.later(days=11)
    house.bruno.act(reference, "closure", reason="answered")
    assert "you did not tell us in time that you do not agree" in part_of(house.one_mail(), "plain")
    house.verifies()


def test_thanks_end_with_a_word_once_they_are_passed_on(house: House) -> None:
    agent = house.of(house.cast.join("nuria", Role.AGENT))
    agent.open("register?entity=besos")
    agent.walker.submit(
        "/desk/register",
        channel="telephone",
        language="en",
        kind="thanks",
        name="Ana Puig",
        email="ana@example.org",
        answer_channel="email",
        narrative="The new meter reader was very kind.",
    )
    with house.acting():
        reference = Case.objects.get(kind="thanks").reference
    house.mail()
    house.bruno.act(reference, "taking")
    house.bruno.act(reference, "response", opening="Thank you for telling us.")
    assert "Thank you for telling us." in part_of(house.one_mail(), "plain")
    whom = f"staff-{house.cast.carla.pk}"
    house.bruno.act(reference, "thanks", whom=whom, text="The new meter reader was very kind.")
    house.bruno.act(reference, "closure", reason="answered")
    assert house.case(reference).stage == Stage.CLOSED
    house.verifies()


def test_a_claim_in_brazil_is_answered_by_its_own_law(house: House) -> None:
    ana, receipt = house.file(
        "pt-br", entity="ipe", narrative="Cobraram duas vezes a fatura. Ninguém respondeu."
    )
    assert 'datetime="2026-11-27' in receipt.html  # Seven calendar days, Decreto 11.034/2022.
    assert house.one_mail()["Content-Language"] == "pt-br"
    reference, dario = ana.reference, house.of(house.cast.dario)
    house.bruno.open(f"cases/{reference}", expect=404)  # Of another entity.
    house.answer(reference, dario, reasons="O banco confirma duas cobranças.")
    assert "O banco confirma duas cobranças." in part_of(house.one_mail(), "plain")
    house.clock.later(days=1)
    ana.step("acceptance")
    dario.act(reference, "closure", reason="agreed")
    house.mail()
    assert house.case(reference).stage == Stage.CLOSED
    house.verifies()
