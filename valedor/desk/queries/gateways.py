"""SMS gateways, as the pages of the settings ask for them."""

from datetime import datetime

from django.http import Http404

from valedor.channels.models import Gateway, GatewayTrouble
from valedor.channels.sms.troubles import TROUBLES
from valedor.people.models import Entity


def gateways_of(entity: Entity) -> list[Gateway]:
    """The gateways of an entity, by key."""
    return list(Gateway.objects.filter(entity=entity).select_related("entity", "team"))


def gateway_of(entity: Entity, key: str) -> Gateway:
    """One of them. Raises ``Http404``."""
    found = Gateway.objects.filter(entity=entity, key=key).select_related("entity", "team").first()
    if found is None:
        raise Http404
    return found


def refused_at(gateways: list[Gateway], at: datetime) -> list[GatewayTrouble]:
    """What was refused at their doors today and yesterday, the newest first."""
    return TROUBLES.recent(gateways, at=at)
