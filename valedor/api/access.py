"""Tokens of programs: issued once, revoked for good, found by their digest."""

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from valedor.api.models import ApiToken
from valedor.casefile.seats import Seat
from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal, Refused
from valedor.people.administration import record_change
from valedor.people.models import Account, Entity
from valedor.people.permissions import Permission

PREFIX = "valedor_"
_USE_NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def issue_token(
    name: str, entity: Entity, scopes: Sequence[str], *, by: Account | None, at: datetime
) -> str:
    """Make a token; it is returned here and never again. Raises ``Refused``."""
    if not name.strip() or len(name) > 80:
        raise Refused(
            Refusal("token_unnamed", _("Give the token a name of at most 80 characters."))
        )
    if ApiToken.objects.filter(name=name, revoked_at=None).exists():
        raise Refused(
            Refusal(
                "token_name_taken",
                _("There is a token “%(name)s” already: choose another name or revoke it."),
                {"name": name},
            )
        )
    for scope in scopes:
        if scope not in ApiToken.Scope.values:
            raise Refused(
                Refusal(
                    "scope_unknown",
                    _("There is no scope “%(scope)s”; there are: %(known)s."),
                    {"scope": scope, "known": ", ".join(ApiToken.Scope.values)},
                )
            )
    if not scopes:
        raise Refused(Refusal("token_without_scope", _("Name at least one scope.")))
    token = PREFIX + secrets.token_urlsafe(32)
    kept = sorted(set(scopes))
    ApiToken.objects.create(
        name=name, entity=entity, scopes=kept, digest=digest_of(token), issued_at=at
    )
    record_change(
        by=by,
        act="token.issued",
        subject=name,
        before=None,
        after={"entity": entity.key, "scopes": kept},
        reason="",
        at=at,
    )
    return token


@transaction.atomic
def revoke_token(name: str, *, by: Account | None, at: datetime) -> None:
    """End a token; the program that holds it is refused from now on. Raises ``Refused``."""
    token = ApiToken.objects.select_for_update().filter(name=name, revoked_at=None).first()
    if token is None:
        raise Refused(
            Refusal("token_unknown", _("There is no living token “%(name)s”."), {"name": name})
        )
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record_change(
        by=by,
        act="token.revoked",
        subject=name,
        before={"scopes": token.scopes},
        after=None,
        reason="",
        at=at,
    )


def living_token(typed: str, *, at: datetime) -> ApiToken | None:
    """The token that somebody sends, if it may be used."""
    token = (
        ApiToken.objects.select_related("entity")
        .filter(digest=digest_of(typed), revoked_at=None)
        .first()
    )
    if token is not None and (
        token.last_used_at is None or at - token.last_used_at > _USE_NOTED_EVERY
    ):
        token.last_used_at = at.replace(minute=0, second=0, microsecond=0)
        token.save(update_fields=["last_used_at"])
    return token


def digest_of(typed: str) -> bytes:
    """What is stored instead of a token."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"token" + typed.encode(), "sha256")


def viewer_of(token: ApiToken) -> Viewer:
    """What a token sees: its entity's cases as the company sees them, protected ones not."""
    may = frozenset({Permission.SEE_CASES}) if token.scopes else frozenset[Permission]()
    return Viewer(entities=(token.entity_id,), seats=Seat.COMPANY, permissions=may)
