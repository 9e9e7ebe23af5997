"""Every act of the office on its own page: GET shows what it asks, POST does it or says why not.
What is typed in between is kept as a draft, behind the wall.
"""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from valedor.acts import Act
from valedor.acts.act import ActForm
from valedor.acts.office import OFFICE_ACTS
from valedor.acts.office.situation import OfficeSituation
from valedor.casefile.reads import note_read
from valedor.desk.drafting import PLACE as DRAFT_PLACE
from valedor.desk.drafting import draft_context, fresh_form, kept_words, typed_in
from valedor.desk.pages import StaffRequest, page, part, staff_page
from valedor.desk.queries.case import drafts_of, drop_draft_of
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refusal, Refused
from valedor.handling.draft_place import read_place
from valedor.people.permissions import Permission
from valedor.review.office.access import file_for, files_visible_to
from valedor.review.office.actions.draft import drop_office_draft, save_office_draft

from .beside import file_beside
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
        drafts = drafts_of(request.viewer, situation.case)
        form = fresh_form(known, situation, drafts, wanted=request.GET.get("draft", ""))
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
            if known.keeps_draft:
                name, place = (
                    known.draft_name(situation.item),
                    read_place(typed.get(DRAFT_PLACE, "")),
                )
                drop_office_draft(situation.case, form=name, by=situation.by, place=place)
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
    keeps, name = known.keeps_draft and refusal is None, known.draft_name(situation.item)
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
        **draft_context(
            form,
            case.entity.timezone,
            act_url=address,
            draft_url=reverse("desk:office_draft", args=[case.reference, name]) if keeps else "",
            drop_url=lambda one: reverse("desk:office_draft_drop", args=[case.reference, one]),
        ),
    }
    if known.group != "opine":
        return page(request, "desk/act.html", context, status=status, place=PLACE)
    note_read(request.viewer, case, "case", situation.at)
    context["beside_file"] = file_beside(situation)
    return page(request, "desk/office/opine.html", context, status=status, place=PLACE)


@require_POST
@staff_page(Permission.WORK_IN_OFFICE)
def draft(request: StaffRequest, reference: str, name: str) -> HttpResponse:
    """Keep what is typed in one form of a file, for its author alone."""
    file, at = file_for(request.viewer, reference), now()
    noun, _dash, _item = name.rpartition("-")
    known = OFFICE_ACTS.get(name) or OFFICE_ACTS.get(noun)
    if known is None or not known.keeps_draft:
        raise Http404
    situation = OfficeSituation(case=file, viewer=request.viewer, at=at)
    place = read_place(request.POST.get(DRAFT_PLACE, ""))
    has_others = save_office_draft(
        file, form=name[:40], fields=typed_in(request), by=situation.by, at=at, place=place
    )
    words = kept_words(at, file.entity.timezone, has_others=has_others)
    if getattr(request, "htmx", False):
        return part(request, "desk/_draft.html", {"draft_words": words})
    messages.success(request, words)
    return redirect("desk:office_file", reference=file.reference)


@require_POST
@staff_page(Permission.WORK_IN_OFFICE)
def draft_drop(request: StaffRequest, reference: str, draft_id: int) -> HttpResponse:
    """One's own text that lies beside another is not wanted any more."""
    file = file_for(request.viewer, reference)
    if not drop_draft_of(request.viewer, file, draft_id):
        raise Http404
    messages.success(request, _("The other draft is gone."))
    return redirect("desk:office_file", reference=file.reference)
