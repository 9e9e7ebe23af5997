"""What becomes of a request to the desk by somebody who is not signed in, or not any more.

A page is asked for again after signing in. What was typed is kept and shown then, to be sent again
or dropped (``people.unsent``): a session may end while somebody writes.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure

from valedor.desk.pages import refused_page
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refusal
from valedor.people.actions.unsent import keep_unsent
from valedor.people.models import Account
from valedor.people.second_factor import SecondFactorMiddleware
from valedor.people.unsent import AGAIN, browser_of, know_browser, something_waits, typed_in


class SignInMiddleware(LoginRequiredMiddleware):
    """Asks for a sign-in where a page needs one, and loses nothing that was typed."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        """Whoever is not signed in."""
        if not _is_of_the_desk(view_func):
            return super().handle_no_permission(request, view_func)
        if getattr(request, "htmx", False):
            return _stay(request)
        if _is_typed(request) and browser_of(request) is not None:
            # Asked of the pages too that look at the token of their form themselves, later.
            refused = CsrfViewMiddleware(_nothing).process_view(request, _nothing, (), {})
            if refused is not None:
                return refused
            if _keep(request):
                return _sign_in_and_send(request)
            words = _(
                "You were not signed in any more, so nothing was done. It is too much to be kept "
                "here: go back in your browser and copy what you typed."
            )
            messages.warning(request, words)
        return super().handle_no_permission(request, view_func)

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Whoever works on the desk has a browser that can tell so later."""
        if request.path.startswith(reverse("desk:queues")) and isinstance(request.user, Account):
            know_browser(request, response, request.user)
        return response


class SetUpMiddleware(SecondFactorMiddleware):
    """Leads to the second factor that a role asks for, and loses nothing that was typed."""

    def set_up(self, request: HttpRequest, view: Any) -> HttpResponse:
        """A role may come while a form is open: what it holds waits until the factor is there."""
        response = super().set_up(request, view)
        if _is_typed(request) and _is_of_the_desk(view) and _keep(request):
            words = _(
                "Your role asks for a second factor, so nothing was done. What you typed is kept "
                "for two hours: set the second factor up, and you can send it."
            )
            messages.info(request, words)
            something_waits(response)
        return response


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is of an earlier sign-in: somebody signed in again in another window.

    It is kept where the browser itself says that the form stood on one of our pages. What comes
    without a good token from elsewhere is refused: another site may have made it up.
    """
    match = request.resolver_match
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    may_be_kept = (
        _is_typed(request)
        and request.headers.get("Origin") in ours
        and match is not None
        and _is_of_the_desk(match.func)
        and not getattr(request, "htmx", False)
    )
    if not may_be_kept or not _keep(request):
        return csrf_failure(request, reason)
    if not isinstance(request.user, Account):
        return _sign_in_and_send(request)
    response = redirect("desk:unsent")
    something_waits(response)
    return response


def _is_typed(request: HttpRequest) -> bool:
    """Dropping what was kept is pressed, not typed: it is pressed again."""
    return request.method == "POST" and request.path != reverse("desk:unsent")


def _nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _is_of_the_desk(view: Any) -> bool:
    return hasattr(view, "staff_permission")


def _keep(request: HttpRequest) -> bool:
    """Keep what was typed, in the place of what it was typed again from; whether it was kept."""
    browser = browser_of(request)
    return browser is not None and keep_unsent(
        browser, typed_in(request), at=now(), instead_of=request.POST.get(AGAIN, "")
    )


def _sign_in_and_send(request: HttpRequest) -> HttpResponse:
    words = _(
        "You were not signed in any more, so nothing was done. What you typed is kept for two "
        "hours: sign in, and you can send it."
    )
    messages.info(request, words)
    response = redirect_to_login(reverse("desk:unsent"))
    something_waits(response)
    return response


def _stay(request: HttpRequest) -> HttpResponse:
    """What is typed stays on the page that asked for a part of itself."""
    words = _("You are not signed in any more. Sign in in another window, then go on here.")
    return refused_page(request, Refusal("signed_out", words))
