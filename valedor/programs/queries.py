"""Tokens, as the page that administers them asks for them."""

from datetime import datetime

from django.db.models import Q

from valedor.people.models import Account, Entity
from valedor.programs.models import ApiToken

SHOWN = 200


def tokens_made() -> list[ApiToken]:
    """Every token: those that live first, by name, then those that are over, the latest first."""
    found = ApiToken.objects.select_related("entity", "account")
    living = list(found.filter(revoked_at=None).order_by("name"))
    return living + list(found.exclude(revoked_at=None).order_by("-revoked_at", "-pk")[:SHOWN])


def tokens_acting_as(account: Account, *, at: datetime) -> list[ApiToken]:
    """The living tokens that act as somebody."""
    found = ApiToken.objects.filter(account=account, revoked_at=None, expires_at__gt=at)
    return list(found.select_related("entity").order_by("name"))


def token_made(pk: int) -> ApiToken | None:
    """One of them, revoked or not."""
    return ApiToken.objects.select_related("entity", "account").filter(pk=pk).first()


def living_token_named(name: str) -> ApiToken | None:
    """The one that has a name now."""
    return ApiToken.objects.filter(name=name, revoked_at=None).first()


def entities_called() -> list[Entity]:
    """The entities for which a token can be made."""
    return list(Entity.objects.order_by("name"))


def accounts_acted_as(at: datetime) -> list[Account]:
    """Whoever works here and has a role: a token can act as them."""
    now = Q(grants__ended_at=None) | Q(grants__ended_at__gt=at)
    return list(Account.objects.filter(now, is_active=True).distinct().order_by("name"))
