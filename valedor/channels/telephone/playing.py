"""The demonstration's calls: a switchboard that tells of them as a real one does.

From the first byte on it is the same way: kept raw, then read and noted. Only the signature is
left out, since nothing comes from outside.
"""

import json
from datetime import datetime
from uuid import uuid4

from valedor.channels.telephone import arriving
from valedor.channels.telephone.models import Call, CallEvent, Line
from valedor.people.models import Account, Entity, Role

KIND = CallEvent.Kind
NEXT = {
    Call.State.RINGING: (KIND.ANSWERED, KIND.ABANDONED),
    Call.State.RUNNING: (KIND.ENDED,),
}
"""What can happen next to a call that goes on."""


def line_played(entity: Entity) -> Line | None:
    """The line of an entity at which it can ring: one of our own format."""
    found = Line.objects.filter(entity=entity, is_active=True, format=Line.Format.GENERIC)
    return found.select_related("entity").order_by("key").first()


def play(
    line: Line,
    kind: str,
    *,
    call: str = "",
    number: str = "",
    queue: str = "",
    operator: Account | None = None,
    at: datetime,
) -> Call | None:
    """Tell of one event, of a new call unless one is named; nothing where it was told before.

    Raises ``Unreadable`` and ``Refused``.
    """
    told = {
        "id": f"demonstration {uuid4()}",
        "call": call or f"demonstration {uuid4()}",
        "event": kind,
        "at": at.isoformat(),
        "caller": number,
        "queue": queue,
        "operator": operator.username if operator else "",
    }
    body = json.dumps(told).encode()
    raw = arriving.keep(line, body, media_type="application/json", address="", at=at)
    return None if raw is None else arriving.read(line, raw, address="", at=at)


def next_of(call: Call) -> tuple[CallEvent.Kind, ...]:
    """What can be played of a call now."""
    return NEXT.get(Call.State(call.state), ())


def played_calls() -> list[Call]:
    """The calls of played lines that go on, the newest first. Needs a viewer of the house."""
    found = Call.objects.filter(
        state__in=list(NEXT), is_by_hand=False, line__format=Line.Format.GENERIC
    )
    found = found.select_related("line__entity", "operator", "taken_by")
    return list(found.order_by("-last_event_at")[:20])


def attendants(entity: Entity) -> list[Account]:
    """Who of an entity's staff can answer a call, by name."""
    found = Account.objects.filter(
        is_active=True,
        grants__ended_at=None,
        grants__role__in=[Role.AGENT, Role.HANDLER, Role.LEAD],
        grants__team__entities=entity,
    )
    return list(found.distinct().order_by("name"))
