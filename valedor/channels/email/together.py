"""Many mails that begin something new, in one transaction: a burst is a matter of round trips.

Only mails that name no case come here, so that none of them waits for what another one becomes. All
are written or none: whoever calls reads them one by one then, and the one that stumbled is found.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import models

from valedor.casefile.models import Case
from valedor.casefile.viewing import viewing
from valedor.channels.email import enclosed, keeping
from valedor.channels.email.keeping import Incoming
from valedor.channels.email.registering import submission_of
from valedor.channels.email.sorting import REGISTERED_AN_HOUR, Fate, Sorted, fate_of
from valedor.foundation import rows
from valedor.foundation.questions import one_round_trip
from valedor.intake import attempts
from valedor.intake.actions.receive import receive_together
from valedor.intake.models import Attempt
from valedor.intake.submission import Submission

# The mail itself is on disk: what a power cut takes is read again. No letter leaves before it is on
# disk too, for the claim of a letter waits for everything that was written before it.
NOT_WAITING = "SELECT set_config('synchronous_commit', 'off', true)"
_HOLD = """
    SELECT id FROM casefile_rawmessage
    WHERE id = ANY(%s) AND state = 'arrived' ORDER BY id FOR UPDATE SKIP LOCKED
"""
_HELD = "UPDATE casefile_rawmessage SET state = 'held', trouble = %s WHERE id = %s"


def begin_together(group: Sequence[Incoming], *, at: datetime) -> list[Fate | None]:
    """Decide and write what mails of one mailbox become, in their order; nothing for those that
    another worker has in hand. Raises whatever any of them raises, and then nothing is written.
    """
    with viewing(group[0].viewer):
        mine, recent = _held_and_recent(group, at)
        fates: list[Fate | None] = []
        beginning: dict[int, tuple[Incoming, Sorted]] = {}
        waiting: list[tuple[Incoming, str]] = []
        for incoming in group:
            if incoming.raw.pk not in mine:
                fates.append(None)
                continue
            found = _sorted(incoming, recent)
            fates.append(found.fate)
            if found.fate is Fate.BEGINS:
                beginning[incoming.raw.pk] = (incoming, found)
            else:
                waiting.append((incoming, found.trouble))
        _begin(beginning, at)
        _wait(waiting)
    return fates


def _held_and_recent(group: Sequence[Incoming], at: datetime) -> tuple[set[int], Counter[bytes]]:
    """Which of them are ours to read, held until the transaction ends; and how many mails each
    sender sent within the hour.
    """
    senders = {_digest_of(one) for one in group if one.sender.address}
    with one_round_trip() as ask:
        held = ask.rows(_HOLD, [[one.raw.pk for one in group]])
        counted = ask.rows(
            *attempts.counting_each(Attempt.What.MAIL, senders, at=at, up_to=REGISTERED_AN_HOUR)
        )
        ask.rows(NOT_WAITING)
    return {row[0] for row in held}, Counter({bytes(digest): number for digest, number in counted})


def _sorted(incoming: Incoming, recent: Counter[bytes]) -> Sorted:
    digest = _digest_of(incoming) if incoming.sender.address else b""
    found = fate_of(
        incoming.mail,
        None,
        recent=recent[digest] if digest else 0,
        is_ours=incoming.is_ours,
        is_unwanted=incoming.judgement.is_unwanted,
        is_spared=incoming.is_spared,
    )
    if found.fate is Fate.BEGINS:
        recent[digest] += 1
    return found


def _begin(beginning: dict[int, tuple[Incoming, Sorted]], at: datetime) -> None:
    submissions: list[Submission] = []
    for incoming, found in beginning.values():
        kept, refused = enclosed.files_of(incoming.mail)
        submissions.append(
            submission_of(
                incoming.mail,
                incoming.mailbox,
                incoming.raw,
                sender=incoming.sender,
                files=kept,
                refused=refused,
                is_kept_quiet=found.is_kept_quiet,
            )
        )

    def beside(submission: Submission, case: Case) -> list[models.Model]:
        incoming, _found = beginning[submission.raw_id or 0]
        noted = attempts.attempt_of(Attempt.What.MAIL, incoming.sender.address, at=at)
        return [noted, *keeping.rows_of(incoming, case=case)]

    receive_together(submissions, at=at, beside=beside)


def _wait(waiting: Sequence[tuple[Incoming, str]]) -> None:
    made = [row for incoming, _trouble in waiting for row in keeping.rows_of(incoming, case=None)]
    states: list[rows.Statement] = [(_HELD, [said, one.raw.pk]) for one, said in waiting]
    rows.send([*rows.together(made), *states])


def _digest_of(incoming: Incoming) -> bytes:
    return attempts.digest_of_address(incoming.sender.address)
