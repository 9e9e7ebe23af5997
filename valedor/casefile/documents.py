"""Documents of a case: added once they are on disk, served as attachments after an access check.

A file is never shown in the browser: it is saved by whoever fetched it, under its own name, with a
type that nothing runs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain as joined

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.casefile import store, timeline
from valedor.casefile.access import cases_visible_to
from valedor.casefile.actors import By
from valedor.casefile.document_facts import DocumentKept, DocumentRefused
from valedor.casefile.models import (
    Case,
    Document,
    Entry,
    Grievance,
    Instance,
    RawMessage,
    RefusedDocument,
)
from valedor.casefile.seats import BOTH_SIDES, Seat
from valedor.casefile.viewing import Viewer
from valedor.foundation import chain, rows
from valedor.foundation.refusals import Refusal

_SNIFFED = 8192


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A file that lies in the store and no row mentions yet."""

    name: str
    media_type: str
    claimed_type: str
    size: int
    sha256: str

    @property
    def is_not_what_it_claims(self) -> bool:
        """Whether the first bytes show another type than the sender named."""
        claimed = self.claimed_type.split(";")[0].strip().lower()
        return claimed not in {"", "application/octet-stream", self.media_type}


class FileRefused(Exception):
    """A file that is not taken. The rest of what was sent with it is kept."""

    def __init__(self, refusal: Refusal, *, name: str, size: int | None) -> None:
        super().__init__(refusal.code)
        self.refusal, self.name, self.size = refusal, name, size


def why_not_keep(name: str, size: int | None) -> Refusal | None:
    """Why a file of this size in bytes cannot be taken."""
    if size == 0:
        return Refusal(
            "empty",
            gettext_lazy("The file “%(name)s” is empty. Choose it again."),
            {"name": name},
        )
    if size is not None and size > settings.DOCUMENT_LIMIT:
        return Refusal(
            "too_large",
            gettext_lazy(
                "The file “%(name)s” has %(size)s MB; at most %(limit)s MB can be taken. Send it "
                "in parts, or bring it to an office."
            ),
            {
                "name": name,
                "size": f"{size / 2**20:.1f}",
                "limit": f"{settings.DOCUMENT_LIMIT / 2**20:.0f}",
            },
        )
    return None


def keep_file(
    name: str, content: Iterable[bytes], *, claimed_type: str = "", size: int | None = None
) -> Kept:
    """Put a file on disk. ``size`` is what the sender says; what arrives is counted all the same.

    Raises ``FileRefused`` when it is empty or over the limit, ``OSError`` when the disk does not
    take it.
    """
    name = plain_name(name)
    _refuse(why_not_keep(name, size), name, size)
    pieces = iter(content)
    head = b""
    for piece in pieces:
        head += bytes(piece)
        if len(head) >= _SNIFFED:
            break
    _refuse(why_not_keep(name, len(head) or 0) if not head else None, name, 0)
    sha256, kept = store.keep(_limited(joined([head], pieces), name))
    return Kept(
        name=name,
        media_type=store.sniffed_type(head[:_SNIFFED], name),
        claimed_type=claimed_type[:120],
        size=kept,
        sha256=sha256,
    )


def _limited(pieces: Iterable[bytes], name: str) -> Iterable[bytes]:
    seen = 0
    for piece in pieces:
        seen += len(piece)
        _refuse(why_not_keep(name, seen), name, seen)
        yield bytes(piece)


def _refuse(refusal: Refusal | None, name: str, size: int | None) -> None:
    if refusal is not None:
        raise FileRefused(refusal, name=name, size=size)


