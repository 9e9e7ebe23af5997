"""Every act on a case: GET shows what it asks, POST does it or says why not, in place."""

from collections.abc import Mapping, Sequence
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
from valedor.casefile.models import Case
from valedor.desk import telling
from valedor.desk.pages import StaffRequest, page, part, staff_page
from valedor.desk.queries import case as reading
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refusal, Refused
from valedor.handling.actions.save_draft import save_draft
from valedor.handling.draft_place import new_place, read_place
from valedor.handling.models import Draft
from valedor.handling.presence import note_done, note_writing
from valedor.people.permissions import Permission
from valedor.people.unsent import AGAIN
from valedor.telling import spoken

SEEN = "seen"
PLACE = "draft_place"
_NOT_TYPED = {"csrfmiddlewaretoken", SEEN, PLACE, "preview", "draft", AGAIN}
LONGEST_DRAFT = 100_000
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


def fresh_form(
    known: Act, situation: Situation, drafts: Mapping[str, Sequence[Draft]], *, wanted: str = ""
) -> ActForm:
    """A form as somebody finds it: with their newest draft or the one ``wanted``, else with what
    the case says. What they wrote in another window lies beside it.
    """
    initial = dict(known.initial(situation)) if known.initial else {}
    kept = drafts.get(known.draft_name(situation.item), ()) if known.keeps_draft else ()
    draft = next((one for one in kept if str(one.pk) == wanted), kept[0] if kept else None)
    form = known.form(situation, initial=initial)
    if draft is not None:
        form.initial.update(
            {name: text for name, text in draft.content.items() if name in form.fields}
        )
        form.saved_at = draft.saved_at  # type: ignore[attr-defined]
        form.place = new_place(draft.pk, draft.version)  # type: ignore[attr-defined]
        form.beside = [one for one in kept if one is not draft]  # type: ignore[attr-defined]
    return form


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
        words = do(known, situation, form, typed=_typed(request), place=place)
    except Refused as refused:
        # What the action says depends on what was typed: the button stays, to try again.
        return _page(request, known, situation, form, said=str(refused.refusal), status=409)
    note_done(request.viewer, situation.case)
    return _done(request, situation, words)


def _typed(request: StaffRequest) -> dict[str, str]:
    """The fields of a form as a draft holds them."""
    return {
        key: str(request.POST[key])[:LONGEST_DRAFT].replace("\0", "")
        for key in request.POST
        if key not in _NOT_TYPED and len(key) <= 60
    }


def _done(request: StaffRequest, situation: Situation, words: str) -> HttpResponse:
    if situation.code:
        return page(
            request,
            "desk/code.html",
            {
                "title": _("The new access code"),
                "code": situation.code,
                "reference": situation.case.reference,
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
    case = situation.case
    beside = getattr(form, "beside", [])
    draft = known.draft_name(situation.item)
    saved_at = getattr(form, "saved_at", None)
    return {
        "act": known,
        "form": form,
        "case": case,
        "refusal": str(refusal) if refusal else "",
        "seen": case.last_sequence,
        "case_url": reverse("desk:case", args=[case.reference]),
        "act_url": act_url_of(known, situation),
        "draft_url": reverse("desk:draft", args=[case.reference, draft])
        if known.keeps_draft and refusal is None
        else "",
        "draft_words": draft_words(saved_at, case.entity.timezone) if saved_at else "",
        "draft_place": form.data.get(PLACE) or getattr(form, "place", None) or new_place(),
        "beside": [_beside(act_url_of(known, situation), one, case) for one in beside],
    }


def act_url_of(known: Act, situation: Situation) -> str:
    """The page of an act as it stands before somebody."""
    names = [situation.case.reference, known.noun]
    if situation.item is None:
        return reverse("desk:act", args=names)
    return reverse("desk:act_on", args=[*names, situation.item])


def _beside(url: str, draft: Draft, case: Case) -> dict[str, str]:
    """Another text of theirs, whole, with the two ways out."""
    return {
        "words": _("Written in another window, saved at %(hour)s")
        % {"hour": spoken.hour(draft.saved_at, case.entity.timezone)},
        "text": "\n\n".join(str(one) for one in draft.content.values() if str(one).strip()),
        "use_url": f"{url}?draft={draft.pk}",
        "drop_url": reverse("desk:draft_drop", args=[case.reference, draft.pk]),
    }


def draft_words(saved_at: Any, zone: str) -> str:
    """That what is typed is kept, and since when."""
    return _("Draft saved at %(hour)s, not sent") % {"hour": spoken.hour(saved_at, zone)}


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
        case, form=name[:40], fields=_typed(request), by=situation.by, at=at, place=place
    )
    note_writing(request.viewer, case, form=name, at=at)
    words = draft_words(at, case.entity.timezone)
    if has_others:
        words += ". " + _("What you wrote in another window is kept beside it: reload to see it.")
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
