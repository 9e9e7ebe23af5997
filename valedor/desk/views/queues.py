"""The queues: what waits for whom, the next limit first."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from valedor.casefile.filters import Filters, read_filters
from valedor.casefile.queues import Queue, queue_page
from valedor.casefile.viewing import Viewer
from valedor.desk import menus
from valedor.desk.forms.filters import FilterForm, said
from valedor.desk.pages import StaffRequest, page, part, staff_page
from valedor.desk.queries.alarms import alarm_rows
from valedor.desk.queries.choices import filter_choices
from valedor.desk.queue_rows import rows_of
from valedor.foundation.moments import now
from valedor.people.permissions import Permission
from valedor.telling import spoken


@require_safe
@staff_page(None)
def queues(request: StaffRequest) -> HttpResponse:
    """One queue, from a place on; whoever sees no cases is led to what they are asked for."""
    viewer = request.viewer
    if not viewer.may(Permission.SEE_CASES):
        return redirect(menus.home_of(viewer))
    queue = _queue_of(request.GET.get("queue", ""), viewer)
    filters = read_filters(request.GET, viewer)
    at = now()
    found = queue_page(viewer, queue, filters, at=at, cursor=request.GET.get("cursor", ""))
    is_first = not request.GET.get("cursor")
    context = {
        "queue": queue,
        "title": queue.label,
        "rows": rows_of(
            found.lines,
            at=at,
            reader=spoken.language(),
            may_take=viewer.may(Permission.HANDLE),
            several_entities=len(viewer.entities) > 1,
        ),
        "chips": chips(filters, reverse("desk:queues"), queue=queue.value),
        "troubles": [*filters.troubles.values(), *([found.trouble] if found.trouble else [])],
        "pager": {
            "words": _order_words(queue, len(found.lines)),
            "first": "" if is_first else _address(queue, filters, ""),
            "previous": _address(queue, filters, found.previous) if found.previous else "",
            "next": _address(queue, filters, found.next) if found.next else "",
        },
        "filters_url": f"{reverse('desk:filters')}?{filters.as_query(queue=queue.value)}",
        "is_narrowed": bool(filters),
        "give_out_url": f"{reverse('desk:give_out')}?{filters.as_query(queue=queue.value)}"
        if viewer.may(Permission.ASSIGN) and queue is not Queue.CLOSED and found.lines
        else "",
        "alarms": alarm_rows(viewer, at=at, most=3) if queue is Queue.MINE and is_first else [],
    }
    return page(request, "desk/queues.html", context, place=queue.value)


def _queue_of(word: str, viewer: Viewer) -> Queue:
    works = viewer.permissions & {Permission.HANDLE, Permission.ANSWER_ENQUIRIES}
    try:
        return Queue(word)
    except ValueError:
        return Queue.MINE if works else Queue.OPEN


def _address(queue: Queue, filters: Filters, cursor: str) -> str:
    return f"{reverse('desk:queues')}?{filters.as_query(queue=queue.value, cursor=cursor)}"


def _order_words(queue: Queue, shown: int) -> str:
    cases = ngettext("%(number)s case here", "%(number)s cases here", shown) % {"number": shown}
    by = _("last closed first") if queue is Queue.CLOSED else _("next limit first")
    return f"{cases}, {by}"


def chips(filters: Filters, address: str, **kept: str) -> list[dict[str, str]]:
    """The filters that are set, each with the address without it."""
    return [
        {
            "words": said(name, value),
            "url": f"{address}?"
            + urlencode(
                [
                    *((key, word) for key, word in kept.items() if word),
                    *((key, word) for key, word in filters.typed if key != name),
                ]
            ),
        }
        for name, value in filters.typed
    ]


@require_safe
@staff_page(Permission.SEE_CASES)
def filters(request: StaffRequest) -> HttpResponse:
    """The form that narrows a queue or a search: a page, or a part of one where htmx asks."""
    viewer = request.viewer
    is_search = "q" in request.GET
    form = FilterForm(filter_choices(viewer), {key: str(request.GET[key]) for key in request.GET})
    context = {
        "form": form,
        "action": reverse("desk:search" if is_search else "desk:queues"),
        "kept": [
            (key, request.GET[key]) for key in ("queue", "q") if request.GET.get(key, "").strip()
        ],
        "title": _("Narrow the list"),
    }
    if getattr(request, "htmx", False):
        return part(request, "desk/_filters.html", context)
    return page(request, "desk/filters.html", context)
