"""Who calls: a program with a token. A signed-in person is nobody here, nor is anybody sent to a
sign-in. A token that acts as a person opens what that person's own sign-in would open.
"""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from valedor.api.problems import Problem
from valedor.casefile.viewing import Viewer
from valedor.foundation import moments
from valedor.people.models import Account
from valedor.people.permissions import SECOND_FACTOR_ROLES, Permission
from valedor.people.second_factor import has_second_factor
from valedor.programs.models import ApiToken
from valedor.programs.tokens import living_token, viewer_of


def token_of(request: HttpRequest) -> ApiToken | None:
    """The living token of a request, looked up once."""
    if not hasattr(request, "api_token"):
        scheme, _blank, typed = request.headers.get("Authorization", "").partition(" ")
        found = None
        if scheme.lower() == "bearer" and typed.strip():
            found = living_token(typed.strip(), at=moments.now())
        request.api_token = found  # type: ignore[attr-defined]
    found = request.api_token  # type: ignore[attr-defined]
    return found if isinstance(found, ApiToken) else None


class Bearer(HttpBearer):
    """A token with a certain scope; without a scope any living token will do.

    One that acts as a person asks for one of ``permissions`` besides, as the page does.
    """

    def __init__(
        self,
        scope: ApiToken.Scope | None = None,
        permissions: Collection[Permission] = (Permission.SEE_CASES,),
    ) -> None:
        super().__init__()
        self.scope = scope
        self.permissions = frozenset(permissions)

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        found = token_of(request)
        if found is None:
            return None
        if self.scope is not None and self.scope.value not in found.scopes:
            raise scope_missing(self.scope)
        if self.scope is not None and found.account is not None:
            _check_person(found.account, viewer_of(found), self.permissions)
        return found


def scope_missing(scope: ApiToken.Scope) -> Problem:
    """What a token may not that was made without this."""
    words = _("This token lacks the scope %(scope)s.") % {"scope": scope.value}
    return Problem(403, "scope_missing", words)


def not_permitted() -> Problem:
    """What a page says of itself to whoever has no role for it."""
    words = _("No role of the person as whom this token acts permits this.")
    return Problem(403, "not_permitted", words)


def _check_person(account: Account, viewer: Viewer, permissions: frozenset[Permission]) -> None:
    """As on their pages: no role or the wrong one opens nothing, nor does a second factor that is
    owed. Raises ``Problem``.
    """
    if not permissions & viewer.permissions:
        raise not_permitted()
    is_owed = bool(viewer.roles & SECOND_FACTOR_ROLES) and not settings.DEMO
    if is_owed and not has_second_factor(account):
        raise Problem(
            403,
            "second_factor_missing",
            _("The person as whom this token acts has to set up their second factor first."),
        )
