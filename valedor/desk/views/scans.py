"""Letters that come in on paper: scanned, read, and filed or registered by a person."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from valedor.acts import unread_text
from valedor.acts.desk.held import FilingForm, ReasonForm
from valedor.acts.desk.scans import keep_upload
from valedor.acts.forms.scans import ScanForm
from valedor.acts.reading import scans as reading
from valedor.acts.reading.scans import LOOKS
from valedor.casefile import store
from valedor.casefile.arrivals import content_of
from valedor.casefile.documents import why_not_save_held, why_not_save_raw
from valedor.casefile.models import Case, RawMessage
from valedor.casefile.reads import note_read
from valedor.channels.post import sheets
from valedor.channels.post.models import Scan
from valedor.channels.post.reading import UNSURE
from valedor.channels.post.scanning import on_disk
from valedor.channels.post.separator import separator_pdf
from valedor.channels.post.sheets import SheetTrouble
from valedor.design.parts import Fact
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.views.held import file_it, set_aside
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.intake import rules
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.telling import spoken

PLACE = "house:scans"
DOTS = 100
"""Dots an inch at which a page is shown: as wide as it is read on a screen."""
_TYPES = {"application/pdf", "image/tiff", "image/jpeg", "image/png"}


# ------------------------------------------------------------------ the list
@require_safe
@staff_page(*LOOKS)
def scans(request: StaffRequest) -> HttpResponse:
    """Letters that wait for somebody, and a search in what was read in them."""
    words = request.GET.get("q", "").strip()[:100]
    found = reading.scans_waiting(request.viewer, words=words)
    context = {
        "title": _("Letters that came in"),
        "rows": [_row(one) for one in found],
        "words": words,
        "may_add": request.viewer.may(Permission.REGISTER),
    }
    return page(request, "desk/scans.html", context, place=PLACE)


def _row(scan: Scan) -> dict[str, Any]:
    raw = scan.raw
    first = " ".join(scan.text.split())
    return {
        "url": reverse("desk:scan", args=[scan.pk]),
        "title": scan.name,
        "trouble": _trouble(scan),
        "about": " · ".join(
            (
                scan.entity.name,
                str(Case.Channel(raw.channel).label),
                spoken.stamp(raw.received_at, scan.entity.timezone),
                *([_pages(scan.pages)] if scan.pages else []),
            )
        ),
        "begins": first[:160] + ("…" if len(first) > 160 else ""),
        "is_unsure": scan.certainty is not None and scan.certainty < UNSURE,
        "is_opening": raw.state == RawMessage.State.ARRIVED,
    }


def _pages(number: int) -> str:
    return ngettext("%(number)s page", "%(number)s pages", number) % {"number": number}


def _trouble(scan: Scan) -> str:
    """Why its pages cannot be shown; empty for a letter that can be looked at."""
    if scan.raw.state == RawMessage.State.ARRIVED or scan.pages:
        return ""
    return unread_text.trouble_of(scan.raw)


# ------------------------------------------------------------------ scanning
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.REGISTER)
def scan_in(request: StaffRequest) -> HttpResponse:
    """Take in what a scanner wrote. The files are kept as they are before anything opens them."""
    entities, at = reading.entities_of_paper(request.viewer), now()
    zone = entities[0].timezone if entities else "UTC"
    with timezone.override(zone):
        form = ScanForm(entities, initial={"received_at": timezone.localtime(at)})
        if request.method == "POST":
            form = ScanForm(entities, request.POST, request.FILES)
            uploads = request.FILES.getlist("scans")
            if form.is_valid() and not uploads:
                form.add_error("scans", _("Choose at least one file."))
            if form.is_valid():
                for upload in uploads:
                    is_new, words = keep_upload(form, upload, by=request.user, at=at)
                    (messages.success if is_new else messages.warning)(request, words)
                return redirect("desk:scans")
        context = {"title": _("Scan letters"), "form": form}
        status = 422 if form.errors else 200
        return page(request, "desk/scan_in.html", context, status=status, place=PLACE)


@require_safe
@staff_page(Permission.REGISTER)
def separator(request: StaffRequest) -> HttpResponse:
    """The sheet that parts letters in a stack, to be printed as often as needed."""
    response = HttpResponse(
        separator_pdf(spoken.language(), at=now()), content_type="application/pdf"
    )
    response["Content-Disposition"] = 'attachment; filename="separator.pdf"'
    return response


# ------------------------------------------------------------------ one letter
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*LOOKS, Permission.SEE_CASES)
def scan(request: StaffRequest, raw_id: int) -> HttpResponse:
    """One letter: its pages beside what was read in them, and what becomes of it."""
    found = reading.scan_for(request.viewer, raw_id)
    text = unread_text.reading_of(found.raw)
    does = request.POST.get("do", "")
    filing = FilingForm(
        request.viewer,
        request.POST if does == "file" else None,
        initial={"text": text.narrative},
    )
    reason = ReasonForm(request.POST if does == "aside" else None)
    said = ""
    try:
        if does == "file" and filing.is_valid():
            return file_it(request, found.raw, filing, text)
        if does == "aside" and reason.is_valid():
            set_aside(request, found.raw, reason)
            return HttpResponseRedirect(reverse("desk:scans"))
    except Refused as refused:
        said = str(refused.refusal)
    context = _of_scan(request, found) | {"filing": filing, "reason": reason, "said": said}
    status = 409 if said else 422 if filing.errors or reason.errors else 200
    return page(request, "desk/scan.html", context, status=status, place=PLACE)


def _of_scan(request: StaffRequest, scan: Scan) -> dict[str, Any]:
    raw, entity = scan.raw, scan.entity
    viewer = request.viewer.within(scan.entity_id)
    refusal = rules.why_not_sort(raw, viewer)
    if scan.case is not None:
        note_read(request.viewer, scan.case, "scan", now(), {"raw": scan.pk})
    number = _page_asked_for(request, scan)
    here = reverse("desk:scan", args=[scan.pk])
    pages = scan.pages or 0
    return {
        "title": scan.name or _("Letter"),
        "scan": scan,
        "facts": _facts(scan, entity),
        "trouble": _trouble(scan),
        "is_opening": raw.state == RawMessage.State.ARRIVED,
        "is_waiting": raw.state == RawMessage.State.HELD and scan.case is None,
        "letters": [_row(one) for one in reading.letters_of(scan)] if scan.parted_at else [],
        "is_unsure": scan.certainty is not None and scan.certainty < UNSURE,
        "unread": _why_unread(scan),
        "number": number,
        "image_url": reverse("desk:scan_page", args=[scan.pk, number]) if pages else "",
        "page_words": _("Page %(number)s of %(pages)s") % {"number": number, "pages": pages},
        "previous_url": f"{here}?page={number - 1}" if number > 1 else "",
        "next_url": f"{here}?page={number + 1}" if number < pages else "",
        "content_url": reverse("desk:scan_content", args=[scan.pk]),
        "case_url": reverse("desk:case", args=[scan.case.reference]) if scan.case else "",
        "register_url": f"{reverse('desk:register')}?entity={entity.key}&held={raw.pk}",
        "may_register": viewer.may(Permission.REGISTER),
        "refusal": str(refusal) if refusal else "",
    }


def _page_asked_for(request: StaffRequest, scan: Scan) -> int:
    asked = request.GET.get("page", "")
    number = int(asked[:6]) if asked.isdecimal() else 1
    return min(max(number, 1), scan.pages or 1)


def _facts(scan: Scan, entity: Entity) -> list[Fact]:
    raw, zone = scan.raw, entity.timezone
    told = [
        (_("Entity"), entity.name),
        (_("How it came"), str(Case.Channel(raw.channel).label)),
        (_("Reached us"), spoken.stamp(raw.received_at, zone)),
        (_("Scanned"), spoken.stamp(scan.registered_at, zone)),
        (_("By"), scan.by.name if scan.by else ""),
        (_("Pages"), str(scan.pages or "")),
        (_("Out of a stack"), scan.stack.name if scan.stack else ""),
    ]
    return [Fact(name=name, value=value) for name, value in told if value]


def _why_unread(scan: Scan) -> str:
    """Why there are no words beside the pages, and what can be done."""
    if scan.text:
        return ""
    return {
        Scan.Reading.WAITING: _("It has not been read yet. That takes some seconds a page."),
        Scan.Reading.NO_PROGRAM: _(
            "No program reads scans here. Whoever administers the machine can install Tesseract."
        ),
        Scan.Reading.FAILED: _("It could not be read. Look at the pages."),
    }.get(Scan.Reading(scan.reading), _("No words were found in it."))


@require_safe
@staff_page(*LOOKS, Permission.SEE_CASES)
def scan_page(request: StaffRequest, raw_id: int, number: int) -> HttpResponse:
    """One page as a picture of our own making: the file itself is never shown by a browser."""
    found = reading.scan_for(request.viewer, raw_id)
    if not 1 <= number <= (found.pages or 0):
        raise Http404
    held = why_not_save_held(found.raw) or why_not_save_raw(found.raw)
    if held is not None:
        return held
    try:
        with on_disk(found.raw) as path:
            picture = sheets.picture(path, number - 1, dots=DOTS)
    except (FileNotFoundError, SheetTrouble):
        raise Http404 from None
    response = HttpResponse(picture, content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@staff_page(*LOOKS, Permission.SEE_CASES)
def scan_content(request: StaffRequest, raw_id: int) -> HttpResponse | FileResponse:
    """The file as it came, to be saved."""
    found = reading.scan_for(request.viewer, raw_id)
    held = why_not_save_held(found.raw) or why_not_save_raw(found.raw)
    if held is not None:
        return held
    response: HttpResponse | FileResponse
    try:
        if found.raw.stored_as:
            file = store.path_of(found.raw.stored_as).open("rb")
            response = FileResponse(file, as_attachment=True, filename=found.name)
        else:
            response = HttpResponse(content_of(found.raw))
            response["Content-Disposition"] = f'attachment; filename="scan-{found.pk}"'
    except FileNotFoundError:
        raise Http404 from None
    is_known = found.raw.media_type in _TYPES and bool(found.pages)
    response["Content-Type"] = found.raw.media_type if is_known else "application/octet-stream"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
