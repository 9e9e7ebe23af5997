"""The receipt on screen: once, with the code, and again for a quarter of an hour on reloading."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from valedor.casefile.models import Case, Document
from valedor.casefile.viewing import complainant_of, the_house, viewing
from valedor.design.parts import DocumentRow
from valedor.foundation.access_codes import access_code_from, digest_of
from valedor.intake.models import HeldFile
from valedor.portal import access, days, ladder, queries, way
from valedor.procedures.house_rules import HouseRules
from valedor.telling import spoken
from valedor.telling.documents import about_document
from valedor.telling.entries import sentence_of
from valedor.telling.reader import Reader

SHOWN_FOR = timedelta(minutes=15)
_COOKIE = "received"


@dataclass(frozen=True)
class Remembered:
    """A registration whose receipt may be shown. ``access_code`` is empty once it was replaced."""

    case: Case
    access_code: str


def remember(response: HttpResponse, entity_key: str, case: Case, secret: str) -> None:
    """Let this browser see the receipt. The cookie holds what the code is made from, never it."""
    response.set_signed_cookie(
        _COOKIE,
        f"{case.pk}:{secret}",
        salt=_COOKIE,
        max_age=SHOWN_FOR,
        path=f"/{entity_key}",  # Read by the receipt and by a chat that has just begun.
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def remembered(request: HttpRequest, entity_key: str, reference: str) -> Remembered | None:
    """The registration that this browser just made, if it is the one of this address."""
    value = request.get_signed_cookie(
        _COOKIE, default="", salt=_COOKIE, max_age=int(SHOWN_FOR.total_seconds())
    )
    case_id, _colon, secret = str(value).partition(":")
    if not case_id.isdecimal():
        return None
    case = queries.case_let_in(int(case_id), entity_key, reference)
    if case is None:
        return None
    return registered_from(case, secret)


def registered_from(case: Case, secret: str) -> Remembered:
    """A registration with the access code that was made from the secret of its form."""
    code = access_code_from(secret.encode(), key=settings.SECRET_KEY)
    ours = bytes(case.access_code_digest or b"")
    is_good = compare_digest(digest_of(code, key=settings.SECRET_KEY), ours)
    return Remembered(case, code if is_good else "")


def sent_before(entity_id: int, secret: str) -> Case | None:
    """The case of a form that was registered already."""
    with viewing(the_house(entity_id)):
        return access.case_registered_from(secret)


def receipt_of(found: Remembered, house: HouseRules, *, at: datetime) -> Mapping[str, Any]:
    """What the page of the receipt shows."""
    case = found.case
    with viewing(complainant_of(case.pk)):
        file = queries.file_of(case)
    address = reverse("portal:case", args=[house.entity.key, case.reference])
    return {
        "case": case,
        "access_code": found.access_code,
        "received": spoken.moment(case.received_at, house.entity.timezone),
        "rails": days.rails_of(file, house, at=at),
        "booked": next(
            (
                sentence_of(one, Reader.COMPLAINANT)
                for one in file.entries
                if one.kind in {"booking.made", "order.placed"}
            ),
            "",
        ),
        "steps": way.way_ahead(file.deadlines, house),
        "ladder": ladder.ladder_of(house),
        "documents": [document_row(one, house, case) for one in file.documents]
        + [refused_row(one.name, one.reason, one.size) for one in file.refused],
        "case_url": address,
        "receipt_url": reverse("portal:receipt", args=[house.entity.key, case.reference]),
    }


def document_row(document: Document, house: HouseRules, case: Case) -> DocumentRow:
    """A document of the case, to be fetched where it is still there."""
    if document.erased_at is not None:
        return DocumentRow(name=document.name, refused=_("Erased."))
    if document.is_quarantined:
        return DocumentRow(
            name=document.name,
            refused=_("Something harmful was found in it: we keep it, and nobody can open it."),
        )
    return DocumentRow(
        name=document.name,
        url=reverse("portal:document", args=[house.entity.key, case.reference, document.pk]),
        size=filesizeformat(document.size),
        about=about_document(document),
    )


def held_row(file: HeldFile) -> DocumentRow:
    """A file that waits to be sent."""
    return DocumentRow(name=file.name, size=filesizeformat(file.size or 0))


def refused_row(name: str, reason: str, size: int | None) -> DocumentRow:
    """A file that was not taken, and why."""
    return DocumentRow(
        name=name,
        size=filesizeformat(size) if size else "",
        refused=reason_in_words(reason),
    )


def reason_in_words(reason: str) -> str:
    """Why a file was not taken, as a sentence."""
    sentences = {
        "too_large": _("Not taken: a file may have up to %(document_limit)s."),
        "submission_too_large": _("Not taken: all files together may have %(submission_limit)s."),
        "empty": _("Not taken: this file is empty."),
        "too_many": _("Not taken: too many files at once. Add it afterwards to your case."),
    }
    return sentences.get(reason, _("Not taken: this file could not be read.")) % limits_in_words()


def limits_in_words() -> dict[str, str]:
    """How large files may be."""
    return {
        "document_limit": filesizeformat(settings.DOCUMENT_LIMIT),
        "submission_limit": filesizeformat(settings.SUBMISSION_LIMIT),
    }
