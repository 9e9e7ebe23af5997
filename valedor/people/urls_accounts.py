"""The addresses of sign-in, less those by which the library lets people run their accounts.

Signing up does not exist, and the address of an account is the administrators' to change.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path


@login_not_required
def nothing_here(_request: HttpRequest, **_parts: str) -> HttpResponse:
    """An address that the library offers and this house does not."""
    raise Http404


urlpatterns = [
    path("signup/", nothing_here),
    path("email/", nothing_here),
    path("confirm-email/", nothing_here),
    path("confirm-email/<str:key>/", nothing_here),
    path("password/set/", nothing_here),
    path("login/code/confirm/", nothing_here),
    path("", include("allauth.urls")),
]
