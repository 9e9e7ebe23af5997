"""Calls that the house owes: promised ones by the hour that comes next, and those who hung up."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from valedor.acts import EVERY_ACT, Situation
from valedor.acts.doing import do
from valedor.casefile.access import case_for
from valedor.casefile.reads import note_read
from valedor.channels.models import CallAttempt, CallBack
from valedor.channels.telephone.actions.return_call import return_call
from valedor.channels.telephone.actions.take_call import begin_by_hand
from valedor.channels.telephone.numbers import spoken as number_spoken
from valedor.design.parts import Fact
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queries import call_backs as reading
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refusal, Refused, refuse_if
from valedor.people.permissions import Permission
from valedor.telling import spoken

PLACE = "house:call_backs"


@require_http_methods(["GET", "HEAD"])
@staff_page(Permission.REGISTER)
def call_backs(request: StaffRequest) -> HttpResponse:
    """Who waits for a call."""
    at = now()
    context = {
        "title": _("Call-backs"),
        "promised": [_row(one, at) for one in reading.promised(request.viewer)],
        "hung_up": [_owed(one, at) for one in reading.abandoned(request.viewer, at=at)],
        "without_number": reading.abandoned_without_number(request.viewer, at=at),
        "results": CallAttempt.Result.choices,
    }
    return page(request, "desk/call_backs.html", context, place=PLACE)


def _row(one: CallBack, at: datetime) -> dict[str, Any]:
    zone = one.case.entity.timezone
    name = one.case.complainant.name if one.case.complainant else ""
    return {
        "url": reverse("desk:call_back", args=[one.pk]),
        "name": name or _("Somebody without a name"),
        "subject": one.case.subject,
        "reference": one.case.reference,
        "entity": one.case.entity.name,
        "language": spoken.language_name(one.case.language),
        "when": _when(one),
        "left": spoken.time_left(one.next_at, at),
        "tone": "late" if one.next_at < at else "warn" if one.from_at <= at else "",
        "tries": one.tries,  # type: ignore[attr-defined]
        "is_for_lead": one.is_for_lead,
        "is_vulnerable": one.case.is_vulnerable,
        "next": spoken.stamp(one.next_at, zone),
    }


def _when(one: CallBack) -> str:
    zone = one.case.entity.timezone
    return _("%(from)s to %(until)s") % {
        "from": spoken.stamp(one.from_at, zone),
        "until": spoken.hour(one.due_at, zone),
    }


def _owed(one: reading.Owed, at: datetime) -> dict[str, Any]:
    call, zone = one.last, one.last.entity.timezone
    return {
        "url": reverse("desk:call_return", args=[call.pk]),
        "number": number_spoken(call.caller),
        "tel": call.caller,
        "line": call.line.name if call.line else "",
        "entity": call.entity.name,
        "when": spoken.stamp(call.last_event_at, zone),
        "times": one.times,
        "tries": call.times_returned,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.REGISTER)
def call_back(request: StaffRequest, call_back_id: int) -> HttpResponse:
    """One promise: the number, what it is about, what came of calling."""
    found, at = reading.call_back_for(request.viewer, call_back_id), now()
    if request.method == "POST":
        return _settled(request, found, at)
    note_read(request.viewer, found.case, "call_back", at, {"call_back": found.pk})
    zone = found.case.entity.timezone
    name = found.case.complainant.name if found.case.complainant else ""
    context = {
        "title": name or _("Somebody without a name"),
        "call_back": found,
        "case": found.case,
        "number": number_spoken(found.number),
        "case_url": reverse("desk:case", args=[found.case.reference]),
        "is_over": found.settled_at is not None,
        "is_late": found.settled_at is None and found.next_at < at,
        "outcome": found.get_outcome_display(),
        "facts": _facts(found),
        "attempts": [
            {
                "when": spoken.stamp(one.at, zone),
                "result": one.get_result_display(),
                "by": one.by.name,
            }
            for one in found.attempts.select_related("by").order_by("at")
        ],
        "results": CallAttempt.Result.choices,
    }
    return page(request, "desk/call_back.html", context, place=PLACE)


def _settled(request: StaffRequest, found: CallBack, at: datetime) -> HttpResponse:
    noun = {"cancel": "call-cancellation", "try": "call-attempt"}.get(request.POST.get("do", ""))
    if noun is None:
        raise Http404
    act = EVERY_ACT[noun]
    case = case_for(request.viewer, found.case.reference)
    situation = Situation(case=case, viewer=request.viewer, at=at, item=found.pk)
    refuse_if(act.refusal(situation))
    form = act.form(situation, request.POST)
    if not form.is_valid():
        raise Refused(Refusal("result_missing", _("Say what came of the call.")))
    words = do(act, situation, form, typed={})
    tell = messages.warning if situation.is_bad_news else messages.success
    tell(request, words)
    if situation.next_noun:
        return redirect("desk:act", reference=case.reference, noun=situation.next_noun)
    return redirect("desk:call_backs")


def _facts(one: CallBack) -> list[Fact]:
    asked_by = one.asked_by.name if one.asked_by else _("The person")
    told = [
        (pgettext("of a case", "Subject"), one.case.subject),
        (_("Language"), spoken.language_name(one.case.language)),
        (_("Promised for"), _when(one)),
        (_("Asked for"), f"{spoken.stamp(one.asked_at, one.case.entity.timezone)}, {asked_by}"),
        (_("Line"), one.line.name if one.line else ""),
        (_("Entity"), one.case.entity.name),
    ]
    return [Fact(name=name, value=value) for name, value in told if value]


@require_POST
@staff_page(Permission.REGISTER)
def call_return(request: StaffRequest, call_id: int) -> HttpResponse:
    """Call somebody who hung up. Whoever is reached has a page at once, to write down what is
    said.
    """
    call, at = reading.abandoned_for(request.viewer, call_id), now()
    result = request.POST.get("result", "")
    return_call(call.entity, caller=call.caller, result=result, viewer=request.viewer, at=at)
    if result != CallAttempt.Result.SPOKE:
        messages.success(request, _("Noted."))
        return redirect("desk:call_backs")
    begun = begin_by_hand(
        call.entity,
        line=call.line,
        number=call.caller,
        viewer=request.viewer,
        by=request.user,
        at=at,
    )
    return redirect("desk:call", call_id=begun.pk)
