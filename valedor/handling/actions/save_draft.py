"""Keep what somebody types, field by field, whatever else happens to the case meanwhile.

Two windows of one person do not overwrite each other: whichever had read an older version saves
beside the newer one.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from valedor.casefile.actors import By
from valedor.casefile.models import Case
from valedor.casefile.seats import Seat
from valedor.foundation.ids import next_id
from valedor.foundation.refusals import refuse_if
from valedor.handling import rules
from valedor.handling.draft_place import DraftPlace
from valedor.handling.models import Draft
from valedor.handling.queries import case_state
from valedor.handling.standing import as_the_company, viewer_for

# One statement each and no lock on the case: fields that this save does not name keep what they
# hold, and whatever changed meanwhile makes the statement change no row.
_SAVED = """
    UPDATE handling_draft SET content = content || %(content)s::jsonb, saved_at = %(at)s,
        version = version + 1, "window" = %(window)s
    WHERE case_id = %(case)s AND account_id = %(account)s AND form = %(form)s AND {which}
"""
_BY_WINDOW = _SAVED.format(which='"window" = %(window)s')
_AS_READ = _SAVED.format(which="id = %(draft)s AND version = %(version)s")
_BESIDE = """
    INSERT INTO handling_draft
        (id, case_id, entity_id, seats, account_id, form, content, saved_at, "window", version)
    VALUES (%(id)s, %(case)s, %(entity)s, %(seats)s, %(account)s, %(form)s, %(content)s::jsonb,
        %(at)s, %(window)s, 1)
    ON CONFLICT (case_id, account_id, form, "window") DO UPDATE
    SET content = handling_draft.content || excluded.content, saved_at = excluded.saved_at,
        version = handling_draft.version + 1
"""


@as_the_company
def save_draft(
    case: Case,
    *,
    form: str,
    fields: Mapping[str, str],
    by: By,
    at: datetime,
    place: DraftPlace | None = None,
) -> bool:
    """A draft is its author's alone; nobody else's saving touches it. Raises ``Refused``.

    Without a ``place`` it goes on in the newest draft of this form. Whether another draft of theirs
    lies beside it.
    """
    refuse_if(rules.why_not_keep_draft(case_state(case), viewer_for(case, by)))
    return keep(case, form=form, fields=fields, by=by, at=at, place=place, seats=Seat.COMPANY)


def keep(
    case: Case,
    *,
    form: str,
    fields: Mapping[str, str],
    by: By,
    at: datetime,
    place: DraftPlace | None,
    seats: Seat,
) -> bool:
    """The same once its rule has been asked, for whoever sits on these seats."""
    drafts = Draft.objects.filter(case=case, account=by.account_id, form=form)
    if place is None:
        newest = drafts.order_by("-saved_at", "-pk").first()
        place = DraftPlace(newest.window if newest else "")
    values: dict[str, Any] = {
        "id": next_id(),
        "case": case.pk,
        "entity": case.entity_id,
        "seats": int(seats),
        "account": by.account_id,
        "form": form,
        "content": json.dumps(dict(fields)),
        "at": at,
        "window": place.window,
        "draft": place.draft_id,
        "version": place.version,
    }
    with connection.cursor() as cursor:
        for statement in (_BY_WINDOW, _AS_READ, _BESIDE):
            cursor.execute(statement, values)
            if cursor.rowcount:
                break
    return drafts.exclude(window=place.window).exists()


@as_the_company
def drop_draft(case: Case, *, form: str, by: By, place: DraftPlace | None = None) -> None:
    """The text was sent, or is not wanted any more. With a ``place`` only what that window wrote or
    had read: another text of theirs stays.
    """
    drop(case, form=form, by=by, place=place)


def drop(case: Case, *, form: str, by: By, place: DraftPlace | None) -> None:
    """The same, inside a viewer who sees the draft."""
    drafts = Draft.objects.filter(case=case, account=by.account_id, form=form)
    if place is not None:
        as_read = Q(pk=place.draft_id, version=place.version)
        drafts = drafts.filter(as_read | Q(window=place.window))
    drafts.delete()
