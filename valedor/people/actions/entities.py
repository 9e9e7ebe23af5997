"""Add and change the legal entities of the organisation."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from valedor.clocks.zones import BY_COUNTRY, BY_REGION
from valedor.foundation.refusals import Refusal, Refused, refuse_if
from valedor.people import rules
from valedor.people.acts import Act
from valedor.people.changes import change_row, lock_settings, record_setting
from valedor.people.models import Account, Entity
from valedor.people.queries import roles_of


class EntityFields(TypedDict, total=False):
    """What an administrator says of an entity; the rules it follows are adopted apart."""

    name: str
    sector: str
    trade_answer_hours: int
    days_to_react: int
    seconds_to_take_back: int
    country: str
    region: str
    timezone: str
    languages: list[str]
    default_language: str
    postal_address: str
    telephone: str
    email: str
    opening_hours: Mapping[str, str]
    privacy_contact: str
    embedding_sites: list[str]


@transaction.atomic
def add_entity(
    key: str, *, by: Account | None, at: datetime, **fields: Unpack[EntityFields]
) -> Entity:
    """Add an entity. Region, zone and default language follow from the rest where not said."""
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    refuse_if(rules.why_not_key(key, reserved=rules.RESERVED_KEYS))
    if Entity.objects.filter(key=key).exists():
        raise Refused(
            Refusal("key_taken", _("There is an entity “%(key)s” already."), {"key": key})
        )
    entity = Entity(key=key, **_completed(fields))
    _refuse_unless_whole(entity)
    entity.save(force_insert=True)
    record_setting(Act.ENTITY_ADDED, key, after={"key": key, **fields}, by=by, at=at)
    return entity


@transaction.atomic
def change_entity(
    entity: Entity,
    *,
    by: Account | None,
    at: datetime,
    reason: str = "",
    **fields: Unpack[EntityFields],
) -> bool:
    """Change what is said of an entity; False when all of it is so already."""
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    entity = Entity.objects.get(pk=entity.pk)
    planned = Entity.objects.get(pk=entity.pk)
    for name, value in fields.items():
        setattr(planned, name, value)
    _refuse_unless_whole(planned)
    return change_row(
        entity, Act.ENTITY_CHANGED, entity.key, dict(fields), by=by, at=at, reason=reason
    )


def _completed(fields: EntityFields) -> EntityFields:
    country = fields.get("country", "")
    region = fields.get("region") or country
    languages = list(fields.get("languages", ()))
    completed: EntityFields = {
        **fields,
        "region": region,
        "timezone": fields.get("timezone") or BY_REGION.get(region) or BY_COUNTRY.get(country, ""),
        "default_language": fields.get("default_language") or next(iter(languages), ""),
    }
    return completed


def _refuse_unless_whole(entity: Entity) -> None:
    if not entity.name.strip():
        raise Refused(Refusal("no_name", _("An entity has a name.")))
    refuse_if(
        rules.why_not_place(country=entity.country, region=entity.region, timezone=entity.timezone)
    )
    refuse_if(rules.why_not_languages(entity.languages, entity.default_language))
    refuse_if(rules.why_not_trade_hours(entity.trade_answer_hours))
    refuse_if(rules.why_not_days_to_react(entity.days_to_react))
    refuse_if(rules.why_not_embedding_sites(entity.embedding_sites))
    refuse_if(rules.why_not_seconds_to_take_back(entity.seconds_to_take_back))
