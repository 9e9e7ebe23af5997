"""Letters that came in on paper."""

from datetime import datetime
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from valedor.acts import unread_text
from valedor.acts.desk import Desk
from valedor.acts.reading import scans
from valedor.api.acting_at_desk import acts_on
from valedor.api.asking import as_json, note
from valedor.api.looking import (
    LIST_PROBLEMS,
    ONE_PROBLEMS,
    as_person,
    looking,
    there,
)
from valedor.api.problems import Problem
from valedor.api.schemas import DeskActView
from valedor.casefile.arrivals import content_of
from valedor.casefile.documents import why_not_save_held, why_not_save_raw
from valedor.casefile.models import RawMessage
from valedor.casefile.viewing import Viewer
from valedor.channels.post.models import Scan
from valedor.people.permissions import Permission

router = Router()
_BEGINS = 160


class ScanLine(Schema):
    """A letter on paper, or a stack of them. ``certainty`` says how sure its reading is, of a
    hundred.
    """

    number: int
    entity: str
    channel: str
    name: str
    state: Literal["arrived", "held", "registered", "set_aside"]
    trouble: str
    pages: int | None
    begins: str
    certainty: int | None
    received_at: datetime
    scanned_at: datetime


class Scans(Schema):
    """Letters that nobody has filed yet, the oldest first; at most a hundred."""

    scans: list[ScanLine]


class ScanView(ScanLine):
    """One of them, with all that was read in it. ``letters`` are those that a stack was parted
    into; ``reference`` the case that it is in.
    """

    text: str
    reading: Literal["waiting", "done", "no_program", "failed"]
    stack: int | None
    letters: list[int]
    reference: str | None
    acts: list[DeskActView]


@router.get(
    "/scans",
    auth=as_person(*scans.LOOKS),
    response={200: Scans} | LIST_PROBLEMS,
    summary="List letters that came in on paper",
    operation_id="list_scans",
    tags=["scans"],
)
def list_scans(
    request: HttpRequest,
    q: str = Query("", max_length=100),  # type: ignore[type-arg]
) -> HttpResponse:
    """Those that nobody has filed yet; with ``q`` those in which these words were read."""
    with looking(request, "scans", "q") as (viewer, _at):
        found = scans.scans_waiting(viewer, words=q.strip())
        return as_json(Scans(scans=[ScanLine(**_scan(one)) for one in found]))


@router.get(
    "/scans/{int:number}",
    auth=as_person(*scans.LOOKS, Permission.SEE_CASES),
    response={200: ScanView} | ONE_PROBLEMS,
    summary="Read a letter that came in on paper",
    operation_id="read_scan",
    tags=["scans"],
)
def read_scan(request: HttpRequest, number: int) -> HttpResponse:
    """What was read in it. What is done with it are the acts of what is held."""
    with looking(request, "scan") as (viewer, at):
        scan = _seen(request, viewer, number)
        view = ScanView(
            **_scan(scan),
            text=scan.text,
            reading=scan.reading,  # type: ignore[arg-type]
            stack=scan.stack_id,
            letters=[one.pk for one in scans.letters_of(scan)] if scan.parted_at else [],
            reference=scan.case.reference if scan.case else None,
            acts=acts_on(Desk(viewer, at, str(scan.pk)), "held-filing", "held-aside"),
        )
        return as_json(view)


@router.get(
    "/scans/{int:number}/content",
    auth=as_person(*scans.LOOKS, Permission.SEE_CASES),
    response={200: None} | ONE_PROBLEMS,
    summary="Fetch a scan as it came",
    operation_id="fetch_scan",
    tags=["scans"],
)
def fetch_scan(request: HttpRequest, number: int) -> HttpResponse:
    """The file, byte for byte. What something harmful was found in is a 403."""
    with looking(request, "scan_content") as (viewer, _at):
        scan = _seen(request, viewer, number)
        if why_not_save_held(scan.raw) or why_not_save_raw(scan.raw):
            words = _("This message is in quarantine: something harmful was found in it.")
            raise Problem(403, "quarantined", words)
        return _as_it_came(scan)


def _as_it_came(scan: Scan) -> HttpResponse:
    try:
        content = content_of(scan.raw)
    except FileNotFoundError:
        raise Http404 from None
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="scan-{scan.pk}"'
    return response


def _seen(request: HttpRequest, viewer: Viewer, number: int) -> Scan:
    scan = scans.scan_for(viewer, number)
    if scan.case is not None:
        note(request, scan.case, "scan", raw=scan.pk)
    return scan


def _scan(scan: Scan) -> dict[str, Any]:
    raw, words = scan.raw, " ".join(scan.text.split())
    is_wrong = raw.state != RawMessage.State.ARRIVED and not scan.pages
    registered_at: datetime = scan.registered_at
    return {
        "number": scan.pk,
        "entity": scan.entity.key,
        "channel": raw.channel,
        "name": scan.name,
        "state": raw.state,
        "trouble": unread_text.trouble_of(raw) if is_wrong else "",
        "pages": scan.pages,
        "begins": words[:_BEGINS],
        "certainty": scan.certainty,
        "received_at": there(raw.received_at, scan.entity),
        "scanned_at": there(registered_at, scan.entity),
    }
