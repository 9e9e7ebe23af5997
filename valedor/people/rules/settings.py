"""Who changes settings, and the keys that things have in them."""

import re
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from valedor.foundation.refusals import Refusal
from valedor.people.models import Account, Role

# First parts of addresses (the page of an entity lies at /KEY/), and words beside them.
RESERVED_KEYS = frozenset(
    [
        "accessibility",
        "accounts",
        "admin",
        "api",
        "books",
        "case",
        "cases",
        "complain",
        "deadline",
        "demo",
        "design",
        "desk",
        "docs",
        "duty",
        "entity",
        "favicon.ico",
        "healthz",
        "lang",
        "link",
        "mail",
        "media",
        "privacy",
        "readyz",
        "reference",
        "register",
        "robots.txt",
        "s",
        "search",
        "settings",
        "static",
        "v1",
        "webhooks",
    ]
)

_KEY = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


def why_not_administer(*, by: Account | None, roles: Collection[str]) -> Refusal | None:
    """Settings are changed by administrators, and by whoever sits at the console (None)."""
    if by is None or Role.ADMINISTRATOR in roles:
        return None
    return Refusal("not_administrator", _("Only an administrator changes settings."))


def why_not_key(key: str, *, reserved: Collection[str] = ()) -> Refusal | None:
    """A key is a short word for addresses and files."""
    if not _KEY.match(key) or len(key) > 40:
        return Refusal(
            "key_unreadable",
            _("“%(key)s” cannot be a key: write small letters, digits and hyphens, at most 40."),
            {"key": key},
        )
    if key in reserved:
        return Refusal(
            "key_reserved",
            _("“%(key)s” is an address of the installation: choose another key."),
            {"key": key},
        )
    return None
