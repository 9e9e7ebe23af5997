"""The outbox: what happened, composed for those who are told, in the transaction of the fact.

What is told names the case and says what happened and when; who the person is and what they wrote
is for the interface to tell, to a program that may ask.
"""

import json
import secrets
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from valedor.announcing import tasks
from valedor.announcing.events import OF_FACTS, Event
from valedor.casefile.models import Case, Entry
from valedor.casefile.seats import Seat
from valedor.foundation.jobs import Statement, job_row_for_each

_ENTITY = "entity of the case"
# Both statements name each row alike: what is drawn for the fact, then the subscription's number.
_TOLD = """
    FROM announcing_subscription AS told JOIN people_entity AS entity ON entity.id = told.entity_id
    WHERE told.entity_id = %s AND told.is_active AND %s = ANY (told.events)
"""
_NAME = "(%s || lpad(to_hex(told.id), 16, '0'))::uuid"
_WRITE = f"""
    INSERT INTO announcing_announcement (id, subscription_id, event, reference, body, next_try_at)
    SELECT {_NAME}, told.id, %s, %s, %s || to_json(entity.key)::text || %s, now() {_TOLD}
"""
_ENQUEUE = f"SELECT {_NAME} AS announcement_id {_TOLD}"


def statements_of(case: Case, entry: Entry) -> list[Statement]:
    """What is to be written beside a fact: a row and a job for each subscription that wants it.

    Nothing outside is told of a case whose person is protected, nor of what the house itself may
    not see; a token for programs does not see them either.
    """
    before, case.stage_before = case.stage_before, None
    if case.is_protected or not entry.seats & Seat.COMPANY:
        return []
    told: list[Statement] = []
    event = OF_FACTS.get(entry.kind)
    if event is not None:
        told += _announced(case, entry, event)
    if before is not None and before != entry.stage:
        told += _announced(case, entry, Event.STAGE_CHANGED, stage_before=before)
    return told


def _announced(case: Case, entry: Entry, event: Event, **more: str) -> list[Statement]:
    body = body_of(
        event,
        at=entry.at,
        entity=_ENTITY,
        reference=case.reference,
        kind=case.kind,
        stage=entry.stage,
        **more,
        sequence=entry.sequence,
        received_at=moment(case.received_at),
        recorded_at=moment(entry.recorded_at),
        url=f"{settings.PUBLIC_URL}/api/v1/cases/{case.reference}",
    )
    # The entity's key is put in where the row is written: a sweep has many cases and no entities.
    before, after = body.split(json.dumps(_ENTITY), 1)
    drawn, wanted = secrets.token_hex(8), [case.entity_id, event.value]
    return [
        (_WRITE, [drawn, event.value, case.reference, before, after, *wanted]),
        job_row_for_each(tasks.deliver, (_ENQUEUE, [drawn, *wanted])),
    ]


def body_of(event: str, *, at: datetime, **data: Any) -> str:
    """The body, as it is signed and sent."""
    document = {"type": str(event), "timestamp": moment(at), "data": data}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def moment(at: datetime) -> str:
    """A moment with its offset; in UTC, for the receiver's clocks are not the entity's."""
    return at.astimezone(UTC).isoformat()
