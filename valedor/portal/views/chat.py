"""Talk on the portal, without an account: the first words, the talk, and how it ends.

With scripts the page asks for news by itself; without any it reloads. Every line is kept raw before
it is read, like whatever else is posted on a case.
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from valedor.casefile.models import Case, RawMessage
from valedor.channels.chat import presence
from valedor.channels.chat.actions.begin import begin
from valedor.channels.chat.actions.end import end
from valedor.channels.chat.actions.say import say
from valedor.channels.chat.chat_rules import LONGEST_LINE, why_not_begin
from valedor.channels.chat.models import Chat, ChatDesk
from valedor.channels.chat.starting import StartForm, start
from valedor.channels.web_form import held as holding
from valedor.channels.web_form import inbound
from valedor.channels.web_form.left_over import mark
from valedor.channels.web_form.multipart import Unreadable
from valedor.channels.web_form.reading import Post, read_post
from valedor.channels.web_form.registering import Origin
from valedor.channels.web_form.tokens import FormToken, new_token, read_token
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused, refuse_if
from valedor.handling.actions.receive_message import receive_message
from valedor.portal import admission, places, queries, receipts, talking, told
from valedor.portal import known as helping
from valedor.portal.access import SentBefore
from valedor.portal.inside import Inside, inside, page_of_case
from valedor.portal.posts import not_ours, token_for
from valedor.procedures.house_rules import HouseRules
from valedor.telling import spoken


# ------------------------------------------------------------------ the first words
# Nobody is signed in here, and the body is kept before anything reads it (portal.views.complain).
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def chat_start(request: HttpRequest, entity_key: str) -> HttpResponse:
    """Whether somebody is there, the first words, and other ways where nobody is."""
    house = places.house_of(request, entity_key)
    desk = presence.desk_of(house)
    if desk is None:
        raise Http404
    if request.method == "POST":
        return _start(request, house, desk)
    return _start_page(request, house, desk, StartForm(initial={"kind": desk.kind}))


def _start(request: HttpRequest, house: HouseRules, desk: ChatDesk) -> HttpResponse:
    at, language, notice = now(), spoken.language(), house.privacy_notice
    told = {"language": language, "privacy_notice": notice.pk if notice else None, "chat": True}
    try:
        kept = inbound.keep(request, house.entity.pk, at=at, told=told)
    except OSError:
        return places.page(request, "failed.html", house, status=503)
    try:
        post = read_post(kept.arrived.content, kept.arrived.media_type, kept.arrived.cuts)
    except Unreadable:
        mark(kept.raw_id, house.entity.pk, RawMessage.State.HELD, "unreadable")
        return _start_page(request, house, desk, StartForm(), status=422)
    token, form = read_token(post.text("token")), StartForm(post.fields)
    if post.text("step") != "send" or token is None or not form.is_valid():
        token = holding.hold(house.entity.pk, post, kept.raw_id, token or new_token(), at=at)
        is_sent = post.text("step") == "send"
        shown = form if is_sent else StartForm(initial=_typed(post))
        status = 422 if is_sent else 200
        looked_for = post.text("text") if post.text("step") == "look" else None
        return _start_page(
            request, house, desk, shown, token=token, looked_for=looked_for, status=status
        )
    origin = Origin(
        raw_id=kept.raw_id,
        address=kept.address,
        language=language,
        privacy_notice_id=notice.pk if notice else None,
        received_at=at,
        is_past_rate=kept.is_past_rate,
    )
    held = holding.held_of(house.entity.pk, token, at=at)
    case = start(form, desk, token, origin, held=held, at=at).case
    response = redirect("portal:chat", entity_key=entity_key_of(house), reference=case.reference)
    receipts.remember(response, entity_key_of(house), case, token.secret)
    admission.let_in(response, case, via="receipt", at=at)
    return response


def entity_key_of(house: HouseRules) -> str:
    """The key of the entity that a page is of."""
    return str(house.entity.key)


def _typed(post: Post) -> dict[str, str]:
    return {name: post.text(name) for name in post.fields}


def _start_page(
    request: HttpRequest,
    house: HouseRules,
    desk: ChatDesk,
    form: StartForm,
    *,
    token: FormToken | None = None,
    looked_for: str | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "notices": told.before_writing(house, at=now()),
        "form": form,
        "token": str(token or new_token()),
        "is_attended": presence.is_attended(house.entity.pk, at=now()),
        "opening_hours": str(house.entity.opening_hours or ""),
        **helping.beside(house, looked_for or "", looked_for is not None, now()),
        "language_form": "chat",
        "language_step": "choose",
    }
    return places.page(request, "chat_start.html", house, context, status=status)


# ------------------------------------------------------------------ the talk
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
def chat(place: Inside) -> HttpResponse:
    """What was said so far; a line more. The first line about a case begins a chat about it."""
    found = before = queries.chat_of(place.case)
    posted = place.posted
    if posted is None or posted.is_step:
        if found is None and not talking.may_begin(place):
            return redirect(page_of_case(place))
        return _page(place, found)
    trouble, status = posted.trouble(), 422
    if not trouble:
        status = 409
        try:
            posted.join(place.case)
            found = _said(place, found, posted.text)
        except Refused as refused:
            trouble = str(refused.refusal)
        except SentBefore:  # The same form twice is said once; other words are asked for again.
            if queries.was_said(found, posted.text):
                return redirect(_address(place))
            trouble = not_ours()
    if trouble:
        return _page(place, found, typed=posted.text, trouble=trouble, status=status)
    if found is None or found.ended_at is not None:  # It stands on the page of the case.
        return _to(place, page_of_case(place))
    if found == before and getattr(place.request, "htmx", False):
        return _composer(place)
    return _to(place, _address(place))


def _to(place: Inside, address: str) -> HttpResponse:
    if not getattr(place.request, "htmx", False):
        return redirect(address)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = address
    return response


def _said(place: Inside, chat: Chat | None, text: str) -> Chat | None:
    """Say it: in the chat that goes on, or in a new one. What comes when a chat has just ended and
    nobody is there any more is a message of the case. Raises ``Refused``.
    """
    if chat is not None and chat.ended_at is None:
        try:
            say(chat, text=text, by=place.by, at=place.at)
        except Refused as refused:
            if refused.refusal.code != "chat_ended":
                raise
        else:
            return chat
    if chat is None or talking.may_begin(place):
        refuse_if(why_not_begin(is_attended=talking.may_begin(place)))
        return begin(place.case, text=text, language=spoken.language(), at=place.at)
    receive_message(place.case, text=text, channel=Case.Channel.CHAT, by=place.by, at=place.at)
    return chat


@require_safe
@inside
def chat_lines(place: Inside) -> HttpResponse:
    """What is new since a line, for a page that asks; nothing (204) where nothing is."""
    found = queries.chat_of(place.case)
    if found is None:
        raise Http404
    presence.still_reads(found, at=place.at)
    told = talking.told(place, found, after=place.request.GET.get("after", ""))
    if not told["lines"] and place.request.GET.get("state") == told["state"]:
        return HttpResponse(status=204)
    return places.page(place.request, "_chat_news.html", place.house, {**told, **_around(place)})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
def chat_end(place: Inside) -> HttpResponse:
    """Say that one has no more to say."""
    found, posted = queries.chat_of(place.case), place.posted
    if found is None or posted is None or not posted.is_ours:
        return redirect(_address(place))
    posted.join(place.case)
    if found.ended_at is None:
        end(found, ending=Chat.Ending.PERSON, by=None, at=place.at)
    return redirect(_address(place))


def _address(place: Inside) -> str:
    return reverse("portal:chat", args=place.links)


def _around(place: Inside) -> dict[str, Any]:
    return {
        "case": place.case,
        "case_url": page_of_case(place),
        "chat_url": _address(place),
        "lines_url": reverse("portal:chat_lines", args=place.links),
        "end_url": reverse("portal:chat_end", args=place.links),
        "token": token_for(place.case),
        "end_token": token_for(place.case),
        "longest": LONGEST_LINE,
    }


def _page(
    place: Inside,
    found: Chat | None,
    *,
    typed: str = "",
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    remembered = receipts.remembered(place.request, place.house.entity.key, place.case.reference)
    context = {
        **talking.told(place, found),
        **_around(place),
        "access_code": remembered.access_code if remembered else "",
        "typed": typed,
        "is_first": found is None or (found.ended_at is not None and talking.may_begin(place)),
        "trouble": trouble,
        "is_reloading": "reload" in place.request.GET and not (found and found.ended_at),
        "language_form": "chat_say",
    }
    is_part = trouble and getattr(place.request, "htmx", False)
    template = "_chat_say.html" if is_part else "chat.html"
    return places.page(place.request, template, place.house, context, status=status)


def _composer(place: Inside) -> HttpResponse:
    response = places.page(place.request, "_chat_say.html", place.house, _around(place))
    response["HX-Trigger"] = "said"
    return response