def plain_name(name: str) -> str:
    """A file's own name: no folders, no control characters, 255 characters at most."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(sign for sign in last if sign.isprintable()).strip(" .")
    if len(shown) > 255:
        stem, dot, ending = shown.rpartition(".")
        shown = (stem[: 254 - len(ending)] + dot + ending) if dot and len(ending) < 20 else shown
    return shown[:255] or _("unnamed")


IN_MEDIATION = "mediation"
"""The purpose of a paper that was handed over in a mediation, and for nothing else."""


def add_document(
    case: Case,
    kept: Kept,
    *,
    side: Document.Side,
    by: By,
    at: datetime,
    purpose: str = "evidence",
    seats: Seat = BOTH_SIDES,
    grievance: Grievance | None = None,
    instance: Instance | None = None,
) -> Document:
    """Add a kept file to a locked case, with its line, in the current transaction."""
    salt = chain.draw_salt()
    document = Document(
        case_id=case.pk,
        entity_id=case.entity_id,
        seats=int(seats),
        grievance=grievance,
        side=side,
        purpose=purpose,
        name=kept.name,
        media_type=kept.media_type,
        claimed_type=kept.claimed_type,
        size=kept.size,
        sha256=kept.sha256,
        salt=salt,
        salted_digest=chain.salted_digest(salt, {"sha256": kept.sha256}),
        by_id=by.account_id,
        at=at,
    )
    fact = DocumentKept(
        document=document.pk,
        side=document.side,
        media_type=document.media_type,
        size=document.size,
        digest=bytes(document.salted_digest).hex(),
        name=document.name,
    )
    document.entry = timeline.record(case, fact, by=by, at=at, seats=seats, instance=instance)
    rows.write([document])
    return document


def note_refused(
    case: Case, refused: FileRefused, *, by: By, at: datetime, seats: Seat = BOTH_SIDES
) -> Entry:
    """Tell the timeline of a locked case that a file was not taken, by its name."""
    fact = DocumentRefused(name=refused.name, reason=refused.refusal.code, size=refused.size)
    entry = timeline.record(case, fact, by=by, at=at, seats=seats)
    row = RefusedDocument(
        case_id=case.pk,
        entity_id=case.entity_id,
        seats=int(seats),
        name=refused.name,
        size=refused.size,
        reason=refused.refusal.code,
        at=at,
    )
    rows.write([row])
    return entry


# ------------------------------------------------------------------ fetching
def documents_visible_to(viewer: Viewer, case: Case) -> list[Document]:
    """The documents of a case that a viewer may see, the oldest first."""
    found = Document.objects.filter(case=case, case__in=cases_visible_to(viewer))
    return [
        document for document in found.order_by("at", "pk") if document.seats & int(viewer.seats)
    ]


def document_for(viewer: Viewer, document_id: int) -> Document:
    """A document, if the viewer may see its case and sits on one of its seats.

    Raises ``Http404`` for one that does not exist or may not be seen: one query either way.
    """
    document = (
        Document.objects.filter(pk=document_id, case__in=cases_visible_to(viewer))
        .select_related("case")
        .first()
    )
    if document is None or not document.seats & int(viewer.seats):
        raise Http404
    return document


def why_not_save_raw(raw: RawMessage) -> HttpResponse | None:
    """What arrived holds a document in quarantine: it is no way around it. Its documents carry the
    moment at which it arrived.
    """
    held = Document.objects.filter(
        case=raw.case_id, scan=Document.Scan.INFECTED, at=raw.received_at, erased_at=None
    )
    if raw.case_id is None or not held.exists():
        return None
    return _sentence(
        _("This message holds a document in quarantine: something harmful was found in it."), 403
    )


def why_not_save_held(raw: RawMessage) -> HttpResponse | None:
    """Something bad was found in a message that waits for a person: nobody saves it."""
    if raw.scan != RawMessage.Scan.INFECTED:
        return None
    return _sentence(_("This message is in quarantine: something harmful was found in it."), 403)


def is_on_disk(document: Document) -> bool:
    """Whether the bytes are there."""
    return bool(document.sha256) and store.path_of(document.sha256).is_file()


def download_response(document: Document) -> HttpResponse | FileResponse:
    """The file, to be saved by whoever asked. One that is gone is said to be, with status 410 or
    503; one in quarantine is kept from everybody, with 403.
    """
    if document.erased_at is not None:
        return _sentence(_("This document was erased."), 410)
    if document.is_quarantined:
        return _sentence(
            _("This document is in quarantine: something harmful was found in it."), 403
        )
    try:
        file = store.path_of(document.sha256).open("rb")
    except OSError:
        return _sentence(
            _("This document is missing from the disk. The administration has to restore it."), 503
        )
    # Django writes filename* for what is not ASCII, and quotes the rest.
    response = FileResponse(file, as_attachment=True, filename=document.name or str(document.pk))
    response["Content-Type"] = _served_type(document.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


_SERVED_AS_THEY_ARE = {"application/pdf", "image/jpeg", "image/png", "image/gif", "image/webp"}


def _served_type(media_type: str) -> str:
    """Types that no browser runs; everything else is bytes."""
    return media_type if media_type in _SERVED_AS_THEY_ARE else "application/octet-stream"


def _sentence(text: str, status: int) -> HttpResponse:
    response = HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)
    response["Cache-Control"] = "no-store"
    return response
