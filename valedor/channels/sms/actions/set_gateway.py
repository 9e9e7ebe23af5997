"""Set up an SMS gateway, change it, or give it other secrets."""

from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from valedor.channels.sms import gateway_rules
from valedor.channels.sms.carrier import PASSWORD, SECRET
from valedor.channels.sms.models import Gateway
from valedor.channels.sms.numbers import number_of
from valedor.foundation.refusals import refuse_if
from valedor.foundation.sealed import seal
from valedor.people import rules
from valedor.people.acts import Act
from valedor.people.changes import as_asked, change_row, lock_settings, record_setting
from valedor.people.models import Account, Entity, Team
from valedor.people.queries import roles_of

_LONGEST_SHORT_NUMBER = 7


class GatewayFields(TypedDict, total=False):
    """What a gateway is told; what is left out stays as it is."""

    protocol: str
    sender: str
    address: str
    login: str
    team: Team | None
    language: str
    kind: str
    is_active: bool


@transaction.atomic
def set_gateway(
    entity: Entity,
    key: str,
    *,
    password: str = "",
    secret: str = "",
    by: Account | None,
    at: datetime,
    **said: Unpack[GatewayFields],
) -> Gateway:
    """Set a gateway of an entity. An empty ``password`` or ``secret`` leaves the one that is
    there. Raises ``Refused``.
    """
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    refuse_if(rules.why_not_key(key))
    gateway = Gateway.objects.filter(entity=entity, key=key).first()
    fields: dict[str, Any] = dict(said)
    if "sender" in fields:
        fields["sender"] = _sender(fields["sender"], entity)
    new = Gateway(entity=entity, key=key, language=entity.default_language)
    asked = as_asked(gateway or new, fields)
    sealed = {}
    if secret:
        refuse_if(gateway_rules.why_not_secret(secret))
        sealed["secret"] = seal(secret, purpose=SECRET)
    if password:
        sealed["password"] = seal(password, purpose=PASSWORD)
    for name, content in sealed.items():
        setattr(asked, name, content)
    team = asked.team
    serves = team is not None and team.entities.filter(pk=entity.pk).exists()
    refuse_if(gateway_rules.why_not_gateway(asked, team_serves=serves))
    subject = f"{entity.key}/{key}"
    if gateway is None:
        asked.save(force_insert=True)
        record_setting(Act.GATEWAY_ADDED, subject, after=fields, by=by, at=at)
        return asked
    if sealed:
        asked.save(update_fields=list(sealed))
        record_setting(Act.GATEWAY_SECRET_SET, subject, by=by, at=at)
    change_row(gateway, Act.GATEWAY_CHANGED, subject, fields, by=by, at=at)
    return asked


def _sender(said: str, entity: Entity) -> str:
    """A number in E.164; one as short as networks give to services, as it is."""
    bare = "".join(said.split())
    return bare if len(bare) <= _LONGEST_SHORT_NUMBER else number_of(bare, entity)
