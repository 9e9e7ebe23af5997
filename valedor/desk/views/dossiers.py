"""How far the dossiers of a case are: the part of their page that looks again by itself."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from valedor.acts.act import Situation
from valedor.acts.dossier import dossiers_made
from valedor.casefile.access import case_for
from valedor.desk.pages import StaffRequest, part, staff_page
from valedor.foundation.moments import now
from valedor.people.permissions import Permission


@require_safe
@staff_page(Permission.SEE_CASES)
def dossiers(request: StaffRequest, reference: str) -> HttpResponse:
    """The list alone, for whoever waits; the page itself is that of the act."""
    case = case_for(request.viewer, reference)
    if not getattr(request, "htmx", False):
        return redirect("desk:act", case.reference, "dossier")
    situation = Situation(case=case, viewer=request.viewer, at=now())
    return part(request, "desk/_dossiers.html", {"case": case, **dossiers_made(situation)})
