"""Tie a call to a case: the one that was registered in it, or one to which the caller adds."""

from datetime import datetime

from django.db import transaction

from valedor.casefile.actors import COMPLAINANT, REPRESENTATIVE, By, staff
from valedor.casefile.models import Case, Message, RawMessage
from valedor.channels.telephone import call_rules
from valedor.channels.telephone.actions.take_call import call_locked
from valedor.channels.telephone.models import Call, CallCase
from valedor.foundation import rows
from valedor.foundation.refusals import refuse_if
from valedor.handling.actions.receive_message import receive_message
from valedor.people.models import Account


def registering(call: Call, case: Case, *, by: Account, at: datetime) -> rows.Statement:
    """The statement that ties a call to the case that is registered in it."""
    return rows.insert_of(_row(call, case, by=by, at=at, is_new=True))


@transaction.atomic
def add_to_case(
    call: Call,
    case: Case,
    *,
    text: str,
    raw: RawMessage | None = None,
    speaks_for: bool = False,
    by: Account,
    at: datetime,
) -> Message:
    """What was said in a call becomes a message of a case, from the moment when it was said.

    It is the person's own word once somebody made sure who called, until then what ``by`` wrote
    down; ``by`` heard it and need not be told. ``speaks_for`` says that not the complainant spoke
    but whoever speaks for them. Raises ``Refused``.
    """
    call = call_locked(call)
    refuse_if(call_rules.why_not_add(call, case))
    message = receive_message(
        case,
        text=text,
        channel=Case.Channel.TELEPHONE,
        by=_author(call, by, speaks_for=speaks_for),
        at=min(call.begun_at, at),
        recorded_at=at,
        raw=raw,
        heard_by=by,
    )
    _row(call, case, by=by, at=at, is_new=False).save(force_insert=True)
    return message


def _author(call: Call, by: Account, *, speaks_for: bool) -> By:
    if call.checked_at is None:
        return staff(by)
    return REPRESENTATIVE if speaks_for else COMPLAINANT


def _row(call: Call, case: Case, *, by: Account, at: datetime, is_new: bool) -> CallCase:
    return rows.fresh(
        CallCase, call=call, case=case, entity_id=case.entity_id, is_new=is_new, by=by, at=at
    )
