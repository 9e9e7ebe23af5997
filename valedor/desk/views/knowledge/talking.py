"""Beside whoever talks or writes: guidance, articles, and an article put into the answer."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from valedor.acts import ACTS, Situation
from valedor.acts.reading.knowledge import category_key
from valedor.casefile.access import case_for
from valedor.channels.chat.chat_rules import why_not_answer
from valedor.desk.drafting import PLACE as DRAFT_PLACE
from valedor.desk.drafting import SEEN
from valedor.desk.guiding import MANNERS, remember_manner, sheets_beside
from valedor.desk.known import articles_beside, found_for
from valedor.desk.pages import StaffRequest, page, part, staff_page
from valedor.desk.queries import case as reading
from valedor.desk.queries.chats import chat_for
from valedor.desk.queries.register import entity_by_key
from valedor.desk.views.cases import composer_of
from valedor.desk.views.chats import say_form
from valedor.foundation.moments import now
from valedor.foundation.refusals import refuse_if
from valedor.handling.actions.save_draft import save_draft
from valedor.handling.draft_place import read_place
from valedor.knowledge.actions.note_impression import note_impression
from valedor.knowledge.actions.use_article import use_article
from valedor.knowledge.guidance_rules import TALKS
from valedor.knowledge.impressions import impression_of
from valedor.knowledge.models import ArticleVersion
from valedor.knowledge.queries import version_shown
from valedor.people.models import Entity
from valedor.people.permissions import Permission

from .shell import PLACE


# ------------------------------------------------------------------ before there is a case
# How somebody comes across is kept with the session until the contact is registered: the posts of
# the form are kept raw, and what was noticed must not be in them.
@require_POST
@staff_page(Permission.REGISTER)
def beside(request: StaffRequest) -> HttpResponse:
    """Guidance for what has been chosen on a form so far."""
    entity, asked = _entity(request), request.POST
    remember_manner(request.session, asked.get("token", ""), asked.get("manner", ""))
    context = {
        "sheets": sheets_beside(
            entity,
            manner=asked.get("manner", ""),
            speech="telephone",
            kind=asked.get("kind", ""),
            category=_category(entity, asked.get("category", "")),
        )
    }
    return part(request, "desk/knowledge/_sheets.html", context)


# Words about somebody stay out of addresses and logs: they come in the body.
@require_POST
@staff_page(*TALKS)
def look(request: StaffRequest) -> HttpResponse:
    """Articles for words that are sought, or for what is being written. Nothing of it is kept."""
    reference, at = request.POST.get("case", ""), now()
    typed = request.POST.get("q", "")
    if reference:
        case = case_for(request.viewer, reference)
        context = articles_beside(case, typed, chat_id=_number(request.POST.get("chat", "")), at=at)
    else:
        written = " ".join(request.POST.get(name, "") for name in ("subject", "narrative"))
        context = {"found": found_for(_entity(request), typed, written, at), "typed": typed}
    return part(request, "desk/knowledge/_found.html", context)


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 19 else 0


def _entity(request: StaffRequest) -> Entity:
    key = request.POST.get("entity", "") or request.GET.get("entity", "")
    entity = entity_by_key(request.viewer, key)
    if entity is None:
        raise Http404
    return entity


def _category(entity: Entity, chosen: str) -> str:
    return category_key(entity, _number(chosen)) if chosen else ""


# ------------------------------------------------------------------ of a case
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*TALKS)
def case_guidance(request: StaffRequest, reference: str) -> HttpResponse:
    """Guidance for a talk about a case, and how the person comes across, which one may note."""
    case, at = case_for(request.viewer, reference), now()
    if request.method == "POST":
        note_impression(case, request.POST.get("manner", ""), viewer=request.viewer, at=at)
        if not request.htmx:
            return redirect("desk:case_guidance", reference=case.reference)
    manner = impression_of(case, at)
    speech = "telephone" if request.GET.get("speech") == "telephone" else "writing"
    context = {
        "title": _("How to speak with them"),
        "case": case,
        "case_url": reverse("desk:case", args=[case.reference]),
        "guidance_url": reverse("desk:case_guidance", args=[case.reference]),
        "manner": manner,
        "manners": MANNERS,
        "may_note": case.closed_at is None,
        "sheets": sheets_beside(
            case.entity,
            manner=manner,
            speech=speech,
            kind=case.kind,
            category=case.category.key if case.category else "",
        ),
    }
    if request.htmx:
        return part(request, "desk/knowledge/_case_guidance.html", context)
    return page(request, "desk/knowledge/case_guidance.html", context, place=PLACE)


@require_POST
@staff_page(*TALKS)
def put_article(request: StaffRequest, reference: str, version_id: int) -> HttpResponse:
    """Put an article beneath what is typed to the person; it is kept as a draft, not sent."""
    situation = Situation(case=case_for(request.viewer, reference), viewer=request.viewer, at=now())
    refuse_if(ACTS["message"].refusal(situation))
    version = _version(situation.case.entity, version_id)
    case = situation.case
    words = use_article(case, version, language=case.language, by=situation.by, at=situation.at)
    typed = request.POST.get("text", "")
    if SEEN not in request.POST:  # It came from another page: what was typed is in the draft.
        typed = _drafted(situation)
    save_draft(
        case, form="message", fields={"text": _beneath(typed, words)}, by=situation.by,
        at=situation.at, place=read_place(request.POST.get(DRAFT_PLACE, "")),
    )  # fmt: skip
    if request.htmx:
        case.refresh_from_db()
        drafts = reading.drafts_of(situation.viewer, case)
        context: dict[str, Any] = composer_of(request, situation, drafts, wanted="message")
        return part(request, "desk/_composer.html", context)
    address = reverse("desk:case", args=[case.reference])
    return redirect(f"{address}?write=message#composer")


def _drafted(situation: Situation) -> str:
    drafts = reading.drafts_of(situation.viewer, situation.case).get("message")
    return str(drafts[0].content.get("text", "")) if drafts else ""


@require_POST
@staff_page(*TALKS)
def chat_article(request: StaffRequest, chat_id: int, version_id: int) -> HttpResponse:
    """Put an article beneath what is typed in a chat; nothing is said yet."""
    chat, at = chat_for(request.viewer, chat_id), now()
    refuse_if(why_not_answer(chat, request.user))
    version = _version(chat.case.entity, version_id)
    situation = Situation(case=chat.case, viewer=request.viewer, at=at)
    words = use_article(chat.case, version, language=chat.language, by=situation.by, at=at)
    return say_form(request, chat, typed=_beneath(request.POST.get("text", ""), words))


def _version(entity: Entity, version_id: int) -> ArticleVersion:
    version = version_shown([entity], version_id, now())
    if version is None:
        raise Http404
    return version


def _beneath(typed: str, words: str) -> str:
    typed = typed.replace("\r\n", "\n").rstrip()
    return f"{typed}\n\n{words}" if typed else words
