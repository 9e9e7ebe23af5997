"""The chats: who waits, who sits there, and one talk with its case beside it.

With scripts a page asks for news by itself; without any it reloads.
"""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from valedor.casefile.actors import staff
from valedor.casefile.reads import note_read
from valedor.channels.chat import chat_rules, presence
from valedor.channels.chat.actions.end import end
from valedor.channels.chat.actions.say import say
from valedor.channels.chat.actions.take import let_go, take
from valedor.channels.chat.models import Chat, ChatLine
from valedor.channels.chat.transcript import words_of
from valedor.design.parts import Fact
from valedor.desk.known import articles_beside
from valedor.desk.pages import StaffRequest, page, part, staff_page
from valedor.desk.queries.chats import chat_for, going_on
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused, refuse_if
from valedor.people.permissions import Permission
from valedor.telling import spoken

PLACE = "house:chats"
_TALKS = (Permission.HANDLE, Permission.ANSWER_ENQUIRIES)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*_TALKS)
def chats(request: StaffRequest) -> HttpResponse:
    """Who waits, who talks with whom, and whether one sits there oneself."""
    at = now()
    if request.method == "POST":
        refuse_if(chat_rules.why_not_attend(request.viewer))
        if request.POST.get("do") == "leave":
            presence.leave(request.viewer)
        else:
            presence.arrive(request.viewer, at=at)
        return redirect("desk:chats")
    is_here = presence.stay(request.viewer, at=at)
    found = going_on(request.viewer)
    me = request.viewer.account_id
    context = {
        "title": _("Chats"),
        "is_here": is_here,
        "waiting": [_row(one, at) for one in found if one.taken_by_id is None],
        "mine": [_row(one, at) for one in found if one.taken_by_id == me],
        "others": [_row(one, at) for one in found if one.taken_by_id not in {None, me}],
        "there": [one.account.name for one in presence.attendants(request.viewer, at=at)],
        "news_url": reverse("desk:chats"),
        "is_reloading": "reload" in request.GET,
    }
    if request.htmx:
        return part(request, "desk/_chats.html", context)
    return page(request, "desk/chats.html", context, place=PLACE)


