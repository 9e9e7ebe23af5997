"""Say what can be booked at an entity, change it, or offer it no longer."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from valedor.bookings import rules
from valedor.bookings.models import Service
from valedor.bookings.plan import plan_of
from valedor.foundation.refusals import refuse_if
from valedor.people import rules as people_rules
from valedor.people.acts import Act
from valedor.people.changes import as_asked, change_row, lock_settings, record_setting
from valedor.people.models import Account, Entity, Team
from valedor.people.queries import roles_of
from valedor.procedures import setting_rules


class ServiceFields(TypedDict, total=False):
    """What is told; what is left out stays as it is."""

    name: Mapping[str, str]
    about: Mapping[str, str]
    place: Mapping[str, str]
    at_home: bool
    minutes: int
    places: int
    hours: Sequence[str]
    notice_hours: int
    days_ahead: int
    team: Team | None
    is_offered: bool


@transaction.atomic
def set_service(
    entity: Entity, key: str, *, by: Account | None, at: datetime, **said: Unpack[ServiceFields]
) -> Service:
    """Set one thing that can be booked. Raises ``Refused``."""
    lock_settings()
    refuse_if(people_rules.why_not_administer(by=by, roles=roles_of(by)))
    refuse_if(people_rules.why_not_key(key))
    service = Service.objects.filter(entity=entity, key=key).first()
    fields: dict[str, Any] = dict(said)
    is_offered = fields.pop("is_offered", service is None or service.ended_at is None)
    ended_at = service.ended_at if service else None
    fields["ended_at"] = None if is_offered else (ended_at or at)
    asked = as_asked(service or Service(entity=entity, key=key), fields)
    refuse_if(setting_rules.why_not_words(asked.name, entity.languages, what=key))
    if not asked.at_home:
        refuse_if(setting_rules.why_not_words(asked.place, entity.languages, what=key))
    refuse_if(rules.why_not_service(asked))
    refuse_if(rules.why_not_team(asked.team, serves=_serves(asked.team, entity)))
    asked.hours = [str(opening) for opening in plan_of(asked.hours)]
    fields["hours"] = asked.hours
    subject = f"{entity.key}/{key}"
    if service is None:
        asked.save(force_insert=True)
        record_setting(Act.SERVICE_SET, subject, after=fields, by=by, at=at)
        return asked
    change_row(service, Act.SERVICE_SET, subject, fields, by=by, at=at)
    return service


def _serves(team: Team | None, entity: Entity) -> bool:
    return team is not None and team.entities.filter(pk=entity.pk).exists()
