"""Documents looked through by ClamAV's daemon, by the worker, after they were kept.

Every document that enters waits until the daemon has seen it, however it came, and so does every
message that no machine could file; one that it knows something bad of is kept in quarantine. Nobody
waits for it: where the daemon does not answer, they stay as they are and are asked about again.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from typing import BinaryIO

from django.conf import settings
from django.db.models import Q, QuerySet

from valedor.casefile import store
from valedor.casefile.actions.note_scan import note_scan
from valedor.casefile.arrivals import content_of
from valedor.casefile.models import Document, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.clamd import Clamd, NotScanned, TookTooLong, Unreachable

AT_ONCE = 100
AGAIN = timedelta(hours=1)
"""When a document is tried again that the daemon did not take, or the disk does not have."""
_PIECE = 1 << 18
_MISSING = "missing from the disk"

logger = logging.getLogger(__name__)


def is_scanned_here() -> bool:
    """Whether the installation has its documents looked through."""
    return bool(settings.CLAMD_URL)


def scan_waiting(*, now: Callable[[], datetime]) -> int:
    """Look through what nobody has looked through: documents, then messages that wait for a
    person; how many those were.

    Raises ``BadSetting`` where ``CLAMD_URL`` cannot be read.
    """
    if not is_scanned_here():
        return 0
    daemon, seen = Clamd.at(settings.CLAMD_URL), 0
    try:
        daemon.greet()
        while waiting := _next(now()):
            for one in waiting:
                _scan(one, daemon, at=now())
                seen += 1
    except Unreachable as error:
        logger.warning("documents cannot be scanned", extra={"said": str(error)})
    return seen


def unscanned() -> QuerySet[Document]:
    """What nobody has looked through yet, erased ones apart."""
    return Document.objects.filter(scan=Document.Scan.UNSCANNED, erased_at=None)


def held_unscanned() -> QuerySet[RawMessage]:
    """Messages that wait for a person, or were set aside, and that nobody has looked through."""
    return RawMessage.objects.filter(
        scan=RawMessage.Scan.UNSCANNED,
        state__in=[RawMessage.State.HELD, RawMessage.State.SET_ASIDE],
    )


def _next(at: datetime) -> list[Document] | list[RawMessage]:
    is_due = Q(looked_at=None) | Q(looked_at__lt=at - AGAIN)
    with viewing(the_house()):
        documents = list(unscanned().filter(is_due).order_by("pk")[:AT_ONCE])
        return documents or list(held_unscanned().filter(is_due).order_by("pk")[:AT_ONCE])


def _scan(one: Document | RawMessage, daemon: Clamd, *, at: datetime) -> None:
    """Raises ``Unreachable``; what makes the daemon run without end lets others go first then."""
    try:
        with _opened(one) as file:
            found = daemon.found_in(iter(partial(file.read, _PIECE), b""))
    except (NotScanned, FileNotFoundError) as error:
        _not_scanned(one, str(error) if isinstance(error, NotScanned) else _MISSING, at)
    except TookTooLong as error:
        _not_scanned(one, str(error), at)
        raise
    else:
        if isinstance(one, Document):
            note_scan(one, found=found, at=at)
        else:
            _note_held(one, found, at)


def _opened(one: Document | RawMessage) -> BinaryIO:
    if isinstance(one, Document):
        return store.path_of(one.sha256).open("rb")
    return BytesIO(content_of(one))


def _not_scanned(one: Document | RawMessage, why: str, at: datetime) -> None:
    with viewing(the_house(one.entity_id)):
        type(one).objects.filter(pk=one.pk).update(looked_at=at, found=why[:200])


def _note_held(raw: RawMessage, found: str, at: datetime) -> None:
    said = RawMessage.Scan.INFECTED if found else RawMessage.Scan.CLEAN
    with viewing(the_house(raw.entity_id)):
        waits = RawMessage.objects.filter(pk=raw.pk, scan=RawMessage.Scan.UNSCANNED)
        waits.update(scan=said, found=found[:200], looked_at=at)
