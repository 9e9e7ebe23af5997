"""Sign-in of staff: accounts are made by administrators, never by signing up."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse

from valedor.people.models import Account
from valedor.people.one_time_links import OneTimeLinks


class StaffAdapter(DefaultAccountAdapter):
    """The sign-in library, closed to strangers."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whoever signed in a moment ago is not asked again before touching their sign-in."""
        if not super().is_reauthentication_required(app=app, **more):
            return False
        records = get_authentication_records(self.request, self.request.user)
        newest = max((float(record.get("at", 0)) for record in records), default=0.0)
        return time.time() - newest > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the installation's own address, whatever name the request came in by."""
        account, _, token = key.partition("-")
        return _link(account, token)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody that their sign-in changed, at the address that administrators keep."""
        address = email or getattr(user, "email", "")
        if address:
            super().send_notification_mail(template_prefix, user, context, address)


def one_time_link(account: Account) -> str:
    """A link with which the owner of the account chooses a password. Shown once, kept nowhere."""
    return _link(user_pk_to_url_str(account), OneTimeLinks().make_token(account))


def forget_addresses(account: Account) -> None:
    """Drop what the sign-in library remembers of earlier addresses, which would still sign in."""
    EmailAddress.objects.filter(user_id=account.pk).delete()


def name_of(account: Account) -> str:
    """How the sign-in library calls somebody."""
    return account.name or account.username


def _link(account: str, token: str) -> str:
    # Of these addresses alone, so that a command need not load every page of the house.
    path = reverse(
        "account_reset_password_from_key",
        urlconf="valedor.people.urls_accounts",
        kwargs={"uidb36": account, "key": token},
    )
    return f"{settings.PUBLIC_URL}/accounts{path}"
