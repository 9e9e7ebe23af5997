"""Every act on a case: GET shows what it asks, POST does it or says why not, in place."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from valedor.acts import ACTS, Act, Situation
from valedor.acts.act import ActForm
from valedor.acts.doing import changes_since, do
from valedor.casefile.access import case_for
from valedor.desk import telling
from valedor.desk.drafting import (
    PLACE,
    SEEN,
    draft_context,
    fresh_form,
    kept_words,
    typed_in,
)
from valedor.desk.pages import StaffRequest, page, part, staff_page
from valedor.desk.queries import case as reading
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refusal, Refused
from valedor.handling.actions.save_draft import save_draft
from valedor.handling.draft_place import read_place
from valedor.handling.presence import note_done, note_writing
from valedor.people.permissions import Permission

TEMPLATES = {
    "dossier": "desk/dossier.html",
    "response": "desk/response.html",
    "identity": "desk/identity.html",
    "identity-code": "desk/identity.html",
}
"""The acts whose page shows more than a form."""


@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
@staff_page(Permission.SEE_CASES)
def act(request: StaffRequest, reference: str, noun: str, item: int | None = None) -> HttpResponse:
    """One act by its noun. What is closed is reopened by ``DELETE`` on its closure."""
    if request.method == "DELETE":
        if noun != "closure":
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        noun, typed = "reopening", QueryDict(request.body)
    else:
        typed = request.POST
    known = ACTS.get(noun)
    if known is None or known.with_item is (item is None):
        raise Http404
    situation = Situation(
        case=case_for(request.viewer, reference),
        viewer=request.viewer,
        at=now(),
        item=item,
        files=request.FILES.getlist("file"),
    )
    with timezone.override(situation.zone):
        if request.method in {"POST", "DELETE"}:
            return _do(request, known, situation, typed)
        return _ask(request, known, situation)


def _ask(request: StaffRequest, known: Act, situation: Situation) -> HttpResponse:
    drafts = reading.drafts_of(situation.viewer, situation.case)
    form = fresh_form(known, situation, drafts, wanted=request.GET.get("draft", ""))
    return _page(request, known, situation, form, refusal=known.refusal(situation))


def _do(request: StaffRequest, known: Act, situation: Situation, typed: QueryDict) -> HttpResponse:
    form = known.form(situation, typed, request.FILES)
    refusal = known.refusal(situation)
    if refusal is not None:
        return _page(request, known, situation, form, refusal=refusal, status=409)
    if "preview" in typed:
        return _page(request, known, situation, form)
    if not form.is_valid():
        return _page(request, known, situation, form, status=422)
    changes = _changes(request, known, situation)
    if changes:
        return _page(request, known, situation, form, changes=changes, status=409)
    try:
        place = read_place(request.POST.get(PLACE, ""))
        words = do(known, situation, form, typed=typed_in(request), place=place)
    except Refused as refused:
        # What the action says depends on what was typed: the button stays, to try again.
        return _page(request, known, situation, form, said=str(refused.refusal), status=409)
    note_done(request.viewer, situation.case)
    return _done(request, situation, words)


def _done(request: StaffRequest, situation: Situation, words: str) -> HttpResponse:
    if situation.code:
        return page(
            request,
            "desk/code.html",
            {
                "title": _("The new access code"),
                "code": situation.code,
                "reference": situation.case.reference,
                "case_url": reverse("desk:case", args=[situation.case.reference]),
                "words": words,
            },
        )
    tell = messages.warning if situation.is_bad_news else messages.success
    tell(request, words)
    for sentence in situation.said:
        messages.warning(request, sentence)
    address = reverse("desk:case", args=[situation.case.reference])
    if situation.next_noun:
        address = reverse("desk:act", args=[situation.case.reference, situation.next_noun])
    if not request.viewer.account_id or _sees_no_more(request, situation):
        address = reverse("desk:queues")
    if getattr(request, "htmx", False):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = address
        return response
    return redirect(address)


def _sees_no_more(request: StaffRequest, situation: Situation) -> bool:
    """Whether what was done shut this viewer out: a recusal of their own."""
    try:
        case_for(request.viewer, situation.case.reference)
    except Http404:
        return True
    return False


def _changes(request: StaffRequest, known: Act, situation: Situation) -> list[telling.Told]:
    """What others wrote down since this form was opened; told once, then the form goes through."""
    lines = changes_since(known, situation, request.POST.get(SEEN, ""))
    if not lines:
        return []
    return telling.tell(
        lines,
        case=situation.case,
        zone=situation.case.entity.timezone,
        names=reading.names_of(line.by_id for line in lines),
        documents={},
    )


def _page(
    request: StaffRequest,
    known: Act,
    situation: Situation,
    form: ActForm,
    *,
    refusal: Refusal | None = None,
    changes: list[telling.Told] | None = None,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "said": said or (str(refusal) if refusal else ""),
        "title": known.title_for(situation),
        **act_context(known, situation, form, refusal=refusal),
        "changes": changes or [],
        **(known.more(situation, form) if known.more else {}),
    }
    template = TEMPLATES.get(known.noun, "desk/act.html")
    return page(request, template, context, status=status)


def act_context(
    known: Act, situation: Situation, form: ActForm, *, refusal: Refusal | None
) -> dict[str, Any]:
    """What the form of an act shows, on its own page and in the composer of the case's."""
    case, act_url = situation.case, act_url_of(known, situation)
    keeps = known.keeps_draft and refusal is None
    name = known.draft_name(situation.item)
    return {
        "act": known,
        "form": form,
        "case": case,
        "refusal": str(refusal) if refusal else "",
        "seen": case.last_sequence,
        "case_url": reverse("desk:case", args=[case.reference]),
        "act_url": act_url,
        **draft_context(
            form,
            case.entity.timezone,
            act_url=act_url,
            draft_url=reverse("desk:draft", args=[case.reference, name]) if keeps else "",
            drop_url=lambda draft: reverse("desk:draft_drop", args=[case.reference, draft]),
        ),
    }


