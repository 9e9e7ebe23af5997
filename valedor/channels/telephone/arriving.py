"""What a switchboard posts, committed as bytes before anything reads it.

The same bytes are kept once a line: whoever sends them again is told so.
"""

import hashlib
import logging
from datetime import datetime, timedelta

from valedor.casefile.arrivals import content_of, is_new, raw_of
from valedor.casefile.models import Case, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.telephone.actions.note_event import note_event
from valedor.channels.telephone.events import Unreadable, read_event
from valedor.channels.telephone.models import Call, Line, LineTrouble
from valedor.channels.telephone.troubles import TROUBLES
from valedor.foundation.refusals import Refused

LEFT_OVER = timedelta(minutes=2)
UNREADABLE = "unreadable call event"
_logger = logging.getLogger(__name__)


def keep(
    line: Line, body: bytes, *, media_type: str, address: str, at: datetime
) -> RawMessage | None:
    """Commit a post that is believed; None where the same bytes lie here already.

    Raises ``DatabaseError`` where it cannot be kept: the switchboard then sends it again.
    """
    raw = raw_of(
        body,
        entity_id=line.entity_id,
        channel=Case.Channel.TELEPHONE,
        media_type=media_type,
        envelope={"line": line.pk, "address": address},
        at=at,
        token=hashlib.sha256(b"line %d\n" % line.pk + body).hexdigest(),
    )
    with viewing(the_house(line.entity_id)):
        return raw if is_new(raw) else None


def read(line: Line, raw: RawMessage, *, address: str, at: datetime) -> Call:
    """Read what was kept and note it with its call, in one transaction.

    What cannot be read waits for a person; that, and what was told before, is counted with the
    line. Raises ``Unreadable`` and ``Refused``.
    """
    try:
        with viewing(the_house(line.entity_id)):
            event = read_event(line, content_of(raw), at=raw.received_at)
            call = note_event(line, event, raw=raw, at=at)
            _mark(raw, RawMessage.State.REGISTERED)
            return call
    except Unreadable:
        _refuse(line, raw, RawMessage.State.HELD, UNREADABLE, address=address, at=at)
        raise
    except Refused:
        _refuse(line, raw, RawMessage.State.REGISTERED, "event told before", address=address, at=at)
        raise


def read_left_over(at: datetime) -> int:
    """Read what was committed and whose process ended before it was read; how many posts."""
    with viewing(the_house()):
        waiting = list(
            RawMessage.objects.filter(
                state=RawMessage.State.ARRIVED,
                channel=Case.Channel.TELEPHONE,
                envelope__has_key="line",
                received_at__lt=at - LEFT_OVER,
            ).order_by("received_at")[:200]
        )
    lines = Line.objects.select_related("entity").in_bulk({raw.envelope["line"] for raw in waiting})
    for raw in waiting:
        address = str(raw.envelope.get("address") or "")
        try:
            read(lines[raw.envelope["line"]], raw, address=address, at=at)
        except (Unreadable, Refused):
            continue  # It has its trace.
        except Exception:
            # Whatever it was: the post is here and the next one is not kept waiting.
            _logger.exception("a call event cannot be noted", extra={"raw": raw.pk})
            with viewing(the_house(raw.entity_id)):
                _mark(raw, RawMessage.State.HELD, UNREADABLE)
    return len(waiting)


def _refuse(
    line: Line,
    raw: RawMessage,
    state: RawMessage.State,
    trouble: str,
    *,
    address: str,
    at: datetime,
) -> None:
    is_held = state == RawMessage.State.HELD
    reason = LineTrouble.Reason.UNREADABLE if is_held else LineTrouble.Reason.REPEATED
    with viewing(the_house(line.entity_id)):
        _mark(raw, state, trouble)
        TROUBLES.note(line, reason, address=address, at=at)


def _mark(raw: RawMessage, state: RawMessage.State, trouble: str = "") -> None:
    RawMessage.objects.filter(pk=raw.pk).update(state=state, trouble=trouble)
