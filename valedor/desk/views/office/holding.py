"""Whoever holds the office declares what ties them to the company, each year."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from valedor.acts.desk import Desk, declaring
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.foundation.moments import now
from valedor.people.permissions import Permission
from valedor.telling import spoken

from .files import PLACE


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.WORK_IN_OFFICE)
def declaration(request: StaffRequest) -> HttpResponse:
    """Renew one's declaration."""
    desk = Desk(request.viewer, now())
    held = declaring.held_by(desk)
    form = declaring.DeclarationForm(desk, request.POST or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, declaring.do_declare(desk, form.cleaned_data))
        return redirect("desk:office")
    context = {
        "title": _("What ties you to the company"),
        "form": form,
        "back_url": reverse("desk:office"),
        "stands": [
            _("%(entity)s: declared until %(day)s")
            % {
                "entity": one.entity.name,
                "day": spoken.day(max(each.valid_until for each in one.declarations.all())),
            }
            for one in held
            if one.declarations.all()
        ],
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "desk/office/declaration.html", context, status=status, place=PLACE)
