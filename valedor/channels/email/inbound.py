"""Reading what was committed: each mail becomes a case, joins one, or waits for a person.

What names no case goes together, some at a time; every other mail has a transaction of its own, and
so has each of some that stumbled together: none stands in another's way. A mail is locked while it
is written, so that two workers never register it twice. What cannot be read at all, or makes a
program of ours stumble, waits for a person with its bytes.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from valedor.casefile.arrivals import content_of
from valedor.casefile.at_once import at_once
from valedor.casefile.models import Case, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.email import enclosed, faxes, judging, keeping, to_the_office
from valedor.channels.email.joining import add_to
from valedor.channels.email.judging import Judgement
from valedor.channels.email.keeping import Incoming, is_spared
from valedor.channels.email.models import Mailbox
from valedor.channels.email.reading import ReadMessage, read
from valedor.channels.email.registering import submission_of
from valedor.channels.email.sorting import REGISTERED_AN_HOUR, Fate, Sorted, fate_of
from valedor.channels.email.threads import may_name_a_case, thread_of
from valedor.channels.email.together import NOT_WAITING, begin_together
from valedor.foundation import rows
from valedor.intake import attempts
from valedor.intake.actions.receive import receive
from valedor.intake.models import Attempt

AT_ONCE = 100
TOGETHER = 25
"""How many mails are read at a time…"""
HEAVIEST_TOGETHER = 4 * 2**20  # …and of how many bytes, a large one more or less.
LEFT_OVER = timedelta(minutes=2)
"""Longer than it takes from committing a mail to its job."""
_HOLD = """
    SELECT 1 FROM casefile_rawmessage WHERE id = %s AND state = 'arrived' FOR UPDATE SKIP LOCKED
