"""The second factor: required by role, and not yet there means nowhere else to go.

The demonstration does without and says so on every page of the desk.
"""

import base64
import io
import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from qrcode.image.svg import SvgPathFillImage
from qrcode.main import QRCode

from valedor.people.models import Account, Organisation, RoleGrant
from valedor.people.permissions import SECOND_FACTOR_ROLES

_SEEN = "second_factor_is_set_up"
_ALWAYS_OPEN = ("/accounts/", "/static/", "/healthz", "/readyz")


def is_required_of(account: Account) -> bool:
    """Whether a role that the account holds now asks for a second factor."""
    return RoleGrant.objects.filter(
        account=account, ended_at=None, role__in=SECOND_FACTOR_ROLES
    ).exists()


def has_second_factor(account: Account) -> bool:
    """Whether they have an authenticator; recovery codes alone are none."""
    return Authenticator.objects.filter(
        user_id=account.pk, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    ).exists()


def remove_second_factors(account: Account) -> None:
    """Forget the authenticators of somebody whose sign-in is made anew."""
    Authenticator.objects.filter(user_id=account.pk).delete()


class SecondFactorMiddleware:
    """Leads whoever must have a second factor to the page where it is set up, until it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """After the token of a form was looked at, so that what it holds may be kept."""
        return self.set_up(request, view) if self._must_set_up(request) else None

    def set_up(self, _request: HttpRequest, _view: Any) -> HttpResponse:
        """Where one without a second factor is led."""
        return redirect("mfa_index")

    def _must_set_up(self, request: HttpRequest) -> bool:
        account = request.user
        if settings.DEMO or not isinstance(account, Account):
            return False
        if request.path.startswith(_ALWAYS_OPEN) or request.session.get(_SEEN):
            return False
        roles: frozenset[str] = getattr(request, "viewer").roles  # noqa: B009 -- set by casefile
        if not roles & SECOND_FACTOR_ROLES:
            return False
        if not has_second_factor(account):
            return True
        request.session[_SEEN] = True
        return False


class StaffSecondFactor(DefaultMFAAdapter):
    """Keeps the secrets of authenticator apps encrypted, and names the house in them."""

    def get_totp_issuer(self) -> str:
        name = Organisation.objects.values_list("name", flat=True).first()
        return f"Valedor · {name}" if name else "Valedor"

    def build_totp_svg(self, url: str) -> str:
        """Black on white in dark pages too, without the XML prolog, fit to stand in a page."""
        drawn = io.BytesIO()
        code: Any = QRCode(image_factory=SvgPathFillImage)
        code.add_data(url)
        code.make_image().save(drawn)
        text = re.sub(r"^<\?xml[^>]*>\s*", "", drawn.getvalue().decode())
        return mark_safe(text)  # noqa: S308 -- drawn from a number, nothing typed is in it

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """One may always change telephones; the next page then asks for the new one."""
        if context.request is not None:
            context.request.session.pop(_SEEN, None)
        return True


def _cipher() -> Fernet:
    key = sha256(b"second factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
