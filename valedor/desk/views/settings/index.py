"""The start of the settings."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.people.permissions import Permission

from .shell import SECTIONS, frame


@require_safe
@staff_page(Permission.CONFIGURE)
def index(request: StaffRequest) -> HttpResponse:
    """What can be set, and where."""
    cards = [{"url": reverse(key), "name": name, "about": about} for key, name, about in SECTIONS]
    context = frame("desk:settings:overview") | {"title": _("Settings"), "cards": cards}
    return page(request, "desk/settings/index.html", context, place="settings")
