"""What a gateway passes on, committed as bytes before anything reads it.

The same request is kept once a gateway: one that is tried again is told that it is here.
"""

import hashlib
import logging
from datetime import datetime, timedelta

from valedor.casefile.arrivals import content_of, is_new, raw_of
from valedor.casefile.models import Case, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.sms.events import Unreadable, read_event
from valedor.channels.sms.inbound import settle
from valedor.channels.sms.models import Gateway

LEFT_OVER = timedelta(minutes=2)
UNREADABLE = "unreadable SMS"
_logger = logging.getLogger(__name__)


def keep(gateway: Gateway, query: bytes, *, address: str, at: datetime) -> RawMessage | None:
    """Commit a request that is believed; None where the same one lies here already.

    Raises ``DatabaseError`` where it cannot be kept: the gateway then sends it again.
    """
    raw = raw_of(
        query,
        entity_id=gateway.entity_id,
        channel=Case.Channel.SMS,
        media_type="application/x-www-form-urlencoded",
        envelope={"gateway": gateway.pk, "protocol": gateway.protocol, "address": address},
        at=at,
        token=hashlib.sha256(b"gateway %d\n" % gateway.pk + query).hexdigest(),
    )
    with viewing(the_house(gateway.entity_id)):
        return raw if is_new(raw) else None


def read(gateway: Gateway, raw: RawMessage, *, at: datetime) -> None:
    """Read what was kept; what cannot be read, or makes us stumble, waits for a person."""
    try:
        with viewing(the_house(gateway.entity_id)):
            unread = RawMessage.objects.filter(pk=raw.pk, state=RawMessage.State.ARRIVED)
            if not unread.select_for_update(skip_locked=True).values_list("pk").first():
                return
            protocol = str(raw.envelope.get("protocol") or Gateway.Protocol.KANNEL)
            event = read_event(content_of(raw), at=raw.received_at, protocol=protocol)
            settle(gateway, raw, event, at=at)
    except Unreadable:
        _hold(raw)
    except Exception:
        # Whatever it was: the message is here and the next one is not kept waiting.
        _logger.exception("a short message cannot be registered", extra={"raw": raw.pk})
        _hold(raw)


def read_left_over(at: datetime) -> int:
    """Read what was committed and whose process ended before it was read; how many messages."""
    with viewing(the_house()):
        waiting = list(
            RawMessage.objects.filter(
                state=RawMessage.State.ARRIVED,
                channel=Case.Channel.SMS,
                envelope__has_key="gateway",
                received_at__lt=at - LEFT_OVER,
            ).order_by("received_at", "pk")[:200]
        )
    gateways = Gateway.objects.select_related("entity", "team").in_bulk(
        {raw.envelope["gateway"] for raw in waiting}
    )
    for raw in waiting:
        read(gateways[raw.envelope["gateway"]], raw, at=at)
    return len(waiting)


def _hold(raw: RawMessage) -> None:
    with viewing(the_house(raw.entity_id)):
        RawMessage.objects.filter(pk=raw.pk, state=RawMessage.State.ARRIVED).update(
            state=RawMessage.State.HELD, trouble=UNREADABLE
        )
