"""Pages of the staff: who may open one, and what they see when they may not.

Every view of the desk declares what it needs with ``@staff_page(Permission.X)``; ``None`` says
that whoever works here may open it. What may not be seen and what does not exist are the same page
(404); what a role does not permit is said (403); what a rule refuses now is shown in place (409).
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from valedor.acts.other_houses import LISTS_OF_THE_HOUSE
from valedor.casefile.viewing import Viewer
from valedor.desk import keys, menus
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refusal, Refused
from valedor.people import unsent
from valedor.people.actions.unsent import drop_unsent
from valedor.people.models import Account
from valedor.people.permissions import Permission

P = ParamSpec("P")
_SAFE = frozenset({"GET", "HEAD"})


class StaffRequest(HttpRequest):
    """A request of somebody who is signed in. ``viewer`` says what they may see and do."""

    viewer: Viewer
    user: Account
    htmx: Any


StaffView = Callable[Concatenate[StaffRequest, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def staff_page(
    permission: Permission | None, *others: Permission
) -> Callable[[StaffView[P]], View[P]]:
    """A page for those whose roles permit ``permission``, or one of ``others``.

    Declares it on the view as ``staff_permission`` and ``staff_permissions``, which a test walks.
    An act that a rule refuses leaves nothing behind: what the view wrote before it is taken back.
    What was typed before somebody had to sign in again is done once (``settle_unsent``).
    """
    allowed = frozenset(filter(None, (permission, *others)))

    def declared(view: StaffView[P]) -> View[P]:
        @wraps(view)
        def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            staff = cast(StaffRequest, request)
            viewer: Viewer = staff.viewer
            if viewer.account is None or not viewer.roles:
                return not_permitted(staff)
            if permission is not None and not allowed & viewer.permissions:
                return not_permitted(staff)
            if viewer.only_teams and _named(staff) in LISTS_OF_THE_HOUSE:
                return not_permitted(staff)
            try:
                # Whoever only looks writes nothing that could have to be taken back.
                if request.method in _SAFE:
                    return view(staff, *args, **kwargs)
                with transaction.atomic():
                    response = view(staff, *args, **kwargs)
                    settle_unsent(staff, response)
                    return response
            except Refused as refused:
                return refused_page(staff, refused.refusal)
            except Http404:
                return not_here(staff)

        opened.staff_permission = permission  # type: ignore[attr-defined]
        opened.staff_permissions = allowed  # type: ignore[attr-defined]
        return opened

    return declared


def _named(request: HttpRequest) -> str:
    """The name of the address, without its namespace."""
    match = request.resolver_match
    return (match.url_name or "") if match else ""


def settle_unsent(request: HttpRequest, response: HttpResponseBase) -> None:
    """Forget what was kept of a post that now came again, in the transaction that does it.

    A page that shows the form again has it now. Raises ``Refused`` where it was sent or dropped
    meanwhile.
    """
    number = request.POST.get(unsent.AGAIN, "")
    browser = unsent.browser_of(request) if number else None
    if browser is None or (response.status_code >= 400 and response.status_code != 422):
        return
    if not drop_unsent(browser, number):
        raise Refused(Refusal("sent_already", _("This was sent already, or somebody dropped it.")))
    if unsent.is_all_sent(browser):
        unsent.nothing_waits(response)


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    place: str = "",
) -> HttpResponse:
    """A full page of the desk, with its menus. ``place`` is the menu item that it belongs to."""
    staff = cast(StaffRequest, request)
    frame = menus.frame_of(staff.viewer, at=now(), place=place)
    frame["keys"] = keys.everywhere(staff.viewer)
    frame["has_unsent"] = bool(request.COOKIES.get(unsent.WAITS))
    response = render(request, template, {**frame, **(context or {})}, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def part(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A part of a page, for htmx: no menus, no counters."""
    response = render(request, template, dict(context), status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def refused_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """What a rule refuses, where nothing better shows it: a message in place, or a page."""
    words = str(refusal)
    if getattr(request, "htmx", False):
        response = part(
            request, "design/components/message.html", {"words": words, "tone": "error"}, status=409
        )
        response["HX-Retarget"] = "#messages"
        response["HX-Reswap"] = "innerHTML"
        return response
    return _plain(request, _("This cannot be done now"), words, status=409)


def not_permitted(request: HttpRequest) -> HttpResponse:
    """The page of whoever may not open a page that exists for others."""
    return _plain(
        request,
        _("This page is not for your role"),
        _("What you may see is in the menu. Whoever administers the settings can change that."),
        status=403,
    )


def not_here(request: HttpRequest) -> HttpResponse:
    """Nothing here, or nothing that this viewer may see: one page for both."""
    return _plain(
        request,
        _("There is nothing here"),
        _("Check the reference. A case of another team is not shown either."),
        status=404,
    )


def _plain(request: HttpRequest, title: str, words: str, *, status: int) -> HttpResponse:
    return page(request, "desk/plain.html", {"title": title, "words": words}, status=status)
