"""Addresses of the interface. It knows tokens only: nobody is sent to the sign-in of the staff."""

import logging
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from valedor.api.interface import api
from valedor.api.once import View, once
from valedor.api.problems import failed, not_found, wrong_method

_logger = logging.getLogger(__name__)


def always_answered(view: View) -> View:
    """A program is answered with a problem document whatever goes wrong, by it or by us."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Exception:
            # What the view did is taken back by now: its transaction is inside.
            _logger.exception("the interface failed", extra={"method": request.method})
            response = failed()
        if response.status_code == 405:
            response = wrong_method(response["Allow"])
        # Nobody between us and the program keeps a copy; the program asks whether its own is good.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return answered


@csrf_exempt
@login_not_required
def nothing_here(request: HttpRequest) -> HttpResponse:
    """An address that the interface does not have."""
    return not_found()


app_name = "api-v1"
urlpatterns: list[URLPattern] = []
for _pattern in api.urls[0]:
    if not isinstance(_pattern, URLPattern) or _pattern.callback is None:
        raise TypeError("the interface has an address that is no endpoint")
    _view = once(_pattern.callback, keeps_raw="acts/" not in str(_pattern.pattern))
    if _pattern.name == "api-root":
        _view = nothing_here
    elif _pattern.name == "openapi-json":
        _view = require_safe(_view)
    _pattern.callback = login_not_required(csrf_exempt(always_answered(_view)))
    urlpatterns.append(_pattern)
urlpatterns.append(re_path(r"^", nothing_here))
