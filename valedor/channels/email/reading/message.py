"""What a person can read of a message: the answer of ``read``.

No string holds a NUL, another control character or half a surrogate; no header value holds a line
end. So everything may be stored, shown and written into a header as it is.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal

from .defects import Defect

System = Literal["S/MIME", "PGP"]
Action = Literal["failed", "delayed", "delivered", "relayed", "expanded"]
Reason = Literal[
    "delivery-report",
    "disposition-notification",
    "abuse-report",
    "vacation",
    "auto-submitted",
    "auto-reply",
    "precedence",
    "list",
    "empty-return-path",
    "mailer-daemon",
    "subject",
]


@dataclass(frozen=True)
class Address:
    """Somebody on the envelope. One of both may be empty where the message says no more."""

    name: str
    address: str


@dataclass(frozen=True)
class Attachment:
    """A file that came with the message, under a name that does no harm.

    ``media_type`` is what the sender says, not what the bytes show. ``is_inline`` is a picture that
    the HTML shows in its place by ``content_id``. ``message`` is an attached message, read.
    """

    name: str
    media_type: str
    content: bytes = field(repr=False)
    is_inline: bool = False
    content_id: str = ""
    message: "ReadMessage | None" = None

    @property
    def size(self) -> int:
        """Its bytes, counted."""
        return len(self.content)

    @cached_property
    def sha256(self) -> str:
        """The digest of its bytes, in hex."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Security:
    """By which system a message is signed or encrypted. Nothing of it was verified."""

    signed: System | None = None
    encrypted: System | None = None


@dataclass(frozen=True)
class Automatic:
    """Why a message is taken for a machine's, and the header or words that show it."""

    reason: Reason
    evidence: str

    def __str__(self) -> str:
        return f"{self.reason}: {self.evidence}"


@dataclass(frozen=True)
class DeliveryResult:
    """What became of a message at one recipient."""

    recipient: str
    action: Action
    status: str | None
    reason: str


@dataclass(frozen=True)
class Bounce:
    """What a mail server reports of a message that was sent.

    ``action``, ``status`` and ``reason`` are those of the gravest result. A delay is no failure,
    and neither is a report of success.
    """

    results: tuple[DeliveryResult, ...]
    message_id: str | None

    @property
    def recipients(self) -> tuple[str, ...]:
        """Whom the message did not reach, or did; in the order of the report."""
        return tuple(dict.fromkeys(one.recipient for one in self.results if one.recipient))

    @property
    def gravest(self) -> DeliveryResult:
        """The result that decides what the report means."""
        return min(self.results, key=lambda one: _GRAVITY.index(one.action))

    @property
    def action(self) -> Action:
        """What the server did, of the gravest result."""
        return self.gravest.action

    @property
    def status(self) -> str | None:
        """The status of RFC 3463, of the gravest result."""
        return self.gravest.status

    @property
    def reason(self) -> str:
        """What the server says, of the gravest result."""
        return self.gravest.reason

    @property
    def is_failure(self) -> bool:
        """Whether somebody will never get the message."""
        return self.action == "failed"


_GRAVITY: tuple[Action, ...] = ("failed", "delayed", "expanded", "relayed", "delivered")


@dataclass(frozen=True)
class Disposition:
    """What somebody's mail program says it did with a message (RFC 8098): displayed, deleted …"""

    recipient: str
    kind: str
    message_id: str | None


@dataclass(frozen=True, kw_only=True)
class ReadMessage:
    """One message as a person can read it.

    ``text`` is what is new, ``quoted`` what was quoted below it; where that is in doubt everything
    is ``text``. ``html`` may be shown as it stands: it loads nothing and runs nothing.
    ``message_id`` and ``references`` keep their angle brackets.
    """

    author: Address | None = None
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    delivered_to: tuple[str, ...] = ()
    """The mailboxes through which servers handed it on, the last first."""
    return_path: str | None = None
    """The address of the envelope; empty where bounces go nowhere, none where it is unknown."""

    subject: str = ""
    date: datetime | None = None
    message_id: str | None = None
    references: tuple[str, ...] = ()
    language: str | None = None

    text: str = ""
    quoted: str = ""
    html: str | None = None
    remote_loads_removed: int = 0
    attachments: tuple[Attachment, ...] = ()

    security: Security | None = None
    automatic: Automatic | None = None
    bounce: Bounce | None = None
    disposition: Disposition | None = None
    is_from_list: bool = False
    """Somebody wrote it to a mailing list, which handed it on."""
    list_addresses: tuple[str, ...] = ()
    """Where one writes to that list, in lower case: no answer to a person goes there."""
    marks: tuple[str, ...] = ()
    """What stands where an installation of ours puts its mark. Nothing of it was verified."""

    defects: tuple[Defect, ...] = ()
