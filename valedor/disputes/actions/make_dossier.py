"""Put together a dossier that somebody asked for: the worker's part."""

import hashlib
import logging
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pypdfium2
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from valedor.casefile import documents, reads, store, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import SYSTEM, staff
from valedor.casefile.documents import Kept
from valedor.casefile.models import Case, Document
from valedor.casefile.paper.typeset import typeset
from valedor.casefile.seats import Seat
from valedor.casefile.viewing import Viewer, complainant_of, the_house, viewer_of, viewing
from valedor.disputes.dossier.contents import PURPOSE, Contents, contents_of
from valedor.disputes.dossier.enclosed import originals_of
from valedor.disputes.dossier.queries import GOING_ON
from valedor.disputes.dossier.redaction import redactor_for, whole
from valedor.disputes.dossier.told import told
from valedor.disputes.facts import DossierFailed, DossierMade, RedactedDossierMade
from valedor.disputes.models import Dossier
from valedor.foundation.pdf_seal import manifest
from valedor.foundation.pdf_seal.enclosing import Enclosure, enclose
from valedor.foundation.pdf_seal.house import seal_certificate
from valedor.foundation.pdf_seal.sealing import seal_file

logger = logging.getLogger(__name__)

# Beside the files: setting the pages, sealing, keeping.
_STEPS = 3
# So many files between one word on how far it is and the next.
_TOLD_EVERY = 10
_SIDES = {
    Seat.OMBUDSMAN: Document.Side.OMBUDSMAN,
    Seat.COMPANY: Document.Side.COMPANY,
    Seat.COMPLAINANT: Document.Side.COMPLAINANT,
}


def make_dossier(dossier_id: int, *, at: datetime) -> None:
    """Make it, unless that was done already. What its maker may see now goes in: somebody who may
    not make it any more gets none.
    """
    with viewing(the_house()):
        found = Dossier.objects.select_related("by", "case__entity").filter(pk=dossier_id).first()
    if found is None or found.state not in GOING_ON:
        return
    viewer = viewer_of(found.by) if found.by else complainant_of(found.case_id)
    contents = contents_of(found, viewer)
    if contents is None:
        logger.warning("dossier refused to whoever asked", extra={"dossier": dossier_id})
        give_up(dossier_id, at=at)
        return
    with tempfile.TemporaryDirectory(dir=_scratch(), prefix="dossier-") as folder:
        path = Path(folder) / "dossier.pdf"
        made = _Making(found, contents, path, at)
        made.set_pages()
        made.enclose()
        made.seal()
        _keep(made, viewer)


def _scratch() -> Path:
    """Where files lie that are not kept yet: on the disk of the documents, like what arrives."""
    scratch = Path(settings.DOCUMENTS) / "arriving"
    scratch.mkdir(parents=True, exist_ok=True, mode=0o700)
    return scratch


class _Making:
    """One dossier on its way, step by step, each told on its page."""

    def __init__(self, dossier: Dossier, contents: Contents, path: Path, at: datetime) -> None:
        self.dossier, self.contents, self.path, self.at = dossier, contents, path, at
        self.pages, self.files, self.is_stamped, self.done = 0, 0, False, 0
        with translation.override(dossier.language):
            mark = _("[left out]")
        is_full = dossier.copy == Dossier.Copy.FULL
        self.redactor = whole(mark) if is_full else redactor_for(contents, mark)
        originals = sum(not one.why_not for one in contents.filed)
        originals += sum(one.raw is not None for one in contents.written)
        self._tell(state=Dossier.State.MAKING, total=originals + _STEPS, done=0)

    def set_pages(self) -> None:
        """What can be read without opening a file."""
        dossier = self.dossier
        with translation.override(dossier.language):
            values = told(dossier, self.contents, self.redactor, at=self.at)
        pages = typeset(
            "dossier",
            values,
            dossier.language,
            at=self.at,
            folder="valedor.disputes.dossier",
            standard="a-3a",
        )
        self.path.write_bytes(pages)
        self.pages = _count_pages(pages)
        self._set_down = (len(pages), hashlib.sha256(pages).hexdigest())
        self._step()

    def enclose(self) -> None:
        """The originals, and at last the manifest that lists them."""
        enclose(self.path, self._enclosures())

    def _enclosures(self) -> Iterator[Enclosure]:
        listed: list[dict[str, Any]] = []
        for original in originals_of(self.contents, self.redactor):
            listed.append(original.listed)
            yield original.enclosure
            self._step()
        self.files = len(listed)
        written = manifest.written(_about(self), listed, pages=self._set_down)
        yield Enclosure(
            manifest.NAME, "application/json", "manifest", self.at, lambda: written, is_data=True
        )

    def seal(self) -> None:
        """The seal of the house over all of it."""
        self.is_stamped = seal_file(
            self.path,
            seal_certificate(at=self.at),
            at=self.at,
            reason=f"{self.contents.case.reference} {self.dossier.copy}",
            timestamp_url=settings.TIMESTAMP_URL,
        )
        self._step()

    def _step(self) -> None:
        self.done += 1
        if self.done % _TOLD_EVERY == 0 or self.done < _TOLD_EVERY:
            self._tell(done=self.done)

    def _tell(self, **values: Any) -> None:
        with viewing(the_house(self.dossier.entity_id)):
            Dossier.objects.filter(pk=self.dossier.pk).update(**values)


