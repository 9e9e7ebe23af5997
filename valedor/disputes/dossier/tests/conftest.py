"""What the tests of the dossier stand on: the cast, a case with papers, a folder of its own."""

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests import cast as people
from tests.cast import Cast
from valedor.casefile import documents, store
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.documents import Kept
from valedor.casefile.models import Case, Document, Message, RawMessage, Stage
from valedor.casefile.seats import BOTH_SIDES, Seat
from valedor.casefile.viewing import viewer_of
from valedor.disputes.actions.ask_for_dossier import ask_for_dossier
from valedor.disputes.actions.make_dossier import make_dossier
from valedor.disputes.models import Dossier
from valedor.handling.actions.write_note import write_note
from valedor.intake.submission import PersonGiven

ANA = PersonGiven(
    name="Ana Puig",
    email="ana@example.org",
    telephone="+34 600 123 456",
    postal_address="Carrer Major 1\n08001 Barcelona",
)
BILL = b"%PDF-1.4\n% a bill that names a neighbour\n" + bytes(range(256)) * 40
WHEN = people.hours(1)
MAIL = b"From: ana@example.org\r\nSubject: Factura\r\n\r\nMe cobran dos veces.\r\n"
NARRATIVE = (
    "Me cobran dos veces la factura. Escribidme a ana@example.org o llamad al 600 123 456; mi DNI "
    "es 12345678Z y mi cuenta ES91 2100 0418 4502 0005 1332. *Nada* #de esto es [código]."
)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: Any) -> None:
    settings.VALEDOR_HOME = tmp_path
    settings.DOCUMENTS = tmp_path / "documents"
    settings.KEPT_MAIL = tmp_path / "mail"


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody."""
    return people.the_cast()


def photograph() -> bytes:
    """A picture of a meter."""
    made = io.BytesIO()
    Image.new("RGB", (320, 200), (12, 102, 92)).save(made, "JPEG")
    return made.getvalue()


def filed(
    case: Case,
    name: str,
    content: bytes,
    media_type: str,
    *,
    seats: Seat = BOTH_SIDES,
    side: Document.Side = Document.Side.COMPLAINANT,
    at: datetime = WHEN,
) -> Document:
    """A document of the case, on disk."""
    sha256, size = store.keep(content)
    kept = Kept(name=name, media_type=media_type, claimed_type="", size=size, sha256=sha256)
    locked = Case.objects.select_for_update().get(pk=case.pk)
    return documents.add_document(locked, kept, side=side, by=COMPLAINANT, at=at, seats=seats)


@pytest.fixture
def case(cast: Cast) -> Case:
    """Answered, with a bill, a photograph and a mail of hers, and papers of the house's own."""
    made = people.a_case(cast, stage=Stage.ANSWERED, person=ANA, narrative=NARRATIVE)
    with people.acting(cast):
        filed(made, "factura març.pdf", BILL, "application/pdf")
        filed(made, "contador.jpg", photograph(), "image/jpeg")
        filed(made, "informe.txt", b"For us.", "text/plain", seats=Seat.COMPANY,
              side=Document.Side.COMPANY)  # fmt: skip
        write_note(people.again(made), text="Ojo: cliente difícil.", by=staff(cast.bruno),
                   at=people.hours(9))  # fmt: skip
        came_by_mail(made)
        return people.again(made)


def came_by_mail(case: Case) -> None:
    """What she filed came by mail, and is kept as it came."""
    opening = Message.objects.filter(case=case, direction=Message.Direction.IN).earliest("at")
    raw = RawMessage.objects.create(
        entity_id=case.entity_id,
        case=case,
        channel=Case.Channel.EMAIL,
        state=RawMessage.State.REGISTERED,
        media_type="message/rfc822",
        content=MAIL,
        received_at=opening.at,
    )
    opening.raw, opening.channel = raw, Case.Channel.EMAIL
    opening.save(update_fields=["raw", "channel"])


def made_by(
    cast: Cast,
    case: Case,
    *,
    copy: Dossier.Copy = Dossier.Copy.FULL,
    language: str = "es",
    **asked: Any,
) -> Dossier:
    """A dossier that Bruno asked for, put together as the worker does."""
    dossier = ask_for_dossier(
        case,
        body="Junta Arbitral de Consum de Catalunya",
        copy=copy,
        language=language,
        viewer=viewer_of(cast.bruno),
        at=people.days(1),
        **asked,
    )
    make_dossier(dossier.pk, at=people.days(1))
    return as_it_is(cast, dossier)


def as_it_is(cast: Cast, dossier: Dossier) -> Dossier:
    """A dossier as the database has it now."""
    with people.acting(cast):
        return Dossier.objects.select_related("document").get(pk=dossier.pk)


def path_of(dossier: Dossier) -> Path:
    """The file itself."""
    assert dossier.document is not None
    return store.path_of(dossier.document.sha256)
