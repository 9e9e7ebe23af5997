"""Who is on duty, emergencies that nobody took yet, and handing over."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from valedor.acts.desk.duty import ChangeForm
from valedor.acts.reading import duty as reading
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.incidents.duty.actions.change import change_duty, may_lead, withdraw_change
from valedor.incidents.duty.actions.take import take
from valedor.incidents.duty.models import CallOut, CallOutCall, DutyChange, DutyPlan
from valedor.incidents.duty.plans import roster_of
from valedor.people.permissions import Permission
from valedor.telling import spoken

PLACE = "house:duty"
_WORKS = (Permission.HANDLE, Permission.ANSWER_ENQUIRIES)
_AHEAD = timedelta(days=7)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*_WORKS)
def duty(request: StaffRequest) -> HttpResponse:
    """One page for all of it; a post says in ``do`` what it is about."""
    at = now()
    wrong: dict[int, ChangeForm] = {}
    if request.method == "POST":
        number = str(request.POST.get("of", ""))
        item = int(number) if number.isdecimal() and len(number) <= 19 else 0
        if request.POST.get("do") == "take":
            taken = take(reading.call_out_for(request.viewer, item), by=request.user, at=at)
            messages.success(request, _("You attend to it: nobody more is called."))
            return redirect("desk:case", taken.case.reference)
        if request.POST.get("do") == "withdraw":
            withdraw_change(reading.change_for(request.viewer, item), by=request.user, at=at)
            messages.success(request, _("The weekly plan holds again."))
            return redirect("desk:duty")
        plan = reading.plan_for(request.viewer, item)
        form = _form(request, plan)
        if _is_done(request, plan, form, at):
            return redirect("desk:duty")
        wrong[plan.pk] = form
    plans = reading.plans_for(request.viewer)
    context = {
        "title": _("On duty"),
        "waiting": [_waiting(one, at) for one in reading.calls_going_on(request.viewer)],
        "plans": [_plan(request, one, wrong.get(one.pk), at) for one in plans],
        "changes": [_change(request, one, at) for one in reading.changes_for(plans, at=at)],
    }
    status = 422 if wrong else 200
    return page(request, "desk/duty.html", context, status=status, place=PLACE)


def _form(request: StaffRequest, plan: DutyPlan) -> ChangeForm:
    data = request.POST if request.method == "POST" else None
    with timezone.override(plan.entity.timezone):
        form = ChangeForm(plan, data, leads=may_lead(plan, request.viewer))
        form.is_valid()
    return form


def _is_done(request: StaffRequest, plan: DutyPlan, form: ChangeForm, at: datetime) -> bool:
    if not form.is_valid():
        return False
    try:
        change_duty(plan, **form.said(), by=request.user, at=at)
    except Refused as refused:
        form.add_error(None, str(refused.refusal))
        return False
    messages.success(request, _("It is written down: the change holds in its time."))
    return True


def _waiting(one: CallOut, at: datetime) -> dict[str, Any]:
    case = one.case
    zone = case.entity.timezone
    made: list[CallOutCall] = one.made  # type: ignore[attr-defined]
    return {
        "id": one.pk,
        "reference": case.reference,
        "subject": case.subject or _("Without a title"),
        "url": reverse("desk:case", args=[case.reference]),
        "entity": case.entity.name,
        "minutes": int((at - one.begun_at).total_seconds() // 60),
        "calls": [
            {
                "name": call.account.name,
                "hour": spoken.hour(call.at, zone),
                "ways": " · ".join(_ways(call)),
            }
            for call in made
        ],
    }


def _ways(call: CallOutCall) -> list[str]:
    ways = [_("e-mail")] * call.by_mail + [_("SMS")] * call.by_sms
    return ways or [_("could not be reached")]


def _plan(
    request: StaffRequest, plan: DutyPlan, form: ChangeForm | None, at: datetime
) -> dict[str, Any]:
    roster, zone = roster_of(plan, around=at), plan.entity.timezone
    stretches = list(roster.stretches(at, at + _AHEAD))
    names = reading.names_of({pk for _from, _to, people in stretches for pk in people})
    first = stretches[0][2] if stretches else ()
    with timezone.override(zone):
        return {
            "id": plan.pk,
            "name": str(plan.team.name),
            "entity": plan.entity.name,
            "minutes": plan.minutes_each,
            "now": [names[pk] for pk in first if pk in names],
            "stretches": [
                {
                    "begins": spoken.stamp(begins, zone),
                    "ends": spoken.stamp(ends, zone),
                    "names": ", ".join(names[pk] for pk in people if pk in names),
                }
                for begins, ends, people in stretches
            ],
            "form": form or ChangeForm(plan, leads=may_lead(plan, request.viewer)),
            "is_open": form is not None,
        }


def _change(request: StaffRequest, one: DutyChange, at: datetime) -> dict[str, Any]:
    zone = one.plan.entity.timezone
    return {
        "id": one.pk,
        "who": one.account.name if one.account else _("nobody"),
        "team": str(one.plan.team.name),
        "when": _("%(first)s to %(last)s")
        % {"first": spoken.stamp(one.begins_at, zone), "last": spoken.stamp(one.ends_at, zone)},
        "rank": one.rank,
        "note": one.note,
        "by": one.recorded_by.name if one.recorded_by else _("the console"),
        "may": one.recorded_by_id == request.viewer.account_id
        or may_lead(one.plan, request.viewer),
    }
