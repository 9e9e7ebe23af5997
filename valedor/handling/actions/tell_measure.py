"""Tell the person what was changed because of their case, after it was closed."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Message
from valedor.foundation.refusals import refuse_if
from valedor.handling import outgoing, rules
from valedor.handling.facts import MeasureTold
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for


@as_the_company
def tell_measure(case: Case, *, text: str, by: By, at: datetime) -> Message:
    """Raises ``Refused``."""
    case = locked(case)
    state = case_state(case)
    refuse_if(rules.why_not_tell_measure(state, viewer_for(case, by), text=text))
    letter = outgoing.send(state, "measure_taken", {"measure": text}, by=by, at=at)
    entry = timeline.record(
        case, MeasureTold(letter=letter.pk if letter else None), by=by, at=at, body=text
    )
    return outgoing.keep_message(case, entry, letter, at=at)
