"""Book a time on the portal: what, when, who. And on the page of the case: another time, or none.

Each time is a link, so that everything works without scripts; what is sent is kept raw before
anything reads it.
"""

from typing import Any

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from valedor.bookings.actions.book import book
from valedor.bookings.actions.cancel import cancel
from valedor.bookings.actions.move import move
from valedor.bookings.models import Service
from valedor.bookings.queries import service_of, services_of
from valedor.casefile.models import Case
from valedor.channels.web_form.booking import BookForm, submission_of
from valedor.channels.web_form.multipart import Unreadable
from valedor.channels.web_form.tokens import FormToken, new_token
from valedor.foundation.moments import local_day, now
from valedor.foundation.refusals import Refused
from valedor.portal import booked, places
from valedor.portal.forms import WithdrawForm
from valedor.portal.inside import Inside, inside, page_of_case
from valedor.portal.posts import Posted, token_for
from valedor.portal.views.asking import ask_once_more
from valedor.portal.views.registering import Also, keep_and_read
from valedor.procedures.house_rules import HouseRules
from valedor.telling import spoken
from valedor.telling.free_times import free_times, read_day, read_time, times_of_day


@login_not_required
@require_safe
def services(request: HttpRequest, entity_key: str) -> HttpResponse:
    """What can be booked."""
    house = places.house_of(request, entity_key)
    context = {"services": [booked.told_of(one) for one in services_of(house)]}
    return places.page(request, "book.html", house, context)


# Nobody is signed in here, and the body is kept before anything reads it (portal.views.complain).
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def service(request: HttpRequest, entity_key: str, service_key: str) -> HttpResponse:
    """The times that are free; with one of them chosen, who it is for."""
    house = places.house_of(request, entity_key)
    found = service_of(house, service_key)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _book(request, house, found)
    at = now()
    chosen = read_time(request.GET.get("slot", ""))
    if chosen is None:
        since = read_day(request.GET.get("from", ""))
        context = {
            "service": booked.told_of(found),
            "times": free_times(house, found, since=since, at=at),
        }
        return places.page(request, "book_times.html", house, context)
    day = local_day(chosen, house.entity.timezone)
    times = times_of_day(house, found, day, at=at)
    form = BookForm(found, times, initial={"slot": request.GET["slot"]})
    return _form_page(request, house, found, form)


def _book(request: HttpRequest, house: HouseRules, found: Service) -> HttpResponse:
    at = now()
    try:
        sent = keep_and_read(request, house, "booking", at=at)
    except OSError:
        return places.page(request, "failed.html", house, status=503)
    except Unreadable:
        return _form_page(request, house, found, BookForm(found, ()), status=422)
    if (already := sent.already()) is not None:
        return sent.receipt(already)  # Sent twice: the time is taken, by this very form.
    chosen = read_time(sent.post.text("slot"))
    day = local_day(chosen, house.entity.timezone) if chosen else None
    times = times_of_day(house, found, day, at=at) if day else ()
    if not sent.is_meant:  # In another language, say: it is not judged yet.
        form = BookForm(found, times, initial=sent.typed)
        return _form_page(request, house, found, form, token=sent.hold())
    form = BookForm(found, times, sent.post.fields)
    if sent.token is None or not form.is_valid():
        return _form_page(request, house, found, form, token=sent.hold(), status=422)

    def register(origin: dict[str, Any], also: Also) -> Case:
        done = book(
            submission_of(form, house, channel=Case.Channel.WEB_FORM, **origin),
            service=found,
            starts_at=form.starts_at,
            address=form.address_given,
            at=at,
            also=also,
        )
        return done.registration.case

    try:
        return sent.receipt(sent.registered(sent.token, register))
    except Refused as refused:
        form.add_error("slot", str(refused.refusal))
        return _form_page(request, house, found, form, token=sent.hold(), status=409)


def _form_page(
    request: HttpRequest,
    house: HouseRules,
    found: Service,
    form: BookForm,
    *,
    token: FormToken | None = None,
    status: int = 200,
) -> HttpResponse:
    chosen = read_time(str(form["slot"].value() or ""))
    day = local_day(chosen, house.entity.timezone) if chosen else None
    context = {
        "service": booked.told_of(found),
        "form": form,
        "day": spoken.day(day, with_weekday=True) if day else "",
        "has_times": bool(form.fields["slot"].choices),  # type: ignore[attr-defined]
        "token": str(token or new_token()),
        "language_form": "book",
        "language_step": "choose",
    }
    return places.page(request, "book_form.html", house, context, status=status)


# ------------------------------------------------------------------ on the page of the case
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
def booking_move(place: Inside) -> HttpResponse:
    """Choose another time."""
    refusal, trouble, status = booked.why_not_change(place), "", 200
    posted = place.posted
    if posted is not None and not posted.is_step:
        chosen, status = read_time(posted.post.text("slot")), 422
        trouble = posted.trouble() or ("" if chosen else _("Choose a time."))
        if not trouble and not refusal and chosen is not None:
            try:
                move(place.case, starts_at=chosen, by=place.by, at=place.at)
            except Refused as refused:
                trouble, status = str(refused.refusal), 409
            else:
                posted.join(place.case)
                notices.success(place.request, _("Your booking has its new time."))
                return redirect(page_of_case(place))
        status = 409 if refusal else status
    return _move_page(place, refusal=refusal, trouble=trouble, status=status)


def _move_page(place: Inside, *, refusal: str, trouble: str, status: int) -> HttpResponse:
    since = place.request.GET.get("from", "")
    context: dict[str, Any] = {
        "case": place.case,
        "booking": booked.booking_told(place),
        "times": booked.other_times(place, since=read_day(since)),
        "refusal": refusal,
        "trouble": trouble,
        "token": token_for(place.case),
        "back_url": page_of_case(place),
        "language_form": "moving",
    }
    return places.page(place.request, "book_move.html", place.house, context, status=status)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
def booking_cancel(place: Inside) -> HttpResponse:
    """Cancel what was booked. It is asked once more before it is done."""

    def do(posted: Posted) -> None:
        cancel(place.case, by=place.by, at=place.at, reason=posted.text)

    return ask_once_more(
        place,
        do,
        title=_("Cancel the booking"),
        words=_("Somebody else can then use that time. You can book again whenever you like."),
        action=_("Cancel the booking"),
        refusal=booked.why_not_change(place),
        done=_("Your booking is cancelled."),
        is_danger=True,
        form=WithdrawForm(initial={"text": place.posted.text if place.posted else ""}),
    )
