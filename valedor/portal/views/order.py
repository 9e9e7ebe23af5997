"""Order something on the portal, and cancel it on the page of the case.

What is sent is kept raw before anything reads it.
"""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from valedor.casefile.models import Case, RawMessage
from valedor.channels.web_form import held as holding
from valedor.channels.web_form import inbound
from valedor.channels.web_form.left_over import mark
from valedor.channels.web_form.multipart import Unreadable
from valedor.channels.web_form.ordering import OrderForm, submission_of
from valedor.channels.web_form.reading import Post, read_post
from valedor.channels.web_form.tokens import FormToken, new_token, read_token
from valedor.foundation import rows
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.intake import attempts
from valedor.intake.models import Attempt
from valedor.orders.actions.cancel import cancel
from valedor.orders.actions.place import place_order
from valedor.orders.models import Product
from valedor.orders.queries import product_of, products_of
from valedor.portal import admission, ordered, places, receipts
from valedor.portal.forms import WithdrawForm
from valedor.portal.inside import Inside, inside
from valedor.portal.posts import Posted
from valedor.portal.views.asking import ask_once_more
from valedor.procedures.house_rules import HouseRules
from valedor.telling import spoken


@login_not_required
@require_safe
def products(request: HttpRequest, entity_key: str) -> HttpResponse:
    """What can be ordered."""
    house = places.house_of(request, entity_key)
    context = {"products": [ordered.told_of(one) for one in products_of(house)]}
    return places.page(request, "order.html", house, context)


# Nobody is signed in here, and the body is kept before anything reads it (portal.views.complain).
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def product(request: HttpRequest, entity_key: str, product_key: str) -> HttpResponse:
    """What is asked for it, and who it is for."""
    house = places.house_of(request, entity_key)
    found = product_of(house, product_key)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _order(request, house, found)
    return _form_page(request, house, found, OrderForm(found))


def _order(request: HttpRequest, house: HouseRules, found: Product) -> HttpResponse:
    at, language, notice = now(), spoken.language(), house.privacy_notice
    told = {"language": language, "privacy_notice": notice.pk if notice else None, "order": True}
    try:
        kept = inbound.keep(request, house.entity.pk, at=at, told=told)
    except OSError:
        return places.page(request, "failed.html", house, status=503)
    try:
        post = read_post(kept.arrived.content, kept.arrived.media_type, kept.arrived.cuts)
    except Unreadable:
        mark(kept.raw_id, house.entity.pk, RawMessage.State.HELD, "unreadable")
        return _form_page(request, house, found, OrderForm(found), status=422)
    token, form = read_token(post.text("token")), OrderForm(found, post.fields)
    is_sent = post.text("step") == "send" and token is not None
    if is_sent and token is not None:
        already = receipts.sent_before(house.entity.pk, token.secret)
        if already is not None:
            return _receipt(house, already, token, at)
    if not is_sent or token is None or not form.is_valid():
        token = holding.hold(house.entity.pk, post, kept.raw_id, token or new_token(), at=at)
        return _back(request, house, found, form, post, token=token)
    held = holding.held_of(house.entity.pk, token, at=at)
    submission = submission_of(
        form,
        house,
        channel=Case.Channel.WEB_FORM,
        language=language,
        received_at=at,
        is_marked_abuse=kept.is_past_rate,
        privacy_notice_id=notice.pk if notice else None,
        raw_id=kept.raw_id,
        token=token.secret,
    )

    def also(case: Case) -> list[rows.Statement]:
        noted = attempts.noting(Attempt.What.SUBMISSION, kept.address, at=at)
        return [noted, *(holding.becoming(held, case.pk) if held else [])]

    try:
        done = place_order(
            submission,
            product=found,
            answers=form.answers,
            address=form.address_given,
            at=at,
            also=also,
        )
        case = done.registration.case
    except IntegrityError:
        before = receipts.sent_before(house.entity.pk, token.secret)
        if before is None:
            raise
        case = before
    except Refused as refused:
        form.add_error(None, str(refused.refusal))
        token = holding.hold(house.entity.pk, post, kept.raw_id, token, at=at)
        return _back(request, house, found, form, post, token=token, status=409)
    return _receipt(house, case, token, at)


def _receipt(house: HouseRules, case: Case, token: FormToken, at: datetime) -> HttpResponse:
    key = house.entity.key
    response = redirect("portal:received", entity_key=key, reference=case.reference)
    receipts.remember(response, key, case, token.secret)
    admission.let_in(response, case, via="receipt", at=at)
    return response


def _back(
    request: HttpRequest,
    house: HouseRules,
    found: Product,
    form: OrderForm,
    post: Post,
    *,
    token: FormToken,
    status: int = 422,
) -> HttpResponse:
    """The form with what was typed; in another language it is not judged yet."""
    if post.text("step") != "send":
        typed = {name: post.text(name) for name in post.fields}
        form, status = OrderForm(found, initial=typed), 200
    return _form_page(request, house, found, form, token=token, status=status)


def _form_page(
    request: HttpRequest,
    house: HouseRules,
    found: Product,
    form: OrderForm,
    *,
    token: FormToken | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "product": ordered.told_of(found),
        "form": form,
        "token": str(token or new_token()),
        "language_form": "order",
        "language_step": "choose",
    }
    return places.page(request, "order_form.html", house, context, status=status)


# ------------------------------------------------------------------ on the page of the case
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
def order_cancel(place: Inside) -> HttpResponse:
    """Cancel what was ordered. It is asked once more before it is done."""

    def do(posted: Posted) -> None:
        cancel(place.case, by=place.by, at=place.at, reason=posted.text)

    return ask_once_more(
        place,
        do,
        title=_("Cancel the order"),
        words=_("You can order it again whenever you like."),
        action=_("Cancel the order"),
        refusal=ordered.why_not_change(place),
        done=_("Your order is cancelled."),
        is_danger=True,
        form=WithdrawForm(initial={"text": place.posted.text if place.posted else ""}),
    )
