"""The words of an incident go to those known to be affected: first how many, then the yes."""

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from valedor.acts.reading import incidents as reading
from valedor.design.parts import Fact
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.views.incidents import PLACE
from valedor.foundation.moments import now
from valedor.foundation.refusals import refuse_if
from valedor.incidents.collective import incident_rules
from valedor.incidents.collective.actions.tell_affected import order_notices
from valedor.incidents.collective.affected import untold
from valedor.people.models import ContactPoint
from valedor.people.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.HANDLE)
def incident_send(request: StaffRequest, incident_id: int, line_id: int) -> HttpResponse:
    """How many people the words would reach and how; a post sends them."""
    found, at = reading.incident_for(request.viewer, incident_id), now()
    line = reading.line_of(found, line_id)
    back = reverse("desk:incident", args=[found.pk])
    refuse_if(incident_rules.why_not_work(request.viewer, found.entity_id))
    if request.method == "POST":
        people = order_notices(line, by=request.user, at=at)
        said = ngettext(
            "It goes to %(number)s person now.", "It goes to %(number)s people now.", people
        )
        messages.success(request, said % {"number": people})
        return redirect(back)
    reached = untold(line, at=at) if found.closed_at is None else []
    ways = Counter(way.kind for _person, way in reached)
    context = {
        "title": _("Tell those affected"),
        "incident": str(found.title),
        "incident_url": back,
        "words": str(line.words or ""),
        "people": len(reached),
        "facts": [
            Fact(name=_("By e-mail"), value=str(ways[ContactPoint.Kind.EMAIL])),
            Fact(name=_("By SMS"), value=str(ways[ContactPoint.Kind.TELEPHONE])),
        ],
        "why_not": incident_rules.why_not_go_on(found)
        or incident_rules.why_not_send(line, affected=len(reached)),
    }
    return page(request, "desk/incident_send.html", context, place=PLACE)
