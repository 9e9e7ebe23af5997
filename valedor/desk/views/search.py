"""Search: a reference goes straight to its case; people and words find cases, newest first."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from valedor.casefile.filters import read_filters
from valedor.casefile.reads import note_read
from valedor.casefile.search import SearchPage, count, search
from valedor.desk.pages import StaffRequest, page, part, staff_page
from valedor.desk.queue_rows import marked, rows_of
from valedor.desk.views.queues import chips
from valedor.foundation.moments import now
from valedor.people.permissions import Permission
from valedor.telling import spoken


@require_safe
@staff_page(Permission.SEE_CASES)
def find(request: StaffRequest) -> HttpResponse:
    """What was found, with the words marked. That one sought is noted, never what was typed.

    What many cases hold is counted apart (``?count``), after the first of them are there.
    """
    viewer, typed = request.viewer, request.GET.get("q", "")
    filters = read_filters(request.GET, viewer)
    if "count" in request.GET and getattr(request, "htmx", False):
        counted = count(viewer, typed, filters)
        return part(request, "desk/_count.html", {"count": _count(counted)})
    found = search(viewer, typed, filters, cursor=request.GET.get("cursor", ""))
    if found.straight:
        return redirect("desk:case", reference=found.straight)
    if "count" in request.GET and found.is_uncounted:
        counted = count(viewer, typed, filters)
        found = found._replace(total=counted.total, is_more=counted.is_more, is_uncounted=False)
    at = now()
    if found.hits and viewer.entities:
        note_read(viewer, None, "search", at, {"found": len(found.hits)})
    excerpts = {
        hit.line.id: format_html("{}", marked(hit.snippet)) for hit in found.hits if hit.snippet
    }
    address = reverse("desk:search")
    context = {
        "title": _("Search"),
        "search_words": found.typed,
        "rows": rows_of(
            [hit.line for hit in found.hits],
            at=at,
            reader=spoken.language(),
            excerpts=excerpts,
            several_entities=len(viewer.entities) > 1,
        ),
        "count": _count(found),
        "count_url": f"{address}?{filters.as_query(q=found.typed, count='1')}"
        if found.is_uncounted
        else "",
        "typed": found.typed,
        "troubles": [*filters.troubles.values(), *([found.trouble] if found.trouble else [])],
        "chips": chips(filters, address, q=found.typed),
        "filters_url": f"{reverse('desk:filters')}?{filters.as_query(q=found.typed or ' ')}",
        "first": f"{address}?{filters.as_query(q=found.typed)}"
        if request.GET.get("cursor")
        else "",
        "next": f"{address}?{filters.as_query(q=found.typed, cursor=found.next)}"
        if found.next
        else "",
    }
    return page(request, "desk/search.html", context, place="search")


def _count(found: SearchPage) -> str:
    if not found.typed or found.total is None:
        return ""
    if found.is_more:
        return _("1,000 and more")
    return ngettext("%(number)s case found", "%(number)s cases found", found.total) % {
        "number": found.total
    }
