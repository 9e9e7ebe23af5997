"""Keep what somebody types, field by field, whatever else happens to the case meanwhile."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.casefile.seats import Seat
from valedor.foundation.ids import next_id
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.models import Draft
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for

# One statement and no lock on the case: fields that this save does not name keep what they hold.
_UPSERT = """
    INSERT INTO handling_draft (id, case_id, entity_id, seats, account_id, form, content, saved_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb, %s)
    ON CONFLICT (case_id, account_id, form) DO UPDATE
    SET content = handling_draft.content || excluded.content, saved_at = excluded.saved_at
"""


@as_the_company
def save_draft(case: Case, *, form: str, fields: Mapping[str, str], by: By, at: datetime) -> None:
    """A draft is its author's alone; nobody else's saving touches it. Raises ``Refused``."""
    refuse_if(rules.why_not_keep_draft(case_state(case), viewer_for(case, by)))
    with connection.cursor() as cursor:
        cursor.execute(
            _UPSERT,
            [
                next_id(),
                case.pk,
                case.entity_id,
                int(Seat.COMPANY),
                by.account_id,
                form,
                json.dumps(dict(fields)),
                at,
            ],
        )


@as_the_company
def drop_draft(case: Case, *, form: str, by: By) -> None:
    """The text was sent, or is not wanted any more."""
    Draft.objects.filter(case=case, account=by.account_id, form=form).delete()
