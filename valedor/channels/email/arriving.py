"""Mail as it comes in, committed as bytes before anything reads it or the server's copy is touched.

The same bytes are kept once a mailbox: a pipe that tries again and a server that numbers its
messages anew find them there.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from valedor.casefile.arrivals import raw_of
from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.email.models import Mailbox
from valedor.foundation.jobs import job_statement
from valedor.foundation.rows import Statement, insert_of, send

READ = "valedor.channels.tasks.read_mailbox"
_ONCE = " ON CONFLICT (token) DO NOTHING"


@dataclass(frozen=True)
class Arrived:
    """One message: its bytes, what is known of how it came, and since when it lay on the server."""

    content: bytes
    envelope: dict[str, Any]
    on_server_since: datetime | None = None


def keep(
    mailbox: Mailbox,
    arrived: Sequence[Arrived],
    *,
    at: datetime,
    also: Sequence[Statement] = (),
) -> None:
    """Commit messages together with what holds or falls with them, and have them read.

    Clocks run from when a message reached the mailbox: from then on it is with the addressee,
    whenever somebody comes to fetch it. That moment is the server's own date of arrival
    (INTERNALDATE; RFC 9051, 2.3.3), at the latest ``at``. The header Date counts for nothing: its
    sender writes there what they like.

    Raises ``OSError`` where the disk, ``DatabaseError`` where the database does not take them: then
    none is kept, and whoever brought them still has them.
    """
    statements: list[Statement] = []
    for one in arrived:
        raw = raw_of(
            one.content,
            entity_id=mailbox.entity_id,
            channel=Case.Channel.EMAIL,
            media_type="message/rfc822",
            envelope={"mailbox": mailbox.key, **one.envelope},
            at=min(one.on_server_since or at, at),
            token=token_of(mailbox, one.content),
            seats=mailbox.seats,
        )
        insert, values = insert_of(raw)
        statements.append((insert + _ONCE, values))
    with viewing(the_house(mailbox.entity_id)):
        send([*statements, *also, job_statement(READ, mailbox_id=mailbox.pk)])


def token_of(mailbox: Mailbox, content: bytes) -> str:
    """By what the same bytes in the same mailbox are known again."""
    return hashlib.sha256(b"mailbox %d\n" % mailbox.pk + content).hexdigest()
