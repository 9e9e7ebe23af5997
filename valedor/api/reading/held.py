"""Messages and rows of files that no machine could read."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from valedor.acts import unread_text
from valedor.acts.desk import Desk
from valedor.acts.reading import unread
from valedor.acts.reading.public_messages import is_seen
from valedor.api.acting_at_desk import acts_on
from valedor.api.asking import as_json
from valedor.api.looking import (
    LIST_PROBLEMS,
    ONE_PROBLEMS,
    as_person,
    looking,
    one_of,
    there,
)
from valedor.api.schemas import DeskActView
from valedor.casefile.models import RawMessage
from valedor.channels.models import Mail
from valedor.intake.actions.take_corrected_row import columns_of, row_as_text
from valedor.intake.importing.models import ImportReject

router = Router()


class HeldLine(Schema):
    """A message that no machine could read or file, and why."""

    number: int
    entity: str
    channel: str
    state: Literal["held", "set_aside"]
    trouble: str
    why: str
    subject: str
    sender: str
    received_at: datetime


class Held(Schema):
    """Messages that wait for somebody, are held as spam, or were set aside; the newest first, at
    most a hundred.
    """

    messages: list[HeldLine]


class HeldView(HeldLine):
    """One of them, as far as it can be read. ``on_its_way_to`` is the case that it names."""

    text: str
    text_is_cut: bool
    fields: dict[str, str]
    files: list[str]
    on_its_way_to: str | None
    acts: list[DeskActView]


class HeldRowLine(Schema):
    """A row of an imported file that became no case."""

    number: int
    entity: str
    file: str
    line: int
    why: str
    row: str
    set_aside_because: str


class HeldRows(Schema):
    """Rows that wait for somebody, or were set aside; at most a hundred."""

    rows: list[HeldRowLine]


class HeldRowView(HeldRowLine):
    """One of them. ``reference`` is the case that it became."""

    columns: list[str]
    reference: str | None
    acts: list[DeskActView]


_HELD = ("waiting", "spam", "aside")
_AUTH_HELD = as_person(*unread.LOOKS)


@router.get(
    "/held",
    auth=_AUTH_HELD,
    response={200: Held} | LIST_PROBLEMS,
    summary="List messages that no machine could read",
    operation_id="list_held",
    tags=["held"],
)
def list_held(
    request: HttpRequest,
    state: str = Query(_HELD[0]),  # type: ignore[type-arg]
) -> HttpResponse:
    """Those that wait (``waiting``), are held as ``spam``, or were set ``aside``."""
    with looking(request, "held", "state") as (viewer, _at):
        asked = one_of(request, "state", _HELD)
        if asked == "spam":
            mails = {one.pk: one for one in unread.spam_waiting(viewer)}
            raws = [one.raw for one in mails.values()]
        else:
            raws = (
                [one.raw for one in unread.messages_set_aside(viewer)]
                if asked == "aside"
                else unread.messages_waiting(viewer)
            )
            mails = unread.mails_of(raws)
        lines = [HeldLine(**_held(one, mails.get(one.pk))) for one in raws]
        return as_json(Held(messages=lines))


@router.get(
    "/held/{int:number}",
    auth=_AUTH_HELD,
    response={200: HeldView} | ONE_PROBLEMS,
    summary="Read a message that no machine could read",
    operation_id="read_held",
    tags=["held"],
)
def read_held(request: HttpRequest, number: int) -> HttpResponse:
    """What can be read of it, and what can be done with it."""
    with looking(request, "held_message") as (viewer, at):
        raw = unread.message_for(viewer, number)
        reading = unread_text.reading_of(raw)
        view = HeldView(
            **_held(raw, unread.mails_of([raw]).get(raw.pk)),
            text=reading.text,
            text_is_cut=reading.is_cut,
            fields=reading.fields,
            files=[part.file_name or "" for part in reading.post.files],
            on_its_way_to=unread_text.reference_of(raw) or None,
            acts=acts_on(
                Desk(viewer, at, str(raw.pk)),
                "held-filing",
                "held-aside",
                "held-sparing",
                "held-taking-up",
            ),
        )
        return as_json(view)


def _held(raw: RawMessage, mail: Mail | None) -> dict[str, Any]:
    return {
        "number": raw.pk,
        "entity": raw.entity.key,
        "channel": raw.channel,
        "state": raw.state,
        "trouble": raw.trouble,
        "why": unread_text.trouble_of(raw),
        "subject": mail.subject if mail else "",
        "sender": unread_text.sender_of(mail) if mail else "",
        "received_at": there(raw.received_at, raw.entity),
    }


@router.get(
    "/held-rows",
    auth=_AUTH_HELD,
    response={200: HeldRows} | LIST_PROBLEMS,
    summary="List rows of imported files that became no case",
    operation_id="list_held_rows",
    tags=["held"],
)
def list_held_rows(
    request: HttpRequest,
    state: str = Query("waiting"),  # type: ignore[type-arg]
) -> HttpResponse:
    """Those that wait (``waiting``), or were set ``aside``."""
    with looking(request, "held", "state") as (viewer, _at):
        is_aside = one_of(request, "state", ("waiting", "aside")) == "aside"
        found = unread.rows_set_aside(viewer) if is_aside else unread.rows_waiting(viewer)
        return as_json(HeldRows(rows=[HeldRowLine(**_row(one)) for one in found]))


@router.get(
    "/held-rows/{int:number}",
    auth=_AUTH_HELD,
    response={200: HeldRowView} | ONE_PROBLEMS,
    summary="Read a row that became no case",
    operation_id="read_held_row",
    tags=["held"],
)
def read_held_row(request: HttpRequest, number: int) -> HttpResponse:
    """The row, the columns of its file, and what can be done with it."""
    with looking(request, "held_row") as (viewer, at):
        reject = unread.row_for(viewer, number)
        case = reject.case
        view = HeldRowView(
            **_row(reject),
            columns=columns_of(reject),
            reference=case.reference if case and is_seen(viewer, case) else None,
            acts=acts_on(Desk(viewer, at, str(reject.pk)), "held-row", "held-row-aside"),
        )
        return as_json(view)


def _row(reject: ImportReject) -> dict[str, Any]:
    return {
        "number": reject.pk,
        "entity": reject.entity.key,
        "file": reject.file.name,
        "line": reject.line,
        "why": reject.why,
        "row": row_as_text(reject),
        "set_aside_because": reject.settled_reason,
    }
