"""Letters of the ombudsman's office on paper: its own lists, print runs, proofs and calls."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast, a_case, a_submission, acting, days
from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.models import Case, Document, Entry, Letter, Stage
from valedor.casefile.viewing import viewer_of, viewing
from valedor.channels.actions.come_back import come_back
from valedor.channels.post.models import Printing, PrintRun
from valedor.handling.models import Alarm
from valedor.handling.tasks import letter_refused
from valedor.intake.submission import PersonGiven
from valedor.review.office.actions.bring import bring_first_hand
from valedor.review.office.actions.take import recuse
from valedor.review.tests.office_cast import Office, the_office

from .conftest import SignIn
from .reading import words_of

ON_PAPER = PersonGiven(name="Mar Serra", postal_address="Carrer Major 1\n08001 Barcelona")


@pytest.fixture(autouse=True)
def documents(tmp_path: Any, settings: Any) -> None:
    """A store of the test's own."""
    settings.DOCUMENTS = tmp_path


@pytest.fixture
def office(cast: Cast) -> Office:
    return the_office(cast)


@pytest.fixture
def felix(office: Office, sign_in: SignIn) -> Client:
    return sign_in(office.felix)


@pytest.fixture
def file(cast: Cast, office: Office) -> Case:
    """Somebody who can be reached on paper alone turned to the ombudsman."""
    given = a_submission(cast, person=ON_PAPER, answer_channel="letter")
    return bring_first_hand(given, by=COMPLAINANT, at=days(0.5)).file


@pytest.fixture
def letter(cast: Cast, file: Case) -> Letter:
    with acting(cast):
        return Letter.objects.select_related("case__entity").get(case=file)


def test_each_prints_its_own_letters_and_sees_no_run_of_the_other(
    cast: Cast, felix: Client, file: Case, letter: Letter, sign_in: SignIn
) -> None:
    with acting(cast):
        case = a_case(cast, stage=Stage.ANSWERED_NOT_SENT, person=ON_PAPER, answer_channel="letter")
    bruno = sign_in(cast.bruno)
    for page in ("/desk/letters", "/desk/letters/print"):
        assert file.reference not in words_of(bruno.get(page))
        ours = words_of(felix.get(page.replace("/desk", "/desk/office")))
        assert file.reference in ours
        assert case.reference not in ours
    printed = felix.post("/desk/office/letters/print", {"entity": "besos"})
    assert printed.status_code == 302
    with acting(cast):
        run = PrintRun.objects.get()
        assert run.seats == 4
        assert [one.letter for one in Printing.objects.all()] == [letter]
    assert file.reference in words_of(felix.get(printed["Location"]))
    pdf = felix.get(f"{printed['Location']}/pdf")
    assert pdf.content.startswith(b"%PDF")
    assert "Printed of late" not in words_of(bruno.get("/desk/letters/print"))
    assert bruno.get(f"/desk/letters/print/{run.pk}").status_code == 404
    assert bruno.get(f"/desk/letters/{letter.pk}").status_code == 404
    with viewing(viewer_of(cast.gia)):
        assert not PrintRun.objects.exists()
    assert bruno.post("/desk/letters/print", {"entity": "besos"}).status_code == 302
    assert felix.post("/desk/office/letters/print", {"entity": "besos"}).status_code == 409
    with acting(cast):
        theirs = PrintRun.objects.exclude(pk=run.pk).get()
    assert felix.get(f"/desk/office/letters/print/{theirs.pk}").status_code == 404
    for page in ("/desk/office/letters", "/desk/office/letters/print", "/desk/office/alarms"):
        assert bruno.get(page).status_code == 403


def test_posted_with_its_slip_proved_and_brought_back(
    cast: Cast, felix: Client, file: Case, letter: Letter
) -> None:
    address = f"/desk/office/letters/{letter.pk}"
    page = felix.get(address)
    assert "Carrer Major 1" in words_of(page)
    assert "Correct it" not in words_of(page)
    assert felix.get(f"{address}/paper").content.startswith(b"%PDF")
    no_proof = felix.post(address, {"do": "post", "posted_at": "2026-11-21T09:00"})
    assert no_proof.status_code == 409
    slip = SimpleUploadedFile("slip.txt", b"RR123ES")
    posted = felix.post(
        address, {"do": "post", "posted_at": "2026-11-21T09:00", "proof": "RR123ES", "file": slip}
    )
    assert (posted.status_code, posted["Location"]) == (
        302, f"/desk/office/{file.reference}"
    )  # fmt: skip
    with acting(cast):
        letter.refresh_from_db()
        assert letter.state == Letter.State.ACCEPTED
        kept = Document.objects.get(case=file, name="slip.txt")
        assert (kept.seats, kept.purpose) == (4, "proof")
    assert file.reference in words_of(felix.get("/desk/office/letters/out"))
    back = felix.post(
        address, {"do": "take-back", "returned_at": "2026-11-21T09:30", "returned": "unknown"}
    )
    assert back.status_code == 302
    with acting(cast):
        letter.refresh_from_db()
        assert letter.state == Letter.State.REFUSED
    assert file.reference in words_of(felix.get("/desk/office/letters"))
    assert felix.post(address, {"do": "nothing"}).status_code == 404


def test_a_letter_that_did_not_arrive_calls_the_office_and_nobody_else(
    cast: Cast, felix: Client, office: Office, file: Case, letter: Letter, sign_in: SignIn
) -> None:
    with acting(cast):
        Letter.objects.filter(pk=letter.pk).update(state=Letter.State.ACCEPTED)
        letter.refresh_from_db()
        come_back(letter, reason="550 no such user", at=days(0.9))
        entry = _last_entry(file)
    letter_refused(case_id=letter.case_id, entry_id=entry)
    page = words_of(felix.get("/desk/office/alarms"))
    assert "A letter did not arrive: find another way." in page
    assert "Office: calls for attention 2" in page  # The letter, and somebody who turned to it.
    assert "Office: letters 1" in page
    for account in (cast.bruno, cast.carla):
        desk = sign_in(account)
        assert "A letter did not arrive" not in words_of(desk.get("/desk/alarms"))
        with viewing(viewer_of(account)):
            assert not Alarm.objects.exists()
    with acting(cast):
        recuse(file, reasons="My cousin.", by=office.by, at=days(0.95))
    assert "A letter did not arrive" not in words_of(felix.get("/desk/office/alarms"))
    assert felix.get(f"/desk/office/letters/{letter.pk}").status_code == 404


def _last_entry(case: Case) -> int:
    return Entry.objects.filter(case=case).latest("sequence").pk
