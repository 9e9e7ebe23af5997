"""Decide on a document in quarantine: let it out, or leave it there now that somebody looked."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.document_facts import DocumentCondemned, DocumentReleased
from valedor.casefile.models import Case, Document, Entry
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.alarms import settle_alarms
from valedor.handling.models import Alarm
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def judge_document(
    case: Case, *, document: Document, is_harmless: bool, reason: str, by: By, at: datetime
) -> Entry:
    """``is_harmless`` lets whoever may see the document save it. Raises ``Refused``."""
    case = locked(case)
    document = Document.objects.get(pk=document.pk, case=case)
    refuse_if(rules.why_not_judge_document(case_state(case), viewer_for(case, by), document))
    if is_harmless:
        document.scan = Document.Scan.RELEASED
        document.save(update_fields=["scan"])
    made = DocumentReleased if is_harmless else DocumentCondemned
    fact = made(document=document.pk, found=document.found, name=document.name)
    settle_alarms(case, Alarm.Cause.DOCUMENT_HELD, at=at)
    return timeline.record(case, fact, by=by, at=at, body=reason)
