"""Write an internal note. It stays in the house (ISO 10002, tracking)."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Entry
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.facts import NoteWritten
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def write_note(case: Case, *, text: str, by: By, at: datetime) -> Entry:
    """Raises ``Refused``."""
    case = locked(case)
    refuse_if(rules.why_not_write_note(case_state(case), viewer_for(case, by), text=text))
    return timeline.record(case, NoteWritten(), by=by, at=at, body=text.strip())
