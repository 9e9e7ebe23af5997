"""Letters on paper before a person: scanned in, looked at, filed, registered, set aside."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.models import Case, Document, Entry, RawMessage
from valedor.channels.post.models import Scan
from valedor.channels.post.reading import read_scan
from valedor.channels.post.scanning import open_scan
from valedor.channels.tests.scan_room import SEPARATOR, a_locked_pdf, a_pdf
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import page_of, words_of

WORDS = "La factura de octubre es demasiado alta y nadie contesta al teléfono."
STAMPED = "2026-11-18T10:30"


@pytest.fixture(autouse=True)
def documents(tmp_path: Path, settings: Any) -> None:
    """A store of the test's own."""
    settings.DOCUMENTS = tmp_path


def taken_in(cast: Cast, client: Any, content: bytes, name: str = "scan.pdf") -> list[Scan]:
    """What somebody scanned, opened and read as the worker does."""
    said = {
        "entity": "besos",
        "channel": "letter",
        "received_at": STAMPED,
        "scans": SimpleUploadedFile(name, content, "application/pdf"),
    }
    assert client.post("/desk/letters/in/add", said).status_code == 302
    with people.acting(cast):
        arrived = Scan.objects.get(raw__state=RawMessage.State.ARRIVED)
    open_scan(arrived.pk, at=people.days(1))
    with people.acting(cast):
        found = list(Scan.objects.filter(parted_at=None).order_by("first_page"))
    for one in found:
        read_scan(one.pk)
    return found


def test_a_letter_is_filed_into_its_case_with_its_pages_and_words(
    cast: Cast, sign_in: SignIn
) -> None:
    case, bruno = people.a_case(cast), sign_in(cast.bruno)
    (scan,) = taken_in(cast, bruno, a_pdf(WORDS, "Segunda hoja."))
    assert "scan.pdf" in words_of(bruno.get("/desk/letters/in"))
    assert "scan.pdf" in words_of(bruno.get("/desk/letters/in?q=factura"))
    assert "scan.pdf" not in words_of(bruno.get("/desk/letters/in?q=lavadora"))
    address = f"/desk/letters/in/{scan.pk}"
    page = bruno.get(f"{address}?page=2")
    assert "factura de octubre" in words_of(page)
    assert "Page 2 of 2" in words_of(page)
    picture = bruno.get(f"{address}/pages/2")
    assert picture["Content-Type"] == "image/png"
    assert bruno.get(f"{address}/pages/3").status_code == 404
    filed = {"do": "file", "reference": case.reference, "text": "Se queja de la factura."}
    assert bruno.post(address, filed).status_code == 302
    with people.acting(cast):
        entry = Entry.objects.get(case=case, kind="message.received")
        assert f"{entry.at:%Y-%m-%d}" == "2026-11-18", "it counts from the stamp on the paper"
        assert Document.objects.filter(case=case, name="scan.pdf").exists()
        assert Scan.objects.get(pk=scan.pk).case_id == case.pk
    assert address.encode() in bruno.get(page_of(case)).content
    assert case.reference in words_of(bruno.get("/desk/search?q=demasiado"))
    assert bruno.get(address).status_code == 200
    assert sign_in(cast.dario).get(address).status_code == 404
    assert sign_in(cast.dario).get(f"{address}/pages/1").status_code == 404


def test_each_letter_of_a_stack_is_registered_by_itself(cast: Cast, sign_in: SignIn) -> None:
    bruno = sign_in(cast.bruno)
    first, second = taken_in(cast, bruno, a_pdf(WORDS, SEPARATOR, "Otra carta, de otra persona."))
    form = bruno.get(f"/desk/register?entity=besos&held={first.pk}")
    assert "factura de octubre" in words_of(form)
    filled = {
        name: value for name, value in form.context["form"].initial.items() if value is not None
    }
    typed = filled | {
        "token": form.context["form"]["token"].value(),
        "channel": "letter",
        "kind": "complaint",
        "language": "es",
        "received_at": STAMPED,
        "name": "Ana Puig",
        "postal_address": "Carrer Major 1, 08001 Barcelona",
        "answer_channel": "letter",
        "narrative": WORDS,
    }
    done = bruno.post(f"/desk/register?entity=besos&held={first.pk}", typed)
    assert done.status_code == 200, words_of(done)
    with people.acting(cast):
        case = Case.objects.latest("pk")
        assert f"{case.received_at:%Y-%m-%d}" == "2026-11-18"
        assert Scan.objects.get(pk=first.pk).case_id == case.pk
        assert Scan.objects.get(pk=second.pk).case_id is None
        assert Document.objects.filter(case=case).count() == 1


def test_what_cannot_be_opened_is_told_by_name_and_kept(cast: Cast, sign_in: SignIn) -> None:
    bruno = sign_in(cast.bruno)
    (scan,) = taken_in(cast, bruno, a_locked_pdf(), "locked.pdf")
    listed = words_of(bruno.get("/desk/letters/in"))
    assert "locked.pdf" in listed
    assert "protected by a password" in listed
    address = f"/desk/letters/in/{scan.pk}"
    assert "Scan the letter without one" in words_of(bruno.get(address))
    assert bruno.get(f"{address}/content")["Content-Type"] == "application/octet-stream"
    assert bruno.post(address, {"do": "aside", "reason": ""}).status_code == 422
    assert bruno.post(address, {"do": "aside", "reason": "Scanned anew."}).status_code == 302
    assert "locked.pdf" not in words_of(bruno.get("/desk/letters/in"))


def test_a_file_is_needed_and_no_moment_to_come(cast: Cast, sign_in: SignIn) -> None:
    bruno = sign_in(cast.bruno)
    said = {"entity": "besos", "channel": "letter", "received_at": STAMPED}
    assert "Choose at least one file" in words_of(bruno.post("/desk/letters/in/add", said))
    late = said | {"received_at": "2031-01-01T10:00"}
    assert bruno.post("/desk/letters/in/add", late).status_code == 422


def test_the_separator_sheet_can_be_printed(cast: Cast, sign_in: SignIn) -> None:
    made = sign_in(cast.bruno).get("/desk/letters/in/separator")
    assert made.content.startswith(b"%PDF")
