"""A public page inside the page of another site: which sites may show it, and how it is told apart.

In a frame of another site a browser keeps no cookie of ours, so nothing there may need one: the
language stands in the address, and what a page has to hand over it hands over in its own answer.
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from valedor.people.models import Entity
from valedor.telling import spoken

_MARK = "valedor_is_in_a_frame"
PARAMETER = "framed"
"""By this parameter a part of a framed page is asked for."""


def put_into_frame(request: HttpRequest) -> None:
    """Have the pages of this request be those of a frame."""
    setattr(request, _MARK, True)


def is_framed(request: HttpRequest) -> bool:
    """Whether what is asked for is shown inside another site."""
    return getattr(request, _MARK, False) or PARAMETER in request.GET


def frame_of(request: HttpRequest, entity: Entity) -> dict[str, Any]:
    """What a page needs to know of where it is shown."""
    if not is_framed(request):
        return {
            "frame": "portal/page.html",
            "form_url": reverse("portal:complain", args=[entity.key]),
        }
    here = reverse("portal:embedded", args=[entity.key])
    return {
        "frame": "portal/framed_page.html",
        "is_framed": True,
        "form_url": f"{here}?{urlencode({'lang': spoken.language()})}",
    }


def let_frame(response: HttpResponse, sites: Sequence[str]) -> HttpResponse:
    """Let these sites, and no other, show a page inside theirs."""
    response._csp_replace = {"frame-ancestors": list(sites)}  # type: ignore[attr-defined]
    response.xframe_options_exempt = True  # It knows no list.
    return response
