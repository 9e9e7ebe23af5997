"""The counter: whoever comes is read back to, hands in papers and carries a receipt away."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.letters import read_mailed_link
from valedor.casefile.models import Case, Document, Entry
from valedor.channels.post import sheets
from valedor.channels.post.facts import PapersHandedIn
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import words_of

SAID = {
    "language": "es",
    "kind": "complaint",
    "name": "Ana Puig",
    "postal_address": "Carrer Major 1, 08001 Barcelona",
    "answer_channel": "letter",
    "narrative": "Me cobran dos veces.",
}


@pytest.fixture(autouse=True)
def documents(tmp_path: Path, settings: Any) -> None:
    """A store of the test's own."""
    settings.DOCUMENTS = tmp_path


def test_it_is_read_back_before_anything_is_saved(cast: Cast, sign_in: SignIn) -> None:
    bruno, address = sign_in(cast.bruno), "/desk/counter?entity=besos"
    typed = SAID | {"token": bruno.get(address).context["form"]["token"].value()}
    page = bruno.post(address, typed)
    assert "Me cobran dos veces." in words_of(page)
    with people.acting(cast):
        assert not Case.objects.exists()
    again = bruno.post(address, typed | {"step": "edit"})
    assert b"Me cobran dos veces." in again.content
    done = bruno.post(address, typed | {"step": "save"})
    assert done.status_code == 200
    with people.acting(cast):
        case = Case.objects.get()
    assert case.channel == Case.Channel.IN_PERSON
    assert f"/desk/cases/{case.reference}/papers".encode() in done.content


def test_papers_go_into_the_case_and_a_stamped_receipt_comes_out(
    cast: Cast, sign_in: SignIn, tmp_path: Path
) -> None:
    case, nuria = people.a_case(cast), sign_in(cast.bruno)
    address = f"/desk/cases/{case.reference}/papers"
    assert nuria.post(address, {"what": "", "pages": ""}).status_code == 422
    files = [SimpleUploadedFile("bill.pdf", b"%PDF-1.7 a bill", "application/pdf")]
    said = {"what": "La factura y tres fotografías", "pages": "4", "scans": files}
    assert nuria.post(address, said).status_code == 302
    page = nuria.get(address)
    assert "La factura y tres fotografías" in words_of(page)
    with people.acting(cast):
        entry = Entry.objects.get(case=case, kind=PapersHandedIn.kind)
        assert entry.particulars["pages"] == 4
        document = Document.objects.get(pk=entry.particulars["documents"][0])
        assert (document.name, document.side) == ("bill.pdf", Document.Side.COMPLAINANT)
    made = nuria.get(f"{address}/{entry.pk}")
    assert made["Content-Type"] == "application/pdf"
    receipt = tmp_path / "receipt.pdf"
    receipt.write_bytes(made.content)
    words = " ".join(" ".join(sheets.words(receipt)).split())
    assert case.reference in words
    assert "La factura y tres fotografías" in words
    with pikepdf.open(io.BytesIO(made.content)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "2"
    picture = Image.open(io.BytesIO(sheets.picture(receipt, 0, dots=200)))
    (square,) = zxingcpp.read_barcodes(picture)
    read = read_mailed_link(square.text.partition("?link=")[2])
    assert read is not None
    assert read.case_id == case.pk
    assert sign_in(cast.dario).get(f"{address}/{entry.pk}").status_code == 404
    assert sign_in(cast.gia).get(address).status_code == 403
