"""What somebody or their area was thanked for: read, and no more of the case than that."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from valedor.acts.desk import Desk
from valedor.acts.desk import thanks as acts
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.foundation.moments import now
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
        for one in acts.thanks_for(request.viewer)
    ]
    context = {"title": _("Thanks"), "rows": rows}
    return page(request, "desk/thanks.html", context, place="house:thanks")


@require_POST
@staff_page(None)
def thanks_read(request: StaffRequest, thanks_id: int) -> HttpResponse:
    """They have read it."""
    acts.do_read(Desk(request.viewer, now(), str(thanks_id)), {})
    return redirect("desk:thanks")
