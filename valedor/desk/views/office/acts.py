"""Every act of the office on its own page: GET shows what it asks, POST does it or says why not."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from valedor.acts import Act
from valedor.acts.act import ActForm
from valedor.acts.office import OFFICE_ACTS
from valedor.acts.office.situation import OfficeSituation
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refusal, Refused
from valedor.people.permissions import Permission
from valedor.review.office.access import file_for, files_visible_to

from .files import PLACE


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.WORK_IN_OFFICE)
def act(request: StaffRequest, reference: str, noun: str, item: int | None = None) -> HttpResponse:
    """One act of the office by its noun."""
    known = OFFICE_ACTS.get(noun)
    if known is None or known.with_item is (item is None):
        raise Http404
    situation = OfficeSituation(
        case=file_for(request.viewer, reference), viewer=request.viewer, at=now(), item=item
    )
    with timezone.override(situation.zone):
        if request.method == "POST":
            return _do(request, known, situation, request.POST)
        initial = dict(known.initial(situation)) if known.initial else {}
        form = known.form(situation, initial=initial)
        return _page(request, known, situation, form, refusal=known.refusal(situation))


def _do(
    request: StaffRequest, known: Act, situation: OfficeSituation, typed: QueryDict
) -> HttpResponse:
    form = known.form(situation, typed)
    refusal = known.refusal(situation)
    if refusal is not None:
        return _page(request, known, situation, form, refusal=refusal, status=409)
    if not form.is_valid():
        return _page(request, known, situation, form, status=422)
    try:
        with transaction.atomic():
            words = known.do(situation, form.cleaned_data)
    except Refused as refused:
        return _page(request, known, situation, form, said=str(refused.refusal), status=409)
    file_url = reverse("desk:office_file", args=[situation.case.reference])
    if situation.code:
        context = {
            "title": _("A code for somebody else"),
            "code": situation.code,
            "reference": situation.case.reference,
            "words": words,
            "case_url": file_url,
        }
        return page(request, "desk/code.html", context, place=PLACE)
    messages.success(request, words)
    if not files_visible_to(request.viewer).filter(pk=situation.case.pk).exists():
        return redirect("desk:office")
    return redirect(file_url)


def _page(
    request: StaffRequest,
    known: Act,
    situation: OfficeSituation,
    form: ActForm,
    *,
    refusal: Refusal | None = None,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    case = situation.case
    names: list[Any] = [case.reference, known.noun]
    address = reverse("desk:office_act", args=names)
    if situation.item is not None:
        address = reverse("desk:office_act_on", args=[*names, situation.item])
    context = {
        "said": said or (str(refusal) if refusal else ""),
        "title": known.title_for(situation),
        "act": known,
        "form": form,
        "case": case,
        "refusal": str(refusal) if refusal else "",
        "case_url": reverse("desk:office_file", args=[case.reference]),
        "act_url": address,
        "company_words": _("The company's file"),
    }
    return page(request, "desk/act.html", context, status=status, place=PLACE)
