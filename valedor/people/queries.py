"""Questions about staff that rules are asked with."""

from collections.abc import Iterable

from valedor.people.models import Account, Entity, Role, RoleGrant, Team
from valedor.people.permissions import OFFICE_ROLES


def roles_of(account: Account | None) -> frozenset[str]:
    """The roles somebody holds now; none for an account without sign-in."""
    if account is None or not account.is_active:
        return frozenset()
    return frozenset(
        RoleGrant.objects.filter(account=account, ended_at=None).values_list("role", flat=True)
    )


def other_administrators(account: Account) -> int:
    """How many more could administer if this one could not."""
    return (
        RoleGrant.objects.filter(role=Role.ADMINISTRATOR, ended_at=None, account__is_active=True)
        .exclude(account=account)
        .values("account")
        .distinct()
        .count()
    )


def office_of(entities: Iterable[Entity], *, without: Account) -> set[int]:
    """Accounts that hold the ombudsman's office for these entities now, besides one."""
    return set(
        RoleGrant.objects.filter(
            role=Role.OMBUDSMAN,
            ended_at=None,
            account__is_active=True,
            team__purpose=Team.Purpose.OMBUDSMAN,
            team__entities__in=list(entities),
        )
        .exclude(account=without)
        .values_list("account_id", flat=True)
    )


def offices_held_by(account: Account) -> list[Entity]:
    """The entities for which somebody sits in the ombudsman's office."""
    return list(
        Entity.objects.filter(
            teams__grants__account=account,
            teams__grants__ended_at=None,
            teams__grants__role__in=OFFICE_ROLES,
        ).distinct()
    )
