"""The receipt of a real case: what stands in it, and that it comes out the same again."""

import hashlib
import io
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from valedor.casefile import receipts, store
from valedor.casefile.models import Case, Deadline, Document
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.tests.post_room import FILED_AT, NARRATIVE, a_case
from valedor.foundation.pdf_seal.verifying import verify_file
from valedor.foundation.refusals import Refused
from valedor.intake.actions.receive import Registration

pytestmark = pytest.mark.usefixtures("committed_database")


def case_of(registration: Registration) -> Case:
    return Case.objects.select_related("entity", "complainant", "mandate").get(
        pk=registration.case.pk
    )


def test_holds_what_was_filed_and_what_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    registration = a_case()
    told: dict[str, Any] = {}

    def keep(_name: str, values: dict[str, Any], _language: str, *, at: datetime) -> bytes:
        told.update(values, at=at)
        return b"%PDF"

    monkeypatch.setattr(receipts, "typeset", keep)
    with viewing(the_house()):
        receipts.receipt_pdf(case_of(registration))
    assert told["at"] == FILED_AT
    facts = dict(told["facts"])
    assert facts["Referència"] == registration.case.reference
    assert facts["Rebut"] == "20 de novembre del 2026 a les 09:14, hora de Madrid"
    assert facts["Presentat per"] == "Ana Pérez Solà"
    assert told["narrative"] == NARRATIVE
    assert told["points"] == ["Doble cobrament"]
    assert told["remedy"] == "Devolució de 43,20 €"
    assert told["documents"] == [
        {
            "name": "factura.txt",
            "size": "6 B",
            "sha256": hashlib.sha256(b"a bill").hexdigest(),
        }
    ]
    assert told["refused"] == [{"name": "film.mov", "reason": "supera la mida permesa"}]
    assert told["hash"] == hashlib.sha256(b"narrative=M%27heu+cobrat").hexdigest()
    answer = [date for date in told["dates"] if date["duty"] == "Resposta a cada punt"]
    assert {date["law"] for date in answer} == {
        "Llei 10/2025, de serveis d'atenció a la clientela, art. 17.2",
        "Llei 10/2025, de serveis d'atenció a la clientela, art. 17.3",
        "Llei 10/2025, de serveis d'atenció a la clientela, art. 17.1, 13.1–13.7",
    }
    assert told["later"]
    assert registration.access_code not in str(told)


def test_is_kept_once_and_comes_out_the_same_when_the_clock_moved(tmp_path: Path) -> None:
    registration = a_case()
    with viewing(the_house()):
        case = case_of(registration)
        document, made = receipts.receipt_of(case, at=FILED_AT)
        assert hashlib.sha256(made).hexdigest() == document.sha256
        assert store.read(document.sha256) == made
        Deadline.objects.filter(case=case.pk).update(due_on=FILED_AT.date() + timedelta(days=90))
        assert made.startswith(receipts.receipt_pdf(case_of(registration)))  # The seal is behind.
        again, _content = receipts.receipt_of(case, at=FILED_AT + timedelta(days=1))
        assert again.pk == document.pk
        assert Document.objects.filter(case=case.pk, purpose="receipt").count() == 1
    (tmp_path / "receipt.pdf").write_bytes(made)
    assert verify_file(tmp_path / "receipt.pdf", at=FILED_AT).holds
    with pikepdf.open(io.BytesIO(made)) as pdf, pdf.open_metadata() as metadata:
        assert registration.case.reference in metadata["dc:title"]


def test_what_was_erased_makes_no_receipt() -> None:
    registration = a_case()
    with viewing(the_house()):
        case = case_of(registration)
        case.erased_at = FILED_AT
        with pytest.raises(Refused):
            receipts.receipt_pdf(case)