def act_url_of(known: Act, situation: Situation) -> str:
    """The page of an act as it stands before somebody."""
    names = [situation.case.reference, known.noun]
    if situation.item is None:
        return reverse("desk:act", args=names)
    return reverse("desk:act_on", args=[*names, situation.item])


@require_POST
@staff_page(Permission.SEE_CASES)
def draft(request: StaffRequest, reference: str, name: str) -> HttpResponse:
    """Keep what is typed in one form of one case, for its author alone."""
    case = case_for(request.viewer, reference)
    noun, _dash, _item = name.rpartition("-")
    if name not in ACTS and noun not in ACTS:
        raise Http404
    at = now()
    situation = Situation(case=case, viewer=request.viewer, at=at)
    place = read_place(request.POST.get(PLACE, ""))
    has_others = save_draft(
        case, form=name[:40], fields=typed_in(request), by=situation.by, at=at, place=place
    )
    note_writing(request.viewer, case, form=name, at=at)
    words = kept_words(at, case.entity.timezone, has_others=has_others)
    if getattr(request, "htmx", False):
        return part(request, "desk/_draft.html", {"draft_words": words})
    messages.success(request, words)
    return redirect("desk:case", reference=case.reference)


@require_POST
@staff_page(Permission.SEE_CASES)
def draft_drop(request: StaffRequest, reference: str, draft_id: int) -> HttpResponse:
    """One's own text that lies beside another is not wanted any more."""
    case = case_for(request.viewer, reference)
    if not reading.drop_draft_of(request.viewer, case, draft_id):
        raise Http404
    messages.success(request, _("The other draft is gone."))
    return redirect("desk:case", reference=case.reference)


@require_POST
@staff_page(Permission.SEE_CASES)
def preview(request: StaffRequest, reference: str) -> HttpResponse:
    """The letter as it would go with what is typed so far."""
    known = ACTS["response"]
    situation = Situation(case=case_for(request.viewer, reference), viewer=request.viewer, at=now())
    form = known.form(situation, request.POST)
    more = known.more(situation, form) if known.more else {}
    return part(request, "desk/_letter.html", more)
