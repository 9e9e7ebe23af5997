"""Note what a scanner says of a document: nothing bad, or something that puts it in quarantine.

Nothing is dropped. Who may see the document learns that it is held, so that the person can send it
another way.
"""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import SYSTEM
from valedor.casefile.document_facts import DocumentQuarantined
from valedor.casefile.models import Case, Document
from valedor.casefile.seats import Seat
from valedor.casefile.viewing import the_house, viewing


def note_scan(document: Document, *, found: str, at: datetime) -> bool:
    """``found`` is by what name the scanner knows it; empty where it knows nothing bad.

    False where it was noted before, or the document was erased meanwhile.
    """
    waits = Document.objects.filter(pk=document.pk, scan=Document.Scan.UNSCANNED, erased_at=None)
    with viewing(the_house(document.entity_id)):
        if not found:
            return bool(waits.update(scan=Document.Scan.CLEAN, found="", looked_at=at))
        case = locked(Case.objects.get(pk=document.case_id))
        held = waits.update(scan=Document.Scan.INFECTED, found=found[:200], looked_at=at)
        if held:
            fact = DocumentQuarantined(document=document.pk, found=found[:200], name=document.name)
            timeline.record(case, fact, by=SYSTEM, at=at, seats=Seat(document.seats))
        return bool(held)
