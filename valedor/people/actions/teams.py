"""Add and change teams."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from valedor.foundation.refusals import Refusal, Refused, refuse_if
from valedor.people import rules
from valedor.people.acts import Act
from valedor.people.changes import change_row, lock_settings, record_setting
from valedor.people.models import Account, Entity, Team
from valedor.people.queries import roles_of


class TeamFields(TypedDict, total=False):
    """What may change of a team. What it is for stays as it was set up."""

    name: Mapping[str, str]
    is_active: bool
    is_outsourced: bool


@transaction.atomic
def add_team(
    key: str,
    *,
    name: Mapping[str, str],
    entities: Sequence[Entity],
    purpose: str = Team.Purpose.GENERAL,
    by: Account | None,
    at: datetime,
) -> Team:
    """Add a team that serves some entities."""
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    refuse_if(rules.why_not_key(key))
    refuse_if(rules.why_not_team(name=name, entities=entities, purpose=purpose))
    if Team.objects.filter(key=key).exists():
        raise Refused(Refusal("key_taken", _("There is a team “%(key)s” already."), {"key": key}))
    team = Team.objects.create(key=key, name=dict(name), purpose=purpose)
    team.entities.set(entities)
    record_setting(
        Act.TEAM_ADDED,
        key,
        after={"name": name, "purpose": purpose, "entities": sorted(e.key for e in entities)},
        by=by,
        at=at,
    )
    return team


@transaction.atomic
def change_team(
    team: Team,
    *,
    entities: Sequence[Entity] | None = None,
    by: Account | None,
    at: datetime,
    **fields: Unpack[TeamFields],
) -> bool:
    """Change a team's name, entities or whether it works; False when all of it is so already."""
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    team = Team.objects.get(pk=team.pk)
    before = list(team.entities.order_by("key"))
    refuse_if(
        rules.why_not_team(
            name=fields.get("name", team.name),
            entities=before if entities is None else entities,
            purpose=team.purpose,
        )
    )
    changed = change_row(team, Act.TEAM_CHANGED, team.key, dict(fields), by=by, at=at)
    if entities is None or {e.pk for e in entities} == {e.pk for e in before}:
        return changed
    team.entities.set(entities)
    record_setting(
        Act.TEAM_CHANGED,
        team.key,
        before={"entities": [e.key for e in before]},
        after={"entities": sorted(e.key for e in entities)},
        by=by,
        at=at,
    )
    return True
