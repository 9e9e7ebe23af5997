"""Fetching a mailbox: commit what is new, then do on the server what the mailbox says.

The number up to which messages were taken moves in the transaction that keeps them. A process that
dies in between leaves them on the server; the next pass finds from the number that they are ours.
"""

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from django.db import connection

from valedor.channels.email import arriving
from valedor.channels.email.arriving import Arrived
from valedor.channels.email.imap import Folder, Server, Unreachable, Waiting
from valedor.channels.email.models import Mailbox
from valedor.channels.email.oauth import Grant
from valedor.foundation.rows import Statement
from valedor.foundation.sealed import CannotOpen, unseal

PURPOSE = "mailbox"
COMMITTED_TOGETHER = 100
HEAVIEST_TOGETHER = 16 * 2**20
# A number of our own for PostgreSQL's advisory locks; the mailbox is the second one.
LOCK = 7_245_331
_MOVED_ON = """
    UPDATE channels_mailbox SET uid_validity = %s, last_uid = %s WHERE id = %s
"""

logger = logging.getLogger(__name__)


def server_of(mailbox: Mailbox) -> Server:
    """How to reach a mailbox. Raises ``Unreachable`` where its secret cannot be opened."""
    try:
        secret = json.loads(unseal(bytes(mailbox.secret or b""), purpose=PURPOSE))
    except (CannotOpen, ValueError) as error:
        raise Unreachable("Its password is not known here: set it once more.") from error
    grant = None
    if mailbox.signs_in == Mailbox.SignsIn.OAUTH:
        grant = Grant(
            token_url=mailbox.token_url,
            client_id=mailbox.client_id,
            refresh_token=secret.get("secret", ""),
            client_secret=secret.get("client_secret", ""),
        )
    return Server(
        host=mailbox.host,
        port=mailbox.port,
        security=mailbox.security,
        login=mailbox.login,
        folder=mailbox.folder,
        password=secret.get("secret", "") if grant is None else "",
        grant=grant,
    )


def fetch(mailbox: Mailbox, folder: Folder, *, now: Callable[[], datetime]) -> int:
    """Take in what is new; how many messages that were. One process at a time a mailbox.

    Raises ``Unreachable`` when the server fails; what was committed until then stays.
    """
    with _alone(mailbox.pk) as is_alone:
        if not is_alone:
            return 0
        mailbox.refresh_from_db()
        known = mailbox.last_uid if mailbox.uid_validity == folder.uid_validity else 0
        taken = 0
        new = folder.after(known)
        for together in _together(folder.contents(new)):
            last = together[-1][0].uid
            number: Statement = (_MOVED_ON, [folder.uid_validity, last, mailbox.pk])
            arrived = [
                Arrived(content, _envelope(one), one.arrived_at) for one, content in together
            ]
            arriving.keep(mailbox, arrived, at=now(), also=[number])
            _settle(mailbox, folder, [one.uid for one, _content in together])
            taken += len(together)
            known = last
        if mailbox.afterwards != Mailbox.Afterwards.KEEP and not new:
            # Kept here by a process that died before the server was told.
            _settle(mailbox, folder, folder.up_to(known))
        Mailbox.objects.filter(pk=mailbox.pk).update(
            looked_at=now(), trouble="", trouble_since=None
        )
        return taken


def note_trouble(mailbox: Mailbox, said: str, *, at: datetime) -> None:
    """The mailbox could not be read: since when, and why."""
    mine = Mailbox.objects.filter(pk=mailbox.pk)
    mine.filter(trouble_since=None).update(trouble_since=at)
    mine.update(trouble=said, looked_at=at)
    logger.warning("mailbox cannot be read", extra={"mailbox": mailbox.key, "said": said})


class _alone:  # noqa: N801 -- reads as a word where it is used
    """Whether nobody else fetches this mailbox, until the block ends or the process dies."""

    def __init__(self, mailbox_id: int) -> None:
        self._keys = [LOCK, mailbox_id % 2**31]
        self._is_mine = False

    def __enter__(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", self._keys)
            self._is_mine = bool(cursor.fetchone()[0])
        return self._is_mine

    def __exit__(self, *_error: object) -> None:
        if self._is_mine and connection.connection and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", self._keys)


def _envelope(one: Waiting) -> dict[str, object]:
    arrived = one.arrived_at.isoformat() if one.arrived_at else ""
    return {"uid": one.uid, "on_server_since": arrived}


def _together(
    contents: Iterator[tuple[Waiting, bytes]],
) -> Iterator[list[tuple[Waiting, bytes]]]:
    group: list[tuple[Waiting, bytes]] = []
    weight = 0
    for one, content in contents:
        group.append((one, content))
        weight += len(content)
        if len(group) == COMMITTED_TOGETHER or weight > HEAVIEST_TOGETHER:
            yield group
            group, weight = [], 0
    if group:
        yield group


def _settle(mailbox: Mailbox, folder: Folder, uids: Sequence[int]) -> None:
    if not uids:
        return
    match mailbox.afterwards:
        case Mailbox.Afterwards.MOVE:
            folder.move(uids, mailbox.done_folder)
        case Mailbox.Afterwards.DELETE:
            folder.delete(uids)
        case _:
            folder.mark_seen(uids)
