"""Documents are kept, refused by name, and served as attachments to whoever may see them."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import FileResponse, Http404
from django.test.utils import CaptureQueriesContext

from valedor.casefile import documents, store
from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.models import Document, Entry, RefusedDocument
from valedor.casefile.seats import Seat
from valedor.casefile.tests import builders
from valedor.casefile.tests.builders import NOON
from valedor.casefile.verification import verify
from valedor.casefile.viewing import complainant_of, the_house, viewer_of, viewing

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: Any) -> None:
    settings.DOCUMENTS = tmp_path / "documents"


def test_a_document_is_on_disk_and_in_the_chain() -> None:
    case = builders.a_case(builders.an_entity())
    kept = documents.keep_file("C:\\scans\\factura\0.pdf", [PDF[:3], PDF[3:]])
    assert (kept.name, kept.media_type, kept.size) == ("factura.pdf", "application/pdf", len(PDF))
    with viewing(the_house()):
        document = documents.add_document(
            case, kept, side=Document.Side.COMPLAINANT, by=COMPLAINANT, at=NOON
        )
    assert store.read(document.sha256) == PDF
    assert verify().broken == []


def test_a_type_that_lies_is_noticed() -> None:
    kept = documents.keep_file("photo.jpg", [PDF], claimed_type="image/jpeg")
    assert kept.media_type == "application/pdf"
    assert kept.is_not_what_it_claims
    assert not documents.keep_file(
        "x.pdf", [PDF], claimed_type="application/pdf"
    ).is_not_what_it_claims


@pytest.mark.parametrize(
    ("size", "content", "code"),
    [
        (None, [], "empty"),
        (0, [b""], "empty"),
        (10**9, [PDF], "too_large"),
        (5, [b"x" * 2000] * 3, "too_large"),
    ],
)
def test_refuses_by_name_and_keeps_nothing(
    settings: Any, size: int | None, content: list[bytes], code: str
) -> None:
    settings.DOCUMENT_LIMIT = 4096
    case = builders.a_case(builders.an_entity())
    with pytest.raises(documents.FileRefused) as refused:
        documents.keep_file("film.mov", content, size=size)
    assert refused.value.refusal.code == code
    assert "film.mov" in str(refused.value.refusal)
    assert [path for path in Path(settings.DOCUMENTS).rglob("*") if path.is_file()] == []
    with viewing(the_house()):
        documents.note_refused(case, refused.value, by=COMPLAINANT, at=NOON)
        assert RefusedDocument.objects.get().name == "film.mov"
        assert Entry.objects.filter(kind="document.refused").exists()


def test_is_decided_when_it_is_fetched_and_looks_the_same_as_missing() -> None:
    entity = builders.an_entity()
    bruno = builders.a_handler(builders.a_team(entity))
    dario = builders.a_handler(builders.a_team(builders.an_entity("ipe")), "dario")
    case, other = builders.a_case(entity), builders.a_case(entity)
    document = builders.a_document(case)
    with viewing(the_house()):
        inside = Document.objects.create(
            case=case, entity=entity, seats=int(Seat.COMPANY), side="company", name="x",
            media_type="text/plain", size=1, salted_digest=b"x", at=NOON,
        )  # fmt: skip
    for viewer, sees in (
        (viewer_of(bruno), {document.pk, inside.pk}),
        (complainant_of(case.pk), {document.pk}),
        (complainant_of(other.pk), set()),
        (viewer_of(dario), set()),
    ):
        with viewing(viewer):
            counted = set()
            for key in (document.pk, inside.pk, 987654321):
                with CaptureQueriesContext(connection) as queries:
                    try:
                        assert documents.document_for(viewer, key).pk in sees
                    except Http404:
                        assert key not in sees
                counted.add(len(queries))
            assert counted == {1}
            assert {found.pk for found in documents.documents_visible_to(viewer, case)} == sees


def test_is_served_as_an_attachment_that_nothing_runs() -> None:
    case = builders.a_case(builders.an_entity())
    page = builders.a_document(case, b"<script>alert(1)</script>", name='résumé "1";\r\nX: y.html')
    with viewing(the_house()):
        Document.objects.filter(pk=page.pk).update(media_type="text/html")
        page.refresh_from_db()
        response = documents.download_response(page)
    assert isinstance(response, FileResponse)
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''r%C3%A9sum%C3%A9")
    assert "\n" not in disposition
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"  # type: ignore[arg-type]


def test_a_file_that_is_gone_is_said_to_be() -> None:
    case = builders.a_case(builders.an_entity())
    document = builders.a_document(case)
    store.remove(document.sha256)
    assert not documents.is_on_disk(document)
    response = documents.download_response(document)
    assert response.status_code == 503
    assert b"missing from the disk" in response.content
