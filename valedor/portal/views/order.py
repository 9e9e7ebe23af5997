"""Order something on the portal, and cancel it on the page of the case.

What is sent is kept raw before anything reads it.
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from valedor.casefile.models import Case
from valedor.channels.web_form.multipart import Unreadable
from valedor.channels.web_form.ordering import OrderForm, submission_of
from valedor.channels.web_form.tokens import FormToken, new_token
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.orders.actions.cancel import cancel
from valedor.orders.actions.place import place_order
from valedor.orders.models import Product
from valedor.orders.queries import product_of, products_of
from valedor.portal import ordered, places
from valedor.portal.forms import WithdrawForm
from valedor.portal.inside import Inside, inside
from valedor.portal.posts import Posted
from valedor.portal.views.asking import ask_once_more
from valedor.portal.views.registering import Also, keep_and_read
from valedor.procedures.house_rules import HouseRules


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
    try:
        sent = keep_and_read(request, house, "order", at=now())
    except OSError:
        return places.page(request, "failed.html", house, status=503)
    except Unreadable:
        return _form_page(request, house, found, OrderForm(found), status=422)
    if (already := sent.already()) is not None:
        return sent.receipt(already)
    if not sent.is_meant:  # In another language, say: it is not judged yet.
        form = OrderForm(found, initial=sent.typed)
        return _form_page(request, house, found, form, token=sent.hold())
    form = OrderForm(found, sent.post.fields)
    if sent.token is None or not form.is_valid():
        return _form_page(request, house, found, form, token=sent.hold(), status=422)

    def register(origin: dict[str, Any], also: Also) -> Case:
        done = place_order(
            submission_of(form, house, channel=Case.Channel.WEB_FORM, **origin),
            product=found,
            answers=form.answers,
            address=form.address_given,
            at=sent.at,
            also=also,
        )
        return done.registration.case

    try:
        return sent.receipt(sent.registered(sent.token, register))
    except Refused as refused:
        form.add_error(None, str(refused.refusal))
        return _form_page(request, house, found, form, token=sent.hold(), status=409)


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
