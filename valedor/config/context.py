"""What every page may say about the installation."""

import time
from dataclasses import dataclass
from importlib.metadata import version

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from valedor.people.models import Organisation

KEPT_SECONDS = 60.0


@dataclass(frozen=True, kw_only=True)
class Installation:
    """One installation as its pages show it. ``organisation`` is empty before it has one."""

    is_demonstration: bool
    organisation: str
    version: str


_known: dict[str, tuple[float, str]] = {}


def _organisation() -> str:
    """Its name, asked for once a minute, since nearly every page shows it."""
    database = str(connection.settings_dict["NAME"])
    asked_at, name = _known.get(database, (float("-inf"), ""))
    if time.monotonic() - asked_at > KEPT_SECONDS or not name:
        name = Organisation.objects.values_list("name", flat=True).first() or ""
        _known[database] = (time.monotonic(), name)
    return name


def installation(_request: HttpRequest) -> dict[str, object]:
    """The template variable ``installation``; it costs a query only where a page uses it."""
    return {
        "installation": SimpleLazyObject(
            lambda: Installation(
                is_demonstration=settings.DEMO,
                organisation=_organisation(),
                version=version("valedor"),
            )
        )
    }
