"""The keys of the desk, told on one page."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from valedor.desk import keys as known
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.people.permissions import Permission


@require_safe
@staff_page(None)
def keys(request: StaffRequest) -> HttpResponse:
    """What can be reached by keys, for whoever this is."""
    groups = [(_("Places"), known.everywhere(request.viewer)), (_("Lists"), known.in_lists())]
    if request.viewer.may(Permission.SEE_CASES):
        groups.append((_("On the page of a case, where it can be done"), known.of_every_case()))
    context = {
        "title": _("Keyboard shortcuts"),
        "groups": [
            {
                "title": title,
                "keys": [
                    {"each": one.keys.split(), "words": one.words, "url": one.url} for one in rows
                ],
            }
            for title, rows in groups
        ],
    }
    return page(request, "desk/keys.html", context, place="keys")
