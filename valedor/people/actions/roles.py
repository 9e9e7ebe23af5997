"""Grant roles and end them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from valedor.foundation.refusals import refuse_if
from valedor.people import rules
from valedor.people.acts import Act
from valedor.people.changes import lock_settings, record_setting
from valedor.people.models import Account, Entity, Role, RoleGrant, Team
from valedor.people.queries import other_administrators, roles_of


@transaction.atomic
def grant_role(
    account: Account,
    role: str,
    *,
    team: Team | None = None,
    entities: Sequence[Entity] = (),
    by: Account | None,
    at: datetime,
    reason: str = "",
) -> RoleGrant:
    """Give somebody a role. Those of the ombudsman's office go through ``ask_office``."""
    lock_settings()
    account = Account.objects.get(pk=account.pk)
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    refuse_if(rules.why_not_role_there(role, team=team, entities=entities))
    refuse_if(rules.why_not_grant(account, role, by=by, held=roles_of(account)))
    refuse_if(rules.why_office_first(role))
    return write_grant(
        account, role, team=team, entities=entities, by=by, confirmed_by=None, at=at, reason=reason
    )


def write_grant(
    account: Account,
    role: str,
    *,
    team: Team | None,
    entities: Sequence[Entity] = (),
    by: Account | None,
    confirmed_by: Account | None,
    at: datetime,
    reason: str = "",
) -> RoleGrant:
    """Write and record the grant; one that holds already is returned as it is."""
    held = RoleGrant.objects.filter(account=account, role=role, team=team, ended_at=None).first()
    if held is not None and {entity.pk for entity in entities} == set(
        held.entities.values_list("pk", flat=True)
    ):
        return held
    if held is not None:
        _end(held, at=at)
    grant = RoleGrant.objects.create(
        account=account,
        role=role,
        team=team,
        granted_by=by,
        confirmed_by=confirmed_by,
        granted_at=at,
    )
    grant.entities.set(entities)
    record_setting(
        Act.ROLE_GRANTED,
        account.username,
        before=None if held is None else _words(held, ()),
        after={
            **_words(grant, entities),
            **({"confirmed_by": confirmed_by} if confirmed_by else {}),
        },
        by=by,
        at=at,
        reason=reason,
    )
    return grant


@transaction.atomic
def end_role(grant: RoleGrant, *, by: Account | None, at: datetime, reason: str = "") -> bool:
    """Take a role away; False when it had ended already.

    Also one of the office: that shuts a door and opens none.
    """
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    grant = RoleGrant.objects.select_related("account", "team").get(pk=grant.pk)
    if grant.ended_at is not None:
        return False
    refuse_if(
        rules.why_not_give_up(
            is_administrator=grant.role == Role.ADMINISTRATOR,
            others=other_administrators(grant.account),
        )
    )
    before = _words(grant, list(grant.entities.all()))
    _end(grant, at=at)
    record_setting(
        Act.ROLE_ENDED, grant.account.username, before=before, by=by, at=at, reason=reason
    )
    return True


def _end(grant: RoleGrant, *, at: datetime) -> None:
    grant.ended_at = at
    grant.save(update_fields=["ended_at"])


def _words(grant: RoleGrant, entities: Sequence[Entity]) -> dict[str, Any]:
    words: dict[str, Any] = {"role": grant.role}
    if grant.team is not None:
        words["team"] = grant.team
    if entities:
        words["entities"] = sorted(entity.key for entity in entities)
    return words
