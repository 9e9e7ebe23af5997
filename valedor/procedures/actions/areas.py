"""Areas: parts of the organisation that cases are about."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from valedor.foundation.refusals import refuse_if
from valedor.people import rules
from valedor.people.acts import Act
from valedor.people.changes import change_row, lock_settings, record_setting
from valedor.people.models import Account, Entity, Team
from valedor.people.queries import roles_of
from valedor.procedures import setting_rules
from valedor.procedures.models import Area


@transaction.atomic
def set_area(
    entity: Entity,
    key: str,
    *,
    name: Mapping[str, str],
    team: Team | None,
    is_active: bool = True,
    by: Account | None,
    at: datetime,
) -> Area:
    """Add an area, or change its name, the team that answers for it, and whether it is in use."""
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    refuse_if(rules.why_not_key(key))
    refuse_if(setting_rules.why_not_words(name, entity.languages[:1], what=key))
    area = Area.objects.filter(entity=entity, key=key).first()
    subject = f"{entity.key}/{key}"
    if area is None:
        area = Area.objects.create(
            entity=entity, key=key, name=dict(name), team=team, ended_at=None if is_active else at
        )
        record_setting(Act.AREA_ADDED, subject, after={"name": name, "team": team}, by=by, at=at)
        return area
    ended_at = None if is_active else (area.ended_at or at)
    fields = {"name": dict(name), "team": team, "ended_at": ended_at}
    change_row(area, Act.AREA_CHANGED, subject, fields, by=by, at=at)
    return area
