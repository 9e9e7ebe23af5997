"""What somebody of the office has typed in a form and not sent: theirs alone, behind the wall."""

from collections.abc import Mapping
from datetime import datetime

from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.foundation.refusals import refuse_if
from valedor.handling.actions.save_draft import drop, keep
from valedor.handling.draft_place import DraftPlace
from valedor.handling.standing import viewer_for
from valedor.review.office import rules
from valedor.review.office.actions.common import in_the_office
from valedor.review.office.facts import INSIDE
from valedor.review.office.queries import file_state


@in_the_office
def save_office_draft(
    file: Case,
    *,
    form: str,
    fields: Mapping[str, str],
    by: By,
    at: datetime,
    place: DraftPlace | None = None,
) -> bool:
    """Keep what is typed, without a lock on the file. Whether another draft of theirs lies beside
    it. Raises ``Refused``.
    """
    refuse_if(rules.why_not_work(file_state(file, at=at), viewer_for(file, by)))
    return keep(file, form=form, fields=fields, by=by, at=at, place=place, seats=INSIDE)


@in_the_office
def drop_office_draft(file: Case, *, form: str, by: By, place: DraftPlace | None = None) -> None:
    """What was typed was sent."""
    drop(file, form=form, by=by, place=place)
