"""Every address: the installation's own, then each package's, the public's last."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from valedor.config import health

_UNDER_DESK = ("handling", "review", "intake", "privacy", "casefile", "procedures", "people")


def _of(package: str, under: str = "") -> list[URLResolver]:
    """The addresses of a package; none while it has no ``urls`` module."""
    module = f"valedor.{package}.urls"
    return [path(under, include(module))] if find_spec(module) else []


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("valedor.people.urls_accounts")),
    *_of("api", "api/v1/"),
    *_of("desk", "desk/"),
    *(address for package in _UNDER_DESK for address in _of(package, "desk/")),
    *_of("design"),
    *_of("channels"),
    *_of("incidents"),
    *_of("portal"),
]
