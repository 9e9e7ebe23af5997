"""What a switchboard says, read: our own format and Twilio Voice's status callbacks. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from django.http import QueryDict

from valedor.channels.telephone.models import CallEvent, Line

LONGEST_NAME = 120
# How far the switchboard's clock and ours may lie apart, and how late it may tell of something.
AHEAD, BEHIND = timedelta(minutes=5), timedelta(days=7)

_KIND = CallEvent.Kind
_OF_TWILIO = {
    "queued": _KIND.OFFERED,
    "initiated": _KIND.OFFERED,
    "ringing": _KIND.OFFERED,
    "in-progress": _KIND.ANSWERED,
    "answered": _KIND.ANSWERED,
    "completed": _KIND.ENDED,
    "busy": _KIND.ABANDONED,
    "failed": _KIND.ABANDONED,
    "no-answer": _KIND.ABANDONED,
    "canceled": _KIND.ABANDONED,
}


class Unreadable(Exception):
    """It is signed and yet says nothing that we understand; the words say what is missing."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """One event of a call. ``name`` is the event's own, ``call`` the call's, at the switchboard."""

    name: str
    call: str
    kind: str
    at: datetime
    caller: str = ""
    operator: str = ""
    queue: str = ""


def read_event(line: Line, body: bytes, *, at: datetime) -> Event:
    """The event that a body tells. ``at`` is when it arrived. Raises ``Unreadable``."""
    event = _of_twilio(body, at) if line.format == Line.Format.TWILIO else _of_ours(body)
    try:
        is_near = at - BEHIND <= event.at <= at + AHEAD
    except OverflowError:
        is_near = False
    if not is_near:
        raise Unreadable("“at” is not of the last seven days: is the switchboard's clock right?")
    return event


def _of_ours(body: bytes) -> Event:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable("It is no JSON.") from error
    if not isinstance(said, dict):
        raise Unreadable("It is no JSON object.")
    kind = _word(said, "event")
    if kind not in _KIND.values:
        raise Unreadable(f"“event” is none of {', '.join(_KIND.values)}.")
    try:
        when = datetime.fromisoformat(_word(said, "at"))
    except ValueError as error:
        raise Unreadable("“at” is no moment such as 2026-11-20T09:14:00+01:00.") from error
    if when.tzinfo is None:
        raise Unreadable("“at” says no offset from UTC.")
    return Event(
        name=_word(said, "id"),
        call=_word(said, "call"),
        kind=kind,
        at=when,
        caller=_text(said, "caller"),
        operator=_text(said, "operator"),
        queue=_text(said, "queue"),
    )


def _of_twilio(body: bytes, at: datetime) -> Event:
    """A status callback. The leg to an agent names the call of the person as its parent: answered
    there means that the person was put through.
    """
    try:
        said = QueryDict(body, encoding="utf-8").dict()
    except ValueError as error:
        raise Unreadable("It is no form.") from error
    status = _word(said, "CallStatus")
    kind = _OF_TWILIO.get(status)
    if kind is None:
        raise Unreadable("“CallStatus” is none that Twilio describes.")
    own, parent = _word(said, "CallSid"), _text(said, "ParentCallSid")
    if parent:
        if kind != _KIND.ANSWERED:
            raise Unreadable("Of an agent's leg we are told only that it was answered.")
        kind = _KIND.TRANSFERRED
    number = _text(said, "SequenceNumber") or status
    when = at
    if told := _text(said, "Timestamp"):
        try:
            when = parsedate_to_datetime(told)
        except ValueError as error:
            raise Unreadable("“Timestamp” is no moment.") from error
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return Event(
        name=f"{own}/{number}"[:LONGEST_NAME],
        call=parent or own,
        kind=kind,
        at=when,
        caller=_text(said, "From"),
        queue=_text(said, "QueueName"),
    )


def _word(said: Mapping[str, Any], name: str) -> str:
    found = said.get(name)
    if not isinstance(found, str) or not found.strip():
        raise Unreadable(f"“{name}” is missing.")
    if len(found) > LONGEST_NAME or not found.isprintable():
        raise Unreadable(f"“{name}” is longer than {LONGEST_NAME} signs, or has others in it.")
    return found


def _text(said: Mapping[str, Any], name: str) -> str:
    found = said.get(name)
    if not isinstance(found, str):
        return ""
    return "".join(sign for sign in found if sign.isprintable()).strip()[:LONGEST_NAME]
