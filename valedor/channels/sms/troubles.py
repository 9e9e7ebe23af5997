"""The trace that a refused request leaves: counted with the gateway, for whoever looks after it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection

from valedor.channels.sms.models import Gateway, GatewayTrouble

KEPT = timedelta(days=30)
_COUNT = """
    INSERT INTO channels_gatewaytrouble (gateway_id, reason, "on", times, last_at, last_address)
    VALUES (%s, %s, %s, 1, %s, %s)
    ON CONFLICT (gateway_id, "on", reason) DO UPDATE SET
        times = channels_gatewaytrouble.times + 1,
        last_at = excluded.last_at, last_address = excluded.last_address
"""


def note_trouble(
    gateway: Gateway, reason: GatewayTrouble.Reason, *, address: str, at: datetime
) -> None:
    """Count something that was refused; days are those of UTC."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [gateway.pk, reason.value, at.date(), at, address[:45]])


def recent_troubles(gateways: Iterable[Gateway], *, at: datetime) -> list[GatewayTrouble]:
    """What was refused today and yesterday, the newest first."""
    since = (at - timedelta(days=1)).date()
    found = GatewayTrouble.objects.filter(gateway__in=list(gateways), on__gte=since)
    return list(found.select_related("gateway__entity").order_by("-last_at"))


def forget_old(at: datetime) -> int:
    """Remove what is older than thirty days; how many rows."""
    removed, _by_model = GatewayTrouble.objects.filter(on__lt=(at - KEPT).date()).delete()
    return removed
