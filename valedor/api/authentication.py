"""Who calls: a program with a token. A signed-in person is nobody here, nor is anybody sent to a
sign-in.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from valedor.api.access import living_token
from valedor.api.models import ApiToken
from valedor.api.problems import Problem
from valedor.foundation import moments


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
    """A token with a certain scope; without a scope any living token will do."""

    def __init__(self, scope: ApiToken.Scope | None = None) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        found = token_of(request)
        if found is None:
            return None
        if self.scope is not None and self.scope.value not in found.scopes:
            raise Problem(
                403,
                "scope_missing",
                _("This token lacks the scope %(scope)s.") % {"scope": self.scope.value},
            )
        return found
