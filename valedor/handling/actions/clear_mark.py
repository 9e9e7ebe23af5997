"""Take away the mark of possible abuse, after a person has looked."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Entry
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.facts import MarkCleared
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def clear_mark(case: Case, *, by: By, at: datetime, reason: str = "") -> Entry:
    """Raises ``Refused``."""
    case = locked(case)
    refuse_if(rules.why_not_clear_mark(case_state(case), viewer_for(case, by)))
    case.is_marked_abuse = False
    case.save(update_fields=["is_marked_abuse"])
    return timeline.record(case, MarkCleared(), by=by, at=at, body=reason)
