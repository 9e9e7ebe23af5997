"""What the ombudsman's office asks the company: the list, and the page on which it answers."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from valedor.acts.files import kept_file
from valedor.casefile.actors import staff
from valedor.casefile.documents import FileRefused, Kept
from valedor.desk.forms.hearings import (
    DoneForm,
    OfferForm,
    OpinionForm,
    ProposalForm,
    StatementForm,
)
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queries import office as reading
from valedor.foundation.moments import now
from valedor.foundation.money import currency_of
from valedor.foundation.refusals import Refused
from valedor.people.permissions import Permission
from valedor.procedures.house_rules import house_rules
from valedor.review.office.actions.hear import answer_hearing
from valedor.review.office.actions.opine import answer_opinion, say_carried_out
from valedor.review.office.actions.settle import answer_offer_of_hearing, propose_from_hearing
from valedor.review.office.models import Hearing
from valedor.review.office.rules import why_not_answer_hearing
from valedor.telling import spoken

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
    one = reading.hearing_for(request.viewer, number)
    refusal = why_not_answer_hearing(request.viewer, one)
    form = _form_of(one, request)
    if request.method == "POST" and form is not None:
        if form.is_valid():
            try:
                with transaction.atomic():
                    said = _do(request, one, form)
            except Refused as refused:
                form.add_error(None, str(refused.refusal))
            else:
                messages.success(request, said)
                return redirect("desk:hearing", number=one.pk)
        return _page(request, one, form, refusal=str(refusal or ""), status=422)
    return _page(request, one, form, refusal=str(refusal or ""))


def _form_of(one: Hearing, request: StaffRequest) -> forms.Form | None:
    """What can be said to it now."""
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    if one.ended_at is not None or one.what == What.NOTICE:
        return None
    if one.answered_at is not None:
        return DoneForm(*typed) if _may_say_done(one) else None
    kinds: dict[str, type[forms.Form]] = {
        What.STATEMENT: StatementForm,
        What.SHOWN: StatementForm,
        What.OFFER: OfferForm,
        What.OPINION: OpinionForm,
    }
    return kinds[one.what](*typed)


def _may_say_done(one: Hearing) -> bool:
    later = reading.later_of(one)
    return one.what == What.OPINION and later[-1].pk == one.pk


def _do(request: StaffRequest, one: Hearing, form: forms.Form) -> str:
    given, case, at = form.cleaned_data, one.case, now()
    by = staff(request.user)
    if isinstance(form, DoneForm):
        say_carried_out(case, hearing=one, text=given["text"], by=by, at=at)
        return _("The office and the person know: the person is asked whether it is so.")
    if one.what == What.OPINION:
        accept = given["answer"] == "yes"
        answer_opinion(case, hearing=one, accept=accept, reasons=given["text"], by=by, at=at)
        return _("The office and the person know what the company says.")
    if one.what == What.OFFER:
        answer_offer_of_hearing(case, hearing=one, accept=given["answer"] == "yes", by=by, at=at)
        return _("Your word is with both sides.")
    kept: list[Kept] = []
    for upload in request.FILES.getlist("file"):
        try:
            kept.append(kept_file(upload))
        except FileRefused as refused:
            messages.warning(request, str(refused.refusal))
    answer_hearing(case, hearing=one, text=given["text"], documents=kept, by=by, at=at)
    return _("The office has it.")


def _page(
    request: StaffRequest,
    one: Hearing,
    form: forms.Form | None,
    *,
    refusal: str,
    status: int = 200,
) -> HttpResponse:
    context = {
        "title": str(one.get_what_display()),
        "hearing": _row(one),
        "form": form,
        "refusal": "" if isinstance(form, DoneForm) else refusal,
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
    one = reading.hearing_for(request.viewer, number)
    house, at = house_rules(one.entity_id), now()
    zone = ZoneInfo(house.entity.timezone)
    form = ProposalForm(
        request.POST or None,
        options=house.redress_options,
        initial={"answer_by": (at.astimezone(zone) + timedelta(days=14)).date()},
    )
    refusal = why_not_answer_hearing(request.viewer, one) if one.what == What.OFFER else None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                propose_from_hearing(
                    one.case,
                    hearing=one,
                    option=given["option"],
                    amount=given["amount"],
                    currency=currency_of(house.entity.country) if given["amount"] else "",
                    text=given["text"],
                    answer_by=datetime.combine(given["answer_by"], time(23, 59, 59), zone),
                    by=staff(request.user),
                    at=at,
                )
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, _("The person reads the proposal, and says yes or no."))
            return redirect("desk:hearing", number=one.pk)
    context = {
        "title": _("Propose to settle"),
        "hearing": _row(one),
        "form": form,
        "refusal": str(refusal or ""),
        "is_counter": one.what == What.OFFER,
        "back_url": reverse("desk:hearing", args=[one.pk]),
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "desk/office/proposal.html", context, status=status, place=PLACE)
