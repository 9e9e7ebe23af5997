"""The author of a public message is asked whether it may be brought in, and may take it back."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from valedor.casefile.models import Case, RawMessage
from valedor.channels.models import PublicMessage
from valedor.channels.social import words
from valedor.channels.social.actions.answer import agree, decline
from valedor.channels.social.actions.withdraw import brought_in, withdraw_consent
from valedor.channels.social.asking import ConsentForm
from valedor.channels.social.links import message_of
from valedor.channels.social.social_rules import why_not_answer, why_not_withdraw
from valedor.channels.web_form import inbound
from valedor.channels.web_form.left_over import mark
from valedor.channels.web_form.multipart import Unreadable
from valedor.channels.web_form.reading import Post, read_post
from valedor.channels.web_form.registering import Origin
from valedor.channels.web_form.tokens import new_token, read_token
from valedor.design.parts import Fact
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.intake.submission import PersonGiven
from valedor.portal import admission, places, receipts
from valedor.portal.inside import Inside, inside
from valedor.portal.posts import Posted
from valedor.portal.views.asking import ask_once_more
from valedor.procedures.house_rules import HouseRules
from valedor.telling import spoken


# Nobody is signed in here, and the body is kept before anything reads it (portal.views.complain).
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def public_message(request: HttpRequest, entity_key: str, signed: str) -> HttpResponse:
    """What would be brought in, and the question."""
    house = places.house_of(request, entity_key)
    message = message_of(signed, house.entity.pk)
    if message is None:
        raise Http404
    if request.method != "POST":
        return _page(request, house, message, signed, ConsentForm())
    return _answered(request, house, message, signed)


def _answered(
    request: HttpRequest, house: HouseRules, message: PublicMessage, signed: str
) -> HttpResponse:
    at, notice = now(), house.privacy_notice
    told = {"language": spoken.language(), "privacy_notice": notice.pk if notice else None}
    try:
        kept = inbound.keep(request, house.entity.pk, at=at, told=told, channel=Case.Channel.SOCIAL)
    except OSError:
        return places.page(request, "failed.html", house, status=503)
    try:
        post = read_post(kept.arrived.content, kept.arrived.media_type, kept.arrived.cuts)
    except Unreadable:
        mark(kept.raw_id, house.entity.pk, RawMessage.State.HELD, "unreadable")
        return _page(request, house, message, signed, ConsentForm(), status=422)
    token, does = read_token(post.text("token")), post.text("do")
    if token is None or does not in {"agree", "decline", "own_words"}:
        mark(kept.raw_id, house.entity.pk, RawMessage.State.SET_ASIDE, "consent not given")
        return _page(request, house, message, signed, ConsentForm(initial=_typed(post)))
    try:
        if does != "agree":
            decline(message, own_words=does == "own_words", at=at)
            mark(kept.raw_id, house.entity.pk, RawMessage.State.SET_ASIDE, "consent not given")
            if does == "own_words":
                return redirect("portal:complain", entity_key=house.entity.key)
            return redirect(request.path)
        form = ConsentForm(post.fields)
        if not form.is_valid():
            mark(kept.raw_id, house.entity.pk, RawMessage.State.SET_ASIDE, "consent not given")
            return _page(request, house, message, signed, form, status=422)
        given = form.cleaned_data
        case = agree(
            message,
            person=PersonGiven(
                name=given["name"] or message.author,
                email=given["email"],
                telephone=given["telephone"],
            ),
            origin=Origin(
                raw_id=kept.raw_id,
                address=kept.address,
                language=spoken.language(),
                privacy_notice_id=notice.pk if notice else None,
                received_at=at,
                is_past_rate=kept.is_past_rate,
            ),
            secret=token.secret,
            at=at,
        )
    except Refused as refused:
        mark(kept.raw_id, house.entity.pk, RawMessage.State.SET_ASIDE, "consent not given")
        return _page(request, house, message, signed, ConsentForm(), trouble=str(refused.refusal))
    if message.case_id is not None:
        # Whoever holds the link may be somebody else: nothing of the case is said here.
        return redirect(request.path)
    response = redirect("portal:received", house.entity.key, case.reference)
    receipts.remember(response, house.entity.key, case, token.secret)
    admission.let_in(response, case, via="receipt", at=at)
    return response


def _typed(post: Post) -> dict[str, str]:
    return {name: post.text(name) for name in post.fields}


def _page(
    request: HttpRequest,
    house: HouseRules,
    message: PublicMessage,
    signed: str,
    form: ConsentForm,
    *,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    notice, zone = house.privacy_notice, house.entity.timezone
    is_open = why_not_answer(message, at=now()) is None
    written = [
        (_("Written by"), message.author),
        (_("Where"), f"{message.network}, {message.address}"),
        (_("Seen"), spoken.moment(message.seen_at, zone)),
    ]
    context = {
        "message": message,
        "is_open": is_open,
        "is_agreed": message.state == PublicMessage.State.AGREED,
        "form": form,
        "trouble": trouble,
        "facts": [Fact(name=name, value=value) for name, value in written],
        "consent": words.consent(house.entity.name),
        "notice": notice.text if notice else "",
        "token": str(new_token()),
        "address": reverse("portal:public_message", args=[house.entity.key, signed]),
        "reader_language": get_language(),
        "language_form": "public_message" if is_open else "",
    }
    response = places.page(
        request, "public_message.html", house, context, status=409 if trouble else status
    )
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
def public_withdrawal(place: Inside) -> HttpResponse:
    """Take back the consent to what was brought in. It is asked once more before it is done."""

    def do(_posted: Posted) -> None:
        withdraw_consent(place.case, by=place.by, at=place.at)

    refusal = why_not_withdraw(brought_in(place.case))
    return ask_once_more(
        place,
        do,
        title=_("Take out my public message"),
        words=_(
            "You take back your consent: the public message is removed from the case, with the "
            "name under which you wrote it. The case goes on with what you told us here."
        ),
        action=_("Take it out"),
        refusal=str(refusal) if refusal else "",
        done=_("Your public message was removed from the case."),
        is_danger=True,
    )
