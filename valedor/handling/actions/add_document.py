"""Add a document to a case.

Evidence from either side, a proof. Its bytes are on disk before this.
"""

from datetime import datetime

from valedor.casefile import documents
from valedor.casefile.actors import By
from valedor.casefile.documents import FileRefused, Kept
from valedor.casefile.joining import locked_where_it_goes_on
from valedor.casefile.models import Case, Document, Entry, Grievance
from valedor.casefile.seats import BOTH_SIDES, Seat
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.alarms import raise_alarm
from valedor.handling.models import Alarm
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for

_SPEAKS_FOR_PERSON = {Entry.Actor.COMPLAINANT, Entry.Actor.REPRESENTATIVE}


@as_the_company
def add_document(
    case: Case,
    *,
    file: Kept,
    by: By,
    at: datetime,
    purpose: str = "evidence",
    grievance: Grievance | None = None,
    internal: bool = False,
    in_mediation: bool = False,
    side: Document.Side | None = None,
) -> Document:
    """File a kept document. ``internal`` keeps it inside the company; what the person sends never
    is. ``in_mediation`` says that it is handed over for the mediation that goes on and for nothing
    else: it is confidential, and goes to no other body (Ley 5/2012, art. 9).

    ``side`` says whose it is when staff file what the person handed over. Raises ``Refused``.
    """
    case = locked_where_it_goes_on(case)
    state = case_state(case)
    refuse_if(rules.why_not_add_document(state, viewer_for(case, by)))
    if in_mediation:
        refuse_if(rules.why_not_in_mediation(state))
    from_person = by.actor in _SPEAKS_FOR_PERSON
    document = documents.add_document(
        case,
        file,
        side=side or (Document.Side.COMPLAINANT if from_person else Document.Side.COMPANY),
        by=by,
        at=at,
        purpose=documents.IN_MEDIATION if in_mediation else purpose,
        seats=Seat.COMPANY if internal and not from_person else BOTH_SIDES,
        grievance=grievance,
        instance=state.instance,
    )
    if from_person:
        raise_alarm(case, Alarm.Cause.PERSON_WROTE, at=at)
    return document


@as_the_company
def refuse_document(case: Case, *, refused: FileRefused, by: By, at: datetime) -> Entry:
    """Record by name a file that was not taken; what came with it is kept. Raises ``Refused``."""
    case = locked_where_it_goes_on(case)
    refuse_if(rules.why_not_add_document(case_state(case), viewer_for(case, by)))
    return documents.note_refused(case, refused, by=by, at=at)
