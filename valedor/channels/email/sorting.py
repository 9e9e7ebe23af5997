"""What becomes of a mail: decided from what was read, before anything is written. Pure.

Machines are never answered and never alarm anybody (RFC 3834, 2); what they say is kept all the
same. Nothing is thrown away: what becomes no case and joins none waits for a person.
"""

import enum
from dataclasses import dataclass

from valedor.channels.email.reading import ReadMessage
from valedor.channels.email.threads import Thread

ACKNOWLEDGED_AN_HOUR = 10
"""How many new contacts of one sender are answered with a receipt by mail in an hour."""
REGISTERED_AN_HOUR = 60
"""From how many on they wait for a person instead of becoming cases: a machine gone wild."""

SPAM = "spam"
"""The trouble of a mail that is held as unwanted."""
MACHINE = "from a machine"
TOO_MANY = "too many from one address"
MAY_BE_SPARED = frozenset({SPAM, MACHINE, TOO_MANY})
"""What a program took a mail for, and a person may know better."""
SPARED = "not_spam"
"""What its envelope says once a person has looked, and wants it."""


class Fate(enum.StrEnum):
    """What becomes of a mail."""

    BEGINS = "begins"  # A new case.
    JOINS = "joins"  # A message to a case.
    NOTED = "noted"  # What a machine says about a case: a line, and nobody is called.
    CAME_BACK = "came_back"  # A letter of ours did not arrive.
    WAITS = "waits"  # For a person, with ``trouble`` saying why.


@dataclass(frozen=True)
class Sorted:
    """The fate of a mail. ``is_kept_quiet``: registered, but no receipt goes out by itself."""

    fate: Fate
    trouble: str = ""
    is_kept_quiet: bool = False


def fate_of(
    mail: ReadMessage,
    thread: Thread | None,
    *,
    recent: int,
    is_ours: bool = False,
    is_unwanted: bool = False,
    is_spared: bool = False,
) -> Sorted:
    """``recent`` is how many mails the same address sent in the last hour; ``is_ours``, whether the
    mail was sent by this installation itself; ``is_spared``, whether somebody looked at it and
    says that a person wrote it. What belongs to a case is never held as unwanted.
    """
    if is_ours:
        return Sorted(Fate.WAITS, "our own mail")
    if mail.bounce is not None:
        return _returned(mail, thread)
    if (mail.automatic or mail.disposition) and not is_spared:
        return Sorted(Fate.NOTED) if thread else Sorted(Fate.WAITS, MACHINE)
    if recent >= REGISTERED_AN_HOUR and not is_spared:
        return Sorted(Fate.WAITS, TOO_MANY)
    if thread is not None:
        return Sorted(Fate.JOINS)
    if is_unwanted:
        return Sorted(Fate.WAITS, SPAM)
    if not says_something(mail):
        return Sorted(Fate.WAITS, "empty")
    return Sorted(Fate.BEGINS, is_kept_quiet=recent >= ACKNOWLEDGED_AN_HOUR)


def says_something(mail: ReadMessage) -> bool:
    """Whether there is anything to register: words, or a file."""
    words = (mail.text, mail.quoted, mail.subject)
    return any(text.strip() for text in words) or bool(mail.attachments)


def _returned(mail: ReadMessage, thread: Thread | None) -> Sorted:
    if thread is None:
        return Sorted(Fate.WAITS, "came back, of no letter of ours")
    if thread.letter_id is not None and mail.bounce is not None and mail.bounce.is_failure:
        return Sorted(Fate.CAME_BACK)
    return Sorted(Fate.NOTED)  # Late so far, or delivered after all.