"""

logger = logging.getLogger(__name__)


def read_waiting(mailbox: Mailbox, *, now: Callable[[], datetime]) -> int:
    """Read what lies unread in a mailbox, the oldest first; how many mails that were.

    What another worker has in hand is left to it.
    """
    seen = 0
    while True:
        with viewing(the_house(mailbox.entity_id)):
            waiting = list(
                RawMessage.objects.filter(
                    state=RawMessage.State.ARRIVED,
                    channel=Case.Channel.EMAIL,
                    entity=mailbox.entity_id,
                    envelope__mailbox=mailbox.key,
                ).order_by("received_at", "pk")[:AT_ONCE]
            )
        read_now = sum(fate is not None for fate in _read_all(waiting, mailbox, now=now))
        seen += read_now
        if len(waiting) < AT_ONCE or not read_now:
            return seen


def mailboxes_with_unread(*, before: datetime) -> list[Mailbox]:
    """The mailboxes in which mail has lain unread since before a moment."""
    unread = RawMessage.objects.filter(
        state=RawMessage.State.ARRIVED, channel=Case.Channel.EMAIL, received_at__lt=before
    )
    keys = unread.values_list("envelope__mailbox", flat=True).distinct()
    return list(Mailbox.objects.filter(key__in=list(keys)))


def _read_all(
    waiting: Sequence[RawMessage], mailbox: Mailbox, *, now: Callable[[], datetime]
) -> Iterator[Fate | None]:
    """Read mails in their order, some at a time; what became of each."""
    lot: list[_Opened] = []
    weight = 0
    for raw in waiting:
        found = _opened(raw)
        if isinstance(found, Fate):
            yield found
            continue
        lot.append(found)
        weight += len(found.content)
        if len(lot) == TOGETHER or weight > HEAVIEST_TOGETHER:
            yield from _settle_all(lot, mailbox, at=now())
            lot, weight = [], 0
    yield from _settle_all(lot, mailbox, at=now())


def _settle_all(
    lot: Sequence["_Opened"], mailbox: Mailbox, *, at: datetime
) -> Iterator[Fate | None]:
    group: list[Incoming] = []
    for incoming in _judged(lot, mailbox, at=at):
        is_apart = mailbox.is_fax or mailbox.is_of_the_office
        if is_apart or may_name_a_case(incoming.marks):
            yield from _begin_all(group, at=at)  # What it answers may be among them.
            group = []
            yield _settle_one(incoming)
        else:
            group.append(incoming)
    yield from _begin_all(group, at=at)


def _begin_all(group: Sequence[Incoming], *, at: datetime) -> list[Fate | None]:
    if len(group) > 1:
        try:
            return begin_together(group, at=at)
        except Exception:
            # One of them, or the database: whichever it was shows when each is by itself.
            logger.warning("mails are read one by one", exc_info=True)
    return [_settle_one(one) for one in group]


def read_one(raw: RawMessage, mailbox: Mailbox, *, at: datetime) -> Fate | None:
    """Read one mail; what became of it. Nothing where somebody else reads it, or has read it."""
    found = _opened(raw)
    if isinstance(found, Fate):
        return found
    (incoming,) = _judged([found], mailbox, at=at)
    return _settle_one(incoming)


@dataclass(frozen=True)
class _Opened:
    raw: RawMessage
    content: bytes
    mail: ReadMessage


def _opened(raw: RawMessage) -> _Opened | Fate:
    """A mail that was read; or its fate where it cannot be."""
    try:
        content = content_of(raw)
    except FileNotFoundError:
        return _hold(raw, "missing from the disk")
    try:
        return _Opened(raw, content, read(content))
    except Exception:
        # Whatever it was: the mail is here and the next one is not kept waiting.
        logger.exception("mail cannot be read", extra={"raw": raw.pk})
        return _hold(raw, "unreadable mail")


def _judged(lot: Sequence[_Opened], mailbox: Mailbox, *, at: datetime) -> list[Incoming]:
    """Mails with what is said of each: asked before anything is locked, and not against a
    person.
    """
    asked = [one for one in lot if not is_spared(one.raw)]
    said = judging.judged(
        [keeping.asked_about(one.content, one.mail, mailbox) for one in asked], at=at
    )
    judgements = {one.raw.pk: judgement for one, judgement in zip(asked, said, strict=True)}
    spared = Judgement(verdict="spared by a person")
    return [
        Incoming(one.raw, mailbox, one.mail, at, judgements.get(one.raw.pk, spared)) for one in lot
    ]


def _settle_one(incoming: Incoming) -> Fate | None:
    try:
        return _settle(incoming)
    except Exception:
        logger.exception("mail cannot be registered", extra={"raw": incoming.raw.pk})
        return _hold(incoming.raw, "unreadable mail")


def _hold(raw: RawMessage, trouble: str) -> Fate:
    with viewing(the_house(raw.entity_id)):
        RawMessage.objects.filter(pk=raw.pk, state=RawMessage.State.ARRIVED).update(
            state=RawMessage.State.HELD, trouble=trouble
        )
    return Fate.WAITS


def _settle(incoming: Incoming) -> Fate | None:
    """Decide and write, in one transaction that holds the mail."""
    with viewing(incoming.viewer):
        is_mine, recent = _held_and_recent(incoming)
        if not is_mine:
            return None
        if incoming.mailbox.is_fax:
            return _fax(incoming)
        thread = thread_of(incoming.marks, incoming.mailbox.entity_id, at=incoming.at)
        if incoming.mailbox.is_of_the_office and thread is not None:
            thread = to_the_office.file_instead(thread)
        found = fate_of(
            incoming.mail,
            thread,
            recent=recent,
            is_ours=incoming.is_ours,
            is_unwanted=incoming.judgement.is_unwanted,
            is_spared=incoming.is_spared,
        )
        if found.fate is Fate.BEGINS and incoming.mailbox.is_of_the_office:
            if refusal := to_the_office.bring(incoming):
                _wait(incoming, refusal)
                return Fate.WAITS
        elif found.fate is Fate.BEGINS:
            _begin(incoming, found)
        elif found.fate is Fate.WAITS or thread is None:
            _wait(incoming, found.trouble)
        elif not add_to(thread, incoming, found.fate):
            _wait(incoming, "of an erased case")
        return found.fate


def _held_and_recent(incoming: Incoming) -> tuple[bool, int]:
    """Hold a mail until the transaction ends: whether it is ours to read, for another worker may
    hold it or have read it; and how many mails its sender sent within the hour.
    """
    address = incoming.sender.address
    count = attempts.counting(Attempt.What.MAIL, address, at=incoming.at, up_to=REGISTERED_AN_HOUR)
    asked = [(_HOLD, [incoming.raw.pk]), count, (NOT_WAITING, [])]
    held, (recent,), _set = at_once(asked, viewer=incoming.viewer)
    return bool(held), int(recent) if address else 0


def _begin(incoming: Incoming, found: Sorted) -> None:
    kept, refused = enclosed.files_of(incoming.mail)
    submission = submission_of(
        incoming.mail,
        incoming.mailbox,
        incoming.raw,
        sender=incoming.sender,
        files=kept,
        refused=refused,
        is_kept_quiet=found.is_kept_quiet,
    )

    def also(case: Case) -> list[rows.Statement]:
        noted = attempts.noting(Attempt.What.MAIL, incoming.sender.address, at=incoming.at)
        return [noted, *map(rows.insert_of, keeping.rows_of(incoming, case=case))]

    receive(submission, at=incoming.at, also=also)


def _fax(incoming: Incoming) -> Fate:
    """Nobody answers a fax service: what it delivers are letters, and anything else waits."""
    if faxes.take(incoming):
        return Fate.BEGINS
    _wait(incoming, faxes.NO_FAX)
    return Fate.WAITS


def _wait(incoming: Incoming, trouble: str) -> None:
    rows.send(map(rows.insert_of, keeping.rows_of(incoming, case=None)))
    RawMessage.objects.filter(pk=incoming.raw.pk).update(
        state=RawMessage.State.HELD, trouble=trouble
    )