def _row(chat: Chat, at: datetime) -> dict[str, Any]:
    zone = chat.case.entity.timezone
    name = chat.case.complainant.name if chat.case.complainant else ""
    return {
        "url": reverse("desk:chat", args=[chat.pk]),
        "name": name or _("Somebody without a name"),
        "subject": chat.case.subject,
        "reference": chat.case.reference,
        "entity": chat.case.entity.name,
        "since": spoken.hour(chat.begun_at, zone),
        "waits": int((at - chat.begun_at).total_seconds() // 60),
        "with": chat.taken_by.name if chat.taken_by else "",
        "language": spoken.language_name(chat.language),
        "is_left": chat.person_seen_at < at - presence.STILL_THERE,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*_TALKS)
def chat(request: StaffRequest, chat_id: int) -> HttpResponse:
    """One talk: take it, answer, leave it to somebody else, end it."""
    found, at = chat_for(request.viewer, chat_id), now()
    presence.stay(request.viewer, at=at)
    typed, said = "", ""
    if request.method == "POST":
        try:
            _do(request, found, at)
        except Refused as refused:
            typed, said = request.POST.get("text", ""), str(refused.refusal)
        else:
            if request.htmx:
                response = part(request, "desk/_chat_say.html", _around(request, found))
                response["HX-Trigger"] = "said"
                return response
            return redirect("desk:chat", chat_id=found.pk)
        if request.htmx:
            context = _around(request, found) | {"typed": typed, "said": said}
            return part(request, "desk/_chat_say.html", context, status=409)
    else:
        note_read(request.viewer, found.case, "chat", at, {"chat": found.pk})
    return _page(request, found, at, typed=typed, said=said)


def _page(
    request: StaffRequest, found: Chat, at: datetime, *, typed: str = "", said: str = ""
) -> HttpResponse:
    context = {
        **_told(request, found, at),
        **_around(request, found),
        "title": _row(found, at)["name"],
        "case": found.case,
        "facts": _facts(found),
        **_known(request, found, at),
        "typed": typed,
        "said": said,
        "is_reloading": "reload" in request.GET and found.ended_at is None,
    }
    return page(request, "desk/chat.html", context, status=409 if said else 200, place=PLACE)


def _known(request: StaffRequest, chat: Chat, at: datetime) -> dict[str, Any]:
    """Articles beside the talk, where somebody looked for them without scripts."""
    found: dict[str, Any] = {"chat_id": chat.pk}
    if request.GET.get("q"):
        is_mine = chat.taken_by_id == request.viewer.account_id
        beside = articles_beside(
            chat.case,
            request.GET["q"],
            chat_id=chat.pk,
            in_form="chat_line" if is_mine else "",
            at=at,
        )
        found |= {"q": request.GET["q"], **beside}
    return found


def say_form(request: StaffRequest, chat: Chat, *, typed: str) -> HttpResponse:
    """The chat with something typed that is not said yet."""
    if request.htmx:
        return part(request, "desk/_chat_say.html", _around(request, chat) | {"typed": typed})
    return _page(request, chat, now(), typed=typed)


def _do(request: StaffRequest, chat: Chat, at: datetime) -> None:
    does, me = request.POST.get("do", "say"), request.user
    if does == "take":
        take(chat, viewer=request.viewer, by=me, at=at)
        if not presence.stay(request.viewer, at=at):
            presence.arrive(request.viewer, at=at)
    elif does == "let_go":
        let_go(chat, by=me, at=at)
    elif does == "end":
        end(chat, ending=Chat.Ending.HOUSE, by=staff(me), at=at)
        messages.success(request, _("The chat is a message of the case now, word for word."))
    else:
        say(chat, text=request.POST.get("text", ""), by=staff(me), at=at)


@require_safe
@staff_page(*_TALKS)
def lines(request: StaffRequest, chat_id: int) -> HttpResponse:
    """What is new since a line, for a page that asks; nothing (204) where nothing is."""
    found, at = chat_for(request.viewer, chat_id), now()
    presence.stay(request.viewer, at=at)
    told = _told(request, found, at, after=request.GET.get("after", ""))
    if not told["lines"] and request.GET.get("state") == told["state"]:
        return HttpResponse(status=204)
    return part(request, "desk/_chat_news.html", {**told, **_around(request, found)})


def _told(request: StaffRequest, chat: Chat, at: datetime, *, after: str = "") -> dict[str, Any]:
    """The lines after one of them, and how the chat stands."""
    found = chat.lines.select_related("by").order_by("pk")
    if after.isdecimal():
        found = found.filter(pk__gt=int(after[:19]))
    shown = [_line(one, chat, request.viewer.account_id) for one in found]
    state, stands = _stands(chat, request.viewer.account_id, at)
    last = shown[-1]["pk"] if shown else after or 0
    return {"lines": shown, "last": last, "state": state, "stands": stands}


def _line(line: ChatLine, chat: Chat, me: int) -> dict[str, Any]:
    person = chat.case.complainant.name if chat.case.complainant else ""
    author = line.by.name if line.by else person or _("The person")
    is_house = line.author == ChatLine.Author.HOUSE
    return {
        "pk": line.pk,
        "side": "event" if line.notice else "ours" if is_house else "theirs",
        "author": "" if line.notice else author,
        "initials": spoken.initials(author),
        "when": spoken.hour(line.at, chat.case.entity.timezone),
        "at": line.at.isoformat(),
        "text": words_of(line),
    }


def _stands(chat: Chat, me: int, at: datetime) -> tuple[str, str]:
    if chat.ended_at is not None:
        return "ended", _("This chat has ended.")
    if chat.person_seen_at < at - presence.STILL_THERE:
        return "left", _("The person's page is closed: they may have left.")
    if chat.taken_by is None:
        return "waits", _("They wait for somebody.")
    if chat.taken_by_id != me:
        return "others", _("%(name)s talks with them.") % {"name": chat.taken_by.name}
    return "mine", pgettext("chat", "You talk with them.")


def _around(request: StaffRequest, chat: Chat) -> dict[str, Any]:
    return {
        "chat_url": reverse("desk:chat", args=[chat.pk]),
        "lines_url": reverse("desk:chat_lines", args=[chat.pk]),
        "case_url": reverse("desk:case", args=[chat.case.reference]),
        "is_mine": chat.taken_by_id == request.viewer.account_id,
        "is_over": chat.ended_at is not None,
        "longest": chat_rules.LONGEST_LINE,
    }


def _facts(chat: Chat) -> list[Fact]:
    case = chat.case
    told = [
        (_("Reference"), case.reference),
        (pgettext("of a contact", "Kind"), str(case.get_kind_display())),
        (pgettext("of a case", "Subject"), case.subject),
        (_("Language"), spoken.language_name(chat.language)),
        (_("Entity"), case.entity.name),
    ]
    return [Fact(name=name, value=value) for name, value in told if value]
