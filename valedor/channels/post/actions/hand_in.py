"""Somebody brings papers to the counter: what they hand in goes into their case."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.documents import Kept
from valedor.casefile.models import Case, Document, Entry
from valedor.channels.post import counter_rules
from valedor.channels.post.facts import PapersHandedIn
from valedor.foundation.refusals import refuse_if
from valedor.handling.actions.add_document import add_document
from valedor.handling.alarms import raise_alarm
from valedor.handling.models import Alarm
from valedor.handling.standing import viewer_for


@transaction.atomic
def hand_in(
    case: Case, *, what: str, pages: int, files: Sequence[Kept], by: By, at: datetime
) -> Entry:
    """Record what was handed in at a moment: in words, how many pages, and the scans of it.

    Whoever holds the case is called. The line is what a stamped receipt vouches for. Raises
    ``Refused`` where nothing is said of it, or the case was erased.
    """
    case = locked(case)
    refuse_if(counter_rules.why_not_hand_in(case, viewer_for(case, by), what=what, pages=pages))
    added = [
        add_document(case, file=file, by=by, at=at, side=Document.Side.COMPLAINANT)
        for file in files
    ]
    case = locked(case)
    fact = PapersHandedIn(
        pages=pages, documents=tuple(one.pk for one in added), what=" ".join(what.split())
    )
    entry = timeline.record(case, fact, by=by, at=at)
    if case.holder_id != by.account_id:
        raise_alarm(case, Alarm.Cause.PERSON_WROTE, at=at)
    return entry