def _count_pages(pages: bytes) -> int:
    document = pypdfium2.PdfDocument(pages)
    try:
        return len(document)
    finally:
        document.close()


def _about(making: _Making) -> dict[str, Any]:
    """What the manifest says beside the files."""
    dossier, case = making.dossier, making.contents.case
    entity = making.contents.house.entity
    is_full = dossier.copy == Dossier.Copy.FULL
    return {
        "reference": case.reference,
        "entity": {"key": entity.key, "name": entity.name},
        "for": dossier.body,
        "copy": str(dossier.copy),
        "language": dossier.language,
        "made_at": making.at.isoformat(),
        "made_by": dossier.by.name if is_full and dossier.by else "",
        "house": making.contents.own.names[0],
        "with_working_papers": dossier.with_working,
        "chain": {"sequence": case.last_sequence, "hash": bytes(case.last_hash).hex()},
        "left_out": _left_out(making),
        "not_enclosed": [
            {"mark": one.mark, "document": one.document.pk, "why": one.why_not}
            for one in making.contents.filed
            if one.why_not
        ],
    }


def _left_out(making: _Making) -> dict[str, int]:
    taken = {"words": making.redactor.count} if making.redactor.count else {}
    return {**making.contents.left_out, **taken}


# ------------------------------------------------------------------ once it is made
def _keep(making: _Making, viewer: Viewer) -> None:
    """Keep the file with the case, seen by the house that made it, and note the disclosure."""
    dossier, at = making.dossier, making.at
    sha256, size = store.keep(_pieces(making.path))
    with viewing(the_house(dossier.entity_id)):
        case = locked(dossier.case)
        fresh = Dossier.objects.select_for_update().get(pk=dossier.pk)
        if case.erased_at is not None or fresh.state not in GOING_ON:
            return
        own = Seat(fresh.seats)
        kept = Kept(
            name=_name_of(case, dossier),
            media_type="application/pdf",
            claimed_type="",
            size=size,
            sha256=sha256,
        )
        by = staff(dossier.by) if dossier.by else SYSTEM
        document = documents.add_document(
            case, kept, side=_SIDES[own], by=by, at=at, purpose=PURPOSE, seats=own
        )
        is_full = dossier.copy == Dossier.Copy.FULL
        fact = (DossierMade if is_full else RedactedDossierMade)(
            dossier=dossier.pk,
            document=document.pk,
            pages=making.pages,
            files=making.files,
            body=dossier.body,
        )
        timeline.record(case, fact, by=by, at=at, seats=own)
        Dossier.objects.filter(pk=dossier.pk).update(
            state=Dossier.State.READY,
            done=making.done + 1,
            total=making.done + 1,
            pages=making.pages,
            files=making.files,
            is_stamped=making.is_stamped,
            left_out=_left_out(making),
            document=document,
            ready_at=at,
        )
        if viewer.account is not None:  # What the person takes along is theirs.
            particulars = {"dossier": dossier.pk, "copy": str(dossier.copy), "files": making.files}
            reads.note_read(viewer, case, "dossier", at, particulars)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(2**20):
            yield piece


def _name_of(case: Case, dossier: Dossier) -> str:
    ending = "" if dossier.copy == Dossier.Copy.FULL else "-redacted"
    return f"{case.reference}-dossier{ending}.pdf"


def give_up(dossier_id: int, *, at: datetime) -> None:
    """It could not be made: said on its page and in the timeline, for somebody to ask again."""
    with viewing(the_house()):
        found = Dossier.objects.select_related("case").filter(pk=dossier_id).first()
        if found is None or found.state not in GOING_ON:
            return
        case = locked(found.case)
        Dossier.objects.filter(pk=found.pk).update(state=Dossier.State.FAILED)
        fact = DossierFailed(dossier=found.pk, body=found.body)
        timeline.record(case, fact, by=SYSTEM, at=at, seats=Seat(found.seats))
