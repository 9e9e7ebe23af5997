"""What is posted through the public form is kept raw, as bytes, before anything reads it.

The bytes and their envelope are committed in a transaction of their own, in one round trip; only
then are they read. What was kept and never answered (the power went) is read again by
``channels.web_form.left_over``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from valedor.casefile.arrivals import raw_of
from valedor.casefile.at_once import at_once
from valedor.casefile.models import Case
from valedor.casefile.seats import EVERYONE, Seat
from valedor.casefile.viewing import Viewer
from valedor.channels.web_form import arriving
from valedor.channels.web_form.arriving import Arrived
from valedor.foundation.rows import insert_of
from valedor.intake import attempts
from valedor.intake.models import Attempt
from valedor.procedures.house_rules import CONFIGURATION_NUMBER


@dataclass(frozen=True)
class Kept:
    """A post that lies safely with us. ``recent`` are the submissions of its address in the last
    hour, counted up to the limit; ``settings_number`` is that of the settings now.
    """

    raw_id: int
    arrived: Arrived
    address: str
    recent: int
    settings_number: int

    @property
    def is_past_rate(self) -> bool:
        """Whether its address has sent as many as may go on without a look by a person."""
        return self.recent >= settings.RATE_SUBMISSIONS_PER_HOUR


def take(request: HttpRequest) -> Arrived:
    """The body of a request, straight from the wire. Nobody may have read it before."""
    return arriving.take(
        request.read,
        int(request.META.get("CONTENT_LENGTH") or 0),
        request.META.get("CONTENT_TYPE", ""),
        document_limit=settings.DOCUMENT_LIMIT,
        submission_limit=settings.SUBMISSION_LIMIT,
    )


def keep(
    request: HttpRequest,
    entity_id: int,
    *,
    at: datetime,
    told: Mapping[str, Any] | None = None,
    channel: Case.Channel = Case.Channel.WEB_FORM,
    seats: Seat = EVERYONE,
) -> Kept:
    """Take a post and keep it. ``told`` goes on its envelope: language, notice shown. ``seats`` are
    those who may see it: what goes to the ombudsman is behind the wall before anything reads it.

    Raises ``OSError`` where the disk does not take it: whoever posted is told at once.
    """
    arrived = take(request)
    address = request.META.get("REMOTE_ADDR", "")
    envelope = {
        "address": address,
        "agent": request.META.get("HTTP_USER_AGENT", "")[:300],
        "path": request.path[:200],
        "cuts": arriving.as_told(arrived.cuts),
        **(told or {}),
    }
    raw = raw_of(
        arrived.content,
        entity_id=entity_id,
        channel=channel,
        media_type=arrived.media_type,
        envelope=envelope,
        at=at,
        seats=seats,
    )
    limit = settings.RATE_SUBMISSIONS_PER_HOUR
    counting = attempts.counting(Attempt.What.SUBMISSION, address, at=at, up_to=limit)
    viewer = Viewer(entities=(entity_id,), seats=EVERYONE)
    _nothing, (recent,), (number,) = at_once(
        [insert_of(raw), counting, (CONFIGURATION_NUMBER, [])], viewer=viewer, is_followed=True
    )
    return Kept(raw.pk, arrived, address, recent, number)
