"""What the ombudsman's office asks the company: the list, and the page on which it answers."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from valedor.acts.desk import DESK_ACTS, Desk, DeskAct, DeskForm
from valedor.acts.desk.hearings import may_say_done
from valedor.acts.reading import office as reading
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.people.permissions import Permission
from valedor.review.office.models import Hearing
from valedor.review.office.rules import why_not_answer_hearing
from valedor.telling import spoken
from valedor.telling.turns import Room, turn_in_words, turn_of_hearing

PLACE = "house:hearings"
What = Hearing.What


@require_safe
@staff_page(Permission.HANDLE, Permission.AUDIT)
def hearings(request: StaffRequest) -> HttpResponse:
    """What waits for the company's word, and everything that the office addressed to it."""
    shows_all = "all" in request.GET
    address = reverse("desk:hearings")
    context = {
        "title": _("The ombudsman asks"),
        "tabs": [
            {"name": _("Waits for our word"), "url": address, "is_current": not shows_all},
            {"name": _("Everything"), "url": f"{address}?all", "is_current": shows_all},
        ],
        "rows": [_row(one) for one in reading.hearings_for(request.viewer, waiting=not shows_all)],
    }
    return page(request, "desk/office/hearings.html", context, place=PLACE)


def _row(one: Hearing) -> dict[str, Any]:
    zone = one.case.entity.timezone
    return {
        "what": str(one.get_what_display()),
        "text": one.text,
        "file": one.file_reference,
        "reference": one.case.reference,
        "case_url": reverse("desk:case", args=[one.case.reference]),
        "url": reverse("desk:hearing", args=[one.pk]),
        "asked": spoken.stamp(one.asked_at, zone),
        "until": spoken.until(one.answer_by, zone) if one.answer_by else "",
        "is_late": one.answer_by is not None and one.answered_at is None and one.answer_by < now(),
        "answer": one.answer,
        "answered": spoken.stamp(one.answered_at, zone) if one.answered_at else "",
        "is_over": one.ended_at is not None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.HANDLE, Permission.AUDIT)
def hearing(request: StaffRequest, number: int) -> HttpResponse:
    """One thing that the office asked: its words, the company's answer."""
    one, desk = _asked(request, number)
    act = _act_on(one)
    refusal = why_not_answer_hearing(request.viewer, one)
    if act is None:
        status = 422 if request.method == "POST" else 200
        return _page(request, one, None, refusal=str(refusal or ""), status=status)
    if act is DONE:
        refusal = None
    is_sent = request.method == "POST"
    form: DeskForm = act.form(desk, *((request.POST, request.FILES) if is_sent else ()))
    if not is_sent:
        return _page(request, one, form, refusal=str(refusal or ""))
    if _done(request, act, desk, form):
        return redirect("desk:hearing", number=one.pk)
    return _page(request, one, form, refusal=str(refusal or ""), status=422)


DONE = DESK_ACTS["hearing-done"]
_ANSWERS = {
    What.STATEMENT: DESK_ACTS["hearing-answer"],
    What.SHOWN: DESK_ACTS["hearing-answer"],
    What.OFFER: DESK_ACTS["hearing-offer"],
    What.OPINION: DESK_ACTS["hearing-opinion"],
}


def _asked(request: StaffRequest, number: int) -> tuple[Hearing, Desk]:
    """What the office asked, and whoever stands before it with what they send."""
    one = reading.hearing_for(request.viewer, number)
    files = request.FILES.getlist("file") if request.method == "POST" else ()
    return one, Desk(request.viewer, now(), str(number), files)


def _act_on(one: Hearing) -> DeskAct | None:
    """What can be said to it now."""
    if one.ended_at is not None or one.what == What.NOTICE:
        return None
    if one.answered_at is not None:
        return DONE if may_say_done(one) else None
    return _ANSWERS[What(one.what)]


def _done(request: StaffRequest, act: DeskAct, desk: Desk, form: DeskForm) -> bool:
    """Whether it was done; else the form says why not."""
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            said = act.do(desk, form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused.refusal))
        return False
    for remark in desk.said:
        messages.warning(request, remark)
    messages.success(request, said)
    return True


def _page(
    request: StaffRequest,
    one: Hearing,
    form: DeskForm | None,
    *,
    refusal: str,
    status: int = 200,
) -> HttpResponse:
    context = {
        "title": str(one.get_what_display()),
        "hearing": _row(one),
        "whose_turn": turn_in_words(turn_of_hearing(one), Room.COMPANY, one.case.entity.timezone),
        "form": form,
        "refusal": refusal,
        "others": [_row(each) for each in reading.later_of(one) if each.pk != one.pk],
        "proposal_url": reverse("desk:hearing_proposal", args=[one.pk])
        if one.what not in {What.OPINION, What.NOTICE} and not refusal
        else "",
        "proposal_words": _("Decline it and propose something else…")
        if one.what == What.OFFER
        else _("Propose to settle…"),
    }
    return page(request, "desk/office/hearing.html", context, status=status, place=PLACE)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.HANDLE)
def proposal(request: StaffRequest, number: int) -> HttpResponse:
    """The company proposes to settle."""
    one, desk = _asked(request, number)
    act = DESK_ACTS["hearing-proposal"]
    refusal = why_not_answer_hearing(request.viewer, one) if one.what == What.OFFER else None
    form: DeskForm = act.form(desk, request.POST or None)
    if request.method == "POST" and _done(request, act, desk, form):
        return redirect("desk:hearing", number=one.pk)
    context = {
        "title": str(act.title),
        "hearing": _row(one),
        "whose_turn": turn_in_words(turn_of_hearing(one), Room.COMPANY, one.case.entity.timezone),
        "form": form,
        "refusal": str(refusal or ""),
        "is_counter": one.what == What.OFFER,
        "back_url": reverse("desk:hearing", args=[one.pk]),
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "desk/office/proposal.html", context, status=status, place=PLACE)
