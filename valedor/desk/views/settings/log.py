"""The administration log, newest first, by keyset."""

import json
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queries.settings import log_lines
from valedor.people.acts import words_of
from valedor.people.models import AdministrationEntry
from valedor.people.permissions import Permission

from .shell import frame

PAGE = 50


@require_safe
@staff_page(Permission.CONFIGURE, Permission.AUDIT)
def log(request: StaffRequest) -> HttpResponse:
    """Fifty lines from a place on."""
    before = request.GET.get("before", "")
    below = int(before) if before.isdecimal() and len(before) < 18 else None
    lines = log_lines(before=below, at_most=PAGE + 1)
    here = reverse("desk:settings:log")
    context = frame("desk:settings:log") | {
        "title": _("Administration log"),
        "lines": [_line(line) for line in lines[:PAGE]],
        "first_url": here if before else "",
        "next_url": f"{here}?before={lines[PAGE - 1].sequence}" if len(lines) > PAGE else "",
    }
    place = "settings"
    if Permission.CONFIGURE not in request.viewer.permissions:
        context["sections"], place = [], "house:settings:log"
    return page(request, "desk/settings/log.html", context, place=place)


def _line(line: AdministrationEntry) -> dict[str, Any]:
    names = sorted({*(line.before or {}), *(line.after or {})})
    return {
        "sequence": line.sequence,
        "at": line.at.isoformat(),
        "when": date_format(localtime(line.at), "SHORT_DATETIME_FORMAT"),
        "who": line.by.name if line.by else _("the console"),
        "act": words_of(line.act),
        "subject": line.subject,
        "reason": line.reason,
        "changes": [
            {
                "name": name,
                "before": _text((line.before or {}).get(name)),
                "after": _text((line.after or {}).get(name)),
            }
            for name in names
        ],
    }


def _text(value: Any) -> str:
    if value is None or value == "":
        return "—"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
