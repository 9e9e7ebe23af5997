"""What somebody or their area was thanked for: read, and no more of the case than that."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from valedor.casefile.viewing import the_house, viewing
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queries import thanks as reading
from valedor.foundation.moments import now
from valedor.handling.actions.pass_on import read_thanks
from valedor.telling import spoken


@require_safe
@staff_page(None)
def thanks(request: StaffRequest) -> HttpResponse:
    """Thanks for this member of the staff and their areas."""
    rows = [
        {
            "words": one.words,
            "for_whom": str(one.area.name) if one.area else _("You"),
            "when": spoken.stamp(one.at, one.case.entity.timezone),
            "url": "" if one.read_at else reverse("desk:thanks_read", args=[one.pk]),
        }
        for one in reading.thanks_for(request.viewer)
    ]
    context = {"title": _("Thanks"), "rows": rows}
    return page(request, "desk/thanks.html", context, place="house:thanks")


@require_POST
@staff_page(None)
def thanks_read(request: StaffRequest, thanks_id: int) -> HttpResponse:
    """They have read it."""
    found = reading.thanks_of(request.viewer, thanks_id)
    with viewing(the_house(found.entity_id)):
        read_thanks(found, at=now())
    return redirect("desk:thanks")
