"""What the office looks up: its precedents, and its own files by name and words."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from valedor.desk.forms.learning import PrecedentsForm
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queue_rows import marked
from valedor.people.permissions import Permission
from valedor.review.office.precedents.queries import (
    FileFound,
    choices_for,
    find_files,
    precedents,
)
from valedor.telling import spoken

from .precedent_rows import row_of

PLACE, FILES = "house:office_precedents", "house:office"


@require_safe
@staff_page(Permission.WORK_IN_OFFICE)
def found(request: StaffRequest) -> HttpResponse:
    """The opinions that the office has signed, the newest first, narrowed to what is sought."""
    address = reverse("desk:office_precedents")
    form = PrecedentsForm(request.GET, choices=choices_for(request.viewer))
    context: dict[str, Any] = {"title": _("Precedents"), "form": form, "address": address}
    if not form.is_valid():
        return page(request, "desk/office/precedents.html", context, status=422, place=PLACE)
    typed = form.cleaned_data["q"]
    cursor = request.GET.get("cursor", "")
    shown = precedents(request.viewer, typed, form.narrowing, cursor=cursor)
    sought = {name: value for name, value in form.cleaned_data.items() if value}
    context |= {
        "rows": [row_of(one) for one in shown.found],
        "trouble": shown.trouble,
        "is_sought": bool(sought),
        "first": f"{address}?{urlencode(sought)}" if cursor else "",
        "next": f"{address}?{urlencode({**sought, 'cursor': shown.next})}" if shown.next else "",
    }
    return page(request, "desk/office/precedents.html", context, place=PLACE)


@require_safe
@staff_page(Permission.WORK_IN_OFFICE)
def search(request: StaffRequest) -> HttpResponse:
    """The files of the office by reference, name and words: what the company's search never finds.

    Nothing of it is noted where the house's auditors look: that one sought would tell them of it.
    """
    typed, address = request.GET.get("q", ""), reverse("desk:office_search")
    cursor = request.GET.get("cursor", "")
    shown = find_files(request.viewer, typed, cursor=cursor)
    if shown.straight:
        return redirect("desk:office_file", reference=shown.straight)
    context = {
        "title": _("Search the files of the ombudsman"),
        "typed": typed.replace("\0", "").strip(),
        "address": address,
        "trouble": shown.trouble,
        "rows": [_file_row(one) for one in shown.found],
        "first": f"{address}?{urlencode({'q': typed})}" if cursor else "",
        "next": f"{address}?{urlencode({'q': typed, 'cursor': shown.next})}" if shown.next else "",
    }
    return page(request, "desk/office/search.html", context, place=FILES)


def _file_row(one: FileFound) -> dict[str, Any]:
    file = one.proceeding.case
    brought = spoken.local_day(one.proceeding.brought_at, file.entity.timezone)
    return {
        "reference": file.reference,
        "subject": file.subject or _("Without a title"),
        "name": file.complainant.name if file.complainant else "",
        "url": reverse("desk:office_file", args=[file.reference]),
        "state": str(one.proceeding.get_state_display()),
        "brought": spoken.day(brought),
        "excerpt": marked(one.excerpt),
    }
