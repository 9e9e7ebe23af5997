"""When somebody is away: one's own days, and those of the people whom one leads."""

from dataclasses import replace

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from valedor.acts.desk import Desk
from valedor.acts.desk import absences as acts
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.views.settings.shell import do, save
from valedor.foundation.moments import now
from valedor.people import queries
from valedor.telling import spoken


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(None)
def absences(request: StaffRequest) -> HttpResponse:
    """The days that are known, and more of them."""
    desk = Desk(request.viewer, now())
    people = acts.people_of(request.viewer)
    first = {"who": request.GET.get("who") or request.user.username}
    form = acts.AbsenceForm(desk, request.POST or None, initial=first)
    done = save(
        request,
        form,
        lambda at: acts.do_set(replace(desk, at=at), form.cleaned_data),
        reverse("desk:absences"),
    )
    if done is not None:
        return done
    today = acts.today_of(request.user, desk.at)
    rows = [
        {
            "who": one.account.name,
            "days": _("%(first)s to %(last)s")
            % {"first": spoken.short_day(one.from_on), "last": spoken.short_day(one.to_on)},
            "is_away": one.from_on <= today,
            "note": one.note,
            "by": one.recorded_by.name if one.recorded_by else _("the console"),
            "end_url": reverse("desk:absence_end", args=[one.pk]),
            "end": _("Back today") if one.from_on < today else _("Withdraw"),
        }
        for one in queries.absences_from(today, people)
    ]
    context = {
        "title": _("Absences"),
        "rows": rows,
        "form": form,
        "submit": _("Keep it"),
        "cancel_url": reverse("desk:account"),
    }
    status = 422 if form.errors else 200
    return page(request, "desk/absences.html", context, status=status, place="absences")


@require_POST
@staff_page(None)
def absence_end(request: StaffRequest, absence_id: int) -> HttpResponse:
    """Somebody is back, or does not go."""
    desk = Desk(request.viewer, now(), str(absence_id))
    acts.absence_of(desk)
    return do(request, lambda at: acts.do_end(replace(desk, at=at), {}), reverse("desk:absences"))
