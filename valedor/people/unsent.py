"""What was typed on the desk and not done, because nobody was signed in any more.

Every browser in which somebody works has a cookie with a secret of its own. A post that comes from
such a browser after its session ended is kept, sealed under that secret, and shown to the same
account in the same browser once it has signed in again; nothing is done with it before they send
it. A browser that nobody worked in keeps nothing here. Files are not kept, only their names.
"""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from valedor.foundation.sealed import CannotOpen, keyed, unseal_bytes
from valedor.people.models import Account, UnsentPost

KEPT = timedelta(hours=2)
COOKIE = "desk_browser"
WAITS = "desk_unsent"
AGAIN = "unsent"
"""The field by which a post says that it was typed before, and under which number."""

_LASTS = timedelta(days=30)  # A form may lie open over a holiday.
PURPOSE = b"unsent"
_NEVER_KEPT = {"csrfmiddlewaretoken", AGAIN}


@dataclass(frozen=True)
class Browser:
    """A browser in which an account works, by the secret that it holds."""

    account_id: int
    secret: bytes

    @property
    def digest(self) -> bytes:
        """By which its rows are found."""
        return keyed(b"browser", self.secret)

    @property
    def bound_to(self) -> bytes:
        """What is sealed for one account opens for no other."""
        return str(self.account_id).encode()


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What a form held when it was sent: where it was going, its fields, the names of its files."""

    address: str
    fields: list[tuple[str, list[str]]]
    files: list[str]
    is_multipart: bool


@dataclass(frozen=True, kw_only=True)
class Unsent:
    """The same as it was kept."""

    pk: int
    at: datetime
    typed: Typed


def browser_of(request: HttpRequest) -> Browser | None:
    """The browser that asks, if somebody of the staff has worked in it."""
    try:
        account, secret = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=_LASTS
        )
        return Browser(int(account), bytes.fromhex(secret))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def know_browser(request: HttpRequest, response: HttpResponseBase, account: Account) -> None:
    """Give the browser its secret while it is known who works in it."""
    known = browser_of(request)
    if known is not None and known.account_id == account.pk:
        return
    response.set_cookie(
        COOKIE,
        signing.dumps([account.pk, secrets.token_hex(32)], salt=COOKIE),
        path=reverse("desk:queues"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def something_waits(response: HttpResponseBase) -> None:
    """Let the pages of the desk know without a question, for as long as it is kept."""
    response.set_cookie(
        WAITS,
        "1",
        max_age=KEPT,
        path=reverse("desk:queues"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def nothing_waits(response: HttpResponseBase) -> None:
    """The opposite, once all is sent or dropped."""
    response.delete_cookie(WAITS, path=reverse("desk:queues"), samesite="Lax")


def typed_in(request: HttpRequest) -> Typed:
    """What a request holds, without the token of its form and without passwords."""
    return Typed(
        address=request.get_full_path(),
        fields=[
            (name, [str(one) for one in values])
            for name, values in request.POST.lists()
            if name not in _NEVER_KEPT and "password" not in name
        ],
        files=[file.name or "" for _name, files in request.FILES.lists() for file in files],
        is_multipart=request.content_type == "multipart/form-data",
    )


def unsent_of(browser: Browser | None, account: Account, *, at: datetime) -> list[Unsent]:
    """What an account typed in this browser and has not sent, the newest first."""
    if browser is None or browser.account_id != account.pk:
        return []
    rows = rows_of(browser).filter(at__gt=at - KEPT).order_by("-at", "-pk")
    return list(_opened(browser, rows))


def is_all_sent(browser: Browser) -> bool:
    """Whether nothing is kept for a browser any more."""
    return not rows_of(browser).exists()


def rows_of(browser: Browser) -> QuerySet[UnsentPost]:
    """Everything that is kept for a browser."""
    return UnsentPost.objects.filter(account_id=browser.account_id, browser_digest=browser.digest)


def _opened(browser: Browser, rows: QuerySet[UnsentPost]) -> Iterator[Unsent]:
    for row in rows:
        sealed = bytes(row.sealed)
        try:
            plain = unseal_bytes(sealed, PURPOSE, under=browser.secret, bound_to=browser.bound_to)
        except CannotOpen:
            continue  # Sealed under another secret of the installation.
        held = json.loads(plain)
        held["fields"] = [(name, values) for name, values in held["fields"]]
        yield Unsent(pk=row.pk, at=row.at, typed=Typed(**held))
