"""Add a document to a case.

Evidence from either side, a proof. Its bytes are on disk before this.
"""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.document_facts import DocumentKept, DocumentRefused
from valedor.casefile.models import Case, Document, Entry, Grievance, RefusedDocument
from valedor.casefile.seats import BOTH_SIDES, Seat
from valedor.foundation import chain
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.alarms import raise_alarm
from valedor.handling.models import Alarm
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for
from valedor.intake.submission import KeptFile, RefusedFile

_SPEAKS_FOR_PERSON = {Entry.Actor.COMPLAINANT, Entry.Actor.REPRESENTATIVE}


@as_the_company
def add_document(
    case: Case,
    *,
    file: KeptFile,
    by: By,
    at: datetime,
    purpose: str = "evidence",
    grievance: Grievance | None = None,
    internal: bool = False,
    side: Document.Side | None = None,
) -> Document:
    """File a kept document. ``internal`` keeps it inside the company; what the person sends never
    is.

    ``side`` says whose it is when staff file what the person handed over. Raises ``Refused``.
    """
    case = locked(case)
    refuse_if(rules.why_not_add_document(case_state(case), viewer_for(case, by)))
    from_person = by.actor in _SPEAKS_FOR_PERSON
    whose = side or (Document.Side.COMPLAINANT if from_person else Document.Side.COMPANY)
    seats = Seat.COMPANY if internal and not from_person else BOTH_SIDES
    salt = chain.draw_salt()
    document = Document(
        case=case,
        entity_id=case.entity_id,
        seats=int(seats),
        grievance=grievance,
        side=whose,
        purpose=purpose,
        name=file.name,
        media_type=file.media_type,
        claimed_type=file.claimed_type,
        size=file.size,
        sha256=file.sha256,
        salt=salt,
        salted_digest=chain.salted_digest(salt, {"sha256": file.sha256}),
        by=by.account,
        at=at,
    )
    document.entry = timeline.record(
        case,
        DocumentKept(
            document=document.pk,
            side=str(whose),
            media_type=file.media_type,
            size=file.size,
            digest=bytes(document.salted_digest).hex(),
            name=file.name,
        ),
        by=by,
        at=at,
        seats=seats,
    )
    document.save(force_insert=True)
    if from_person:
        raise_alarm(case, Alarm.Cause.PERSON_WROTE, at=at)
    return document


@as_the_company
def refuse_document(case: Case, *, file: RefusedFile, by: By, at: datetime) -> RefusedDocument:
    """Record by name a file that could not be taken.

    What came with it is kept. Raises ``Refused``.
    """
    case = locked(case)
    refuse_if(rules.why_not_add_document(case_state(case), viewer_for(case, by)))
    timeline.record(
        case,
        DocumentRefused(name=file.name, reason=file.reason, size=file.size),
        by=by,
        at=at,
    )
    return RefusedDocument.objects.create(
        case=case,
        entity_id=case.entity_id,
        name=file.name,
        size=file.size,
        reason=file.reason,
        at=at,
    )
