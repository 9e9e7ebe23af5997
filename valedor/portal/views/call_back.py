"""To be called: asked for without a case, which the request becomes, or on the page of one."""

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from valedor.casefile.models import RawMessage
from valedor.channels.telephone import asking
from valedor.channels.telephone.actions.promise_call import cancel_call, promise_call
from valedor.channels.telephone.call_back_rules import MOST_ATTEMPTS
from valedor.channels.telephone.call_me import ask_for_call
from valedor.channels.telephone.models import Line
from valedor.channels.telephone.numbers import spoken as number_spoken
from valedor.channels.web_form import held as holding
from valedor.channels.web_form import inbound
from valedor.channels.web_form.left_over import mark
from valedor.channels.web_form.multipart import Unreadable
from valedor.channels.web_form.reading import Post, read_post
from valedor.channels.web_form.registering import Origin
from valedor.channels.web_form.tokens import FormToken, new_token, read_token
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.portal import admission, places, receipts
from valedor.portal.inside import Inside, inside, page_of_case
from valedor.portal.posts import Posted, token_for
from valedor.procedures.house_rules import HouseRules
from valedor.telling import spoken


# ------------------------------------------------------------------ without a case
# Nobody is signed in here, and the body is kept before anything reads it (portal.views.complain).
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_me(request: HttpRequest, entity_key: str) -> HttpResponse:
    """Ask to be called about something new."""
    house, at = places.house_of(request, entity_key), now()
    line = asking.line_of_house(house)
    if line is None:
        raise Http404
    if request.method == "POST":
        return _asked(request, house, line)
    form = asking.CallMeForm(asking.hours_offered(line, house, at=at))
    return _start_page(request, house, form)


def _asked(request: HttpRequest, house: HouseRules, line: Line) -> HttpResponse:
    at, language, notice = now(), spoken.language(), house.privacy_notice
    told = {"language": language, "privacy_notice": notice.pk if notice else None}
    try:
        kept = inbound.keep(request, house.entity.pk, at=at, told=told)
    except OSError:
        return places.page(request, "failed.html", house, status=503)
    hours = asking.hours_offered(line, house, at=at)
    try:
        post = read_post(kept.arrived.content, kept.arrived.media_type, kept.arrived.cuts)
    except Unreadable:
        mark(kept.raw_id, house.entity.pk, RawMessage.State.HELD, "unreadable")
        return _start_page(request, house, asking.CallMeForm(hours), status=422)
    token, form = read_token(post.text("token")), asking.CallMeForm(hours, post.fields)
    is_sent, refusal = post.text("step") == "send", ""
    if is_sent and token is not None and form.is_valid():
        origin = Origin(
            raw_id=kept.raw_id,
            address=kept.address,
            language=language,
            privacy_notice_id=notice.pk if notice else None,
            received_at=at,
            is_past_rate=kept.is_past_rate,
        )
        held = holding.held_of(house.entity.pk, token, at=at)
        try:
            case = ask_for_call(form, line, token, origin, held=held, at=at)
        except Refused as refused:
            refusal = str(refused.refusal)
        else:
            address = reverse("portal:call_back", args=[house.entity.key, case.reference])
            response = redirect(address)
            receipts.remember(response, house.entity.key, case, token.secret)
            admission.let_in(response, case, via="receipt", at=at)
            return response
    token = holding.hold(house.entity.pk, post, kept.raw_id, token or new_token(), at=at)
    shown = form if is_sent else asking.CallMeForm(hours, initial=_typed(post))
    status = 409 if refusal else 422 if is_sent else 200
    return _start_page(request, house, shown, token=token, refusal=refusal, status=status)


def _typed(post: Post) -> dict[str, str]:
    return {name: post.text(name) for name in post.fields}


def _start_page(
    request: HttpRequest,
    house: HouseRules,
    form: asking.CallMeForm,
    *,
    token: FormToken | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "token": str(token or new_token()),
        "refusal": refusal,
        "language_form": "call_me",
        "language_step": "choose",
    }
    return places.page(request, "call_me.html", house, context, status=status)


# ------------------------------------------------------------------ about a case
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
def call_back(place: Inside) -> HttpResponse:
    """The call that is promised, to be cancelled; else the hours at which one can be had."""
    promised = asking.promised_of(place.case.pk)
    line = asking.line_for(place.house.entity, place.case.team_id)
    if line is None and promised is None:
        raise Http404
    hours = asking.hours_offered(line, place.house, at=place.at)
    posted = place.posted
    if posted is None or posted.is_step:
        typed = {name: posted.post.text(name) for name in ("number", "when")} if posted else {}
        return _page(place, asking.AskForm(hours, initial=typed))
    if trouble := posted.trouble():
        form = asking.AskForm(hours, initial={"number": posted.post.text("number")})
        return _page(place, form, trouble=trouble, status=422)
    form = asking.AskForm(hours, posted.post.fields)
    try:
        if posted.post.text("do") == "cancel":
            if promised is not None:
                cancel_call(place.case, call_back=promised, by=place.by, at=place.at)
                notices.success(place.request, _("The call is cancelled. Nobody calls you."))
            return _done(place, posted)
        if not form.is_valid():
            return _page(place, form, status=422)
        promise_call(
            place.case,
            line=line,
            number=form.cleaned_data["number"],
            wished_at=form.wished_at,
            by=place.by,
            at=place.at,
        )
    except Refused as refused:
        return _page(place, form, trouble=str(refused.refusal), status=409)
    return _done(place, posted)


def _done(place: Inside, posted: Posted) -> HttpResponse:
    posted.join(place.case)
    return redirect(reverse("portal:call_back", args=place.links))


def _page(
    place: Inside, form: asking.AskForm, *, trouble: str = "", status: int = 200
) -> HttpResponse:
    promised = asking.promised_of(place.case.pk)
    remembered = receipts.remembered(place.request, place.house.entity.key, place.case.reference)
    zone = place.house.entity.timezone
    context = {
        "case": place.case,
        "form": form,
        "trouble": trouble,
        "number": number_spoken(promised.number) if promised else "",
        "begins": spoken.moment(promised.from_at, zone) if promised else "",
        "ends": spoken.hour(promised.due_at, zone) if promised else "",
        "attempts": MOST_ATTEMPTS,
        "access_code": remembered.access_code if remembered else "",
        "token": token_for(place.case),
        "address": reverse("portal:call_back", args=place.links),
        "back_url": page_of_case(place),
        "language_form": "call_back",
    }
    return places.page(place.request, "call_back.html", place.house, context, status=status)
