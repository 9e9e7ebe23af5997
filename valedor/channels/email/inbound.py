"""Reading what was committed: each mail becomes a case, joins one, or waits for a person.

One mail at a time and each in a transaction of its own, so that none stands in another's way. What
cannot be read at all, or makes a program of ours stumble, waits for a person with its bytes.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import COMPLAINANT, REPRESENTATIVE, SYSTEM, By
from valedor.casefile.arrivals import content_of
from valedor.casefile.at_once import at_once
from valedor.casefile.letters import letter_of
from valedor.casefile.models import Case, Letter, RawMessage
from valedor.casefile.seats import EVERYONE, Seat
from valedor.casefile.viewing import Viewer, the_house, viewing
from valedor.channels.actions.come_back import come_back
from valedor.channels.email import enclosed, keeping
from valedor.channels.email.facts import MachineWrote, StrangerWrote
from valedor.channels.email.models import Mailbox
from valedor.channels.email.reading import ReadMessage, read
from valedor.channels.email.registering import submission_of
from valedor.channels.email.sorting import REGISTERED_AN_HOUR, Fate, Sorted, fate_of
from valedor.channels.email.threads import Marks, Thread, speaker_of, thread_of, without_links
from valedor.foundation import rows
from valedor.handling.actions.add_document import add_document, refuse_document
from valedor.handling.actions.receive_message import receive_message
from valedor.handling.alarms import raise_alarm
from valedor.handling.models import Alarm
from valedor.handling.rules.words import LONGEST
from valedor.intake import attempts
from valedor.intake.actions.receive import receive
from valedor.intake.models import Attempt

AT_ONCE = 100
LEFT_OVER = timedelta(minutes=2)
"""Longer than it takes from committing a mail to its job."""

logger = logging.getLogger(__name__)


def read_waiting(mailbox: Mailbox, *, now: Callable[[], datetime]) -> int:
    """Read what lies unread in a mailbox, the oldest first; how many mails that were."""
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
        for raw in waiting:
            read_one(raw, mailbox, at=now())
        seen += len(waiting)
        if len(waiting) < AT_ONCE:
            return seen


def mailboxes_with_unread(*, before: datetime) -> list[Mailbox]:
    """The mailboxes in which mail has lain unread since before a moment."""
    unread = RawMessage.objects.filter(
        state=RawMessage.State.ARRIVED, channel=Case.Channel.EMAIL, received_at__lt=before
    )
    keys = unread.values_list("envelope__mailbox", flat=True).distinct()
    return list(Mailbox.objects.filter(key__in=list(keys)))


def read_one(raw: RawMessage, mailbox: Mailbox, *, at: datetime) -> Fate:
    """Read one mail; what became of it."""
    try:
        content = content_of(raw)
    except FileNotFoundError:
        return _hold(raw, "missing from the disk")
    try:
        mail = read(content)
        return _Reading(raw, mailbox, mail, at).settle()
    except Exception:
        # Whatever it was: the mail is here and the next one is not kept waiting.
        logger.exception("mail cannot be registered", extra={"raw": raw.pk})
        return _hold(raw, "unreadable mail")


def _hold(raw: RawMessage, trouble: str) -> Fate:
    with viewing(the_house(raw.entity_id)):
        RawMessage.objects.filter(pk=raw.pk, state=RawMessage.State.ARRIVED).update(
            state=RawMessage.State.HELD, trouble=trouble
        )
    return Fate.WAITS


class _Reading:
    """One mail on its way to wherever it belongs."""

    def __init__(self, raw: RawMessage, mailbox: Mailbox, mail: ReadMessage, at: datetime) -> None:
        self.raw, self.mailbox, self.mail, self.at = raw, mailbox, mail, at
        self.sender = keeping.sender_of(mail)
        self.viewer = Viewer(entities=(mailbox.entity_id,), seats=EVERYONE)

    def settle(self) -> Fate:
        """Decide and write, in one transaction where it joins something."""
        with viewing(self.viewer):
            thread = self._thread()
            found = fate_of(self.mail, thread, recent=self._recent(), is_ours=self._is_ours())
        if found.fate is Fate.BEGINS:
            self._begin(found)
        elif found.fate is Fate.WAITS or thread is None:
            self._wait(found.trouble)
        else:
            self._add_to(thread, found.fate)
        return found.fate

    def _thread(self) -> Thread | None:
        reports = (self.mail.bounce, self.mail.disposition)
        returned = tuple(one.message_id for one in reports if one and one.message_id)
        recipients = (*self.mail.to, *self.mail.cc)
        return thread_of(
            Marks(
                recipients=(
                    *(one.address for one in recipients),
                    str(self.raw.envelope.get("recipient", "")),
                    *self.mail.delivered_to,
                ),
                references=(*self.mail.references, *returned),
                texts=(self.mail.text, self.mail.quoted),
                subject=self.mail.subject,
                sender=self.sender.address,
            ),
            self.mailbox.entity_id,
        )

    def _is_ours(self) -> bool:
        """Sent by us: its own id carries a mark that only we make."""
        token = (self.mail.message_id or "").strip("<>").rpartition("@")[0]
        return letter_of(token) is not None

    def _recent(self) -> int:
        if not self.sender.address:
            return 0
        asked = attempts.counting(
            Attempt.What.MAIL, self.sender.address, at=self.at, up_to=REGISTERED_AN_HOUR
        )
        ((recent,),) = at_once([asked], viewer=self.viewer)
        return int(recent)

    # -------------------------------------------------------------- a new case
    def _begin(self, found: Sorted) -> None:
        kept, refused = enclosed.files_of(self.mail)
        submission = submission_of(
            self.mail,
            self.mailbox,
            self.raw,
            sender=self.sender,
            files=kept,
            refused=refused,
            is_kept_quiet=found.is_kept_quiet,
        )

        def also(case: Case) -> list[rows.Statement]:
            noted = attempts.noting(Attempt.What.MAIL, self.sender.address, at=self.at)
            made = keeping.rows_of(self.raw, self.mailbox, self.mail, case=case)
            return [noted, *(rows.insert_of(row) for row in made)]

        receive(submission, at=self.at, also=also)

    # -------------------------------------------------------------- an old one
    def _add_to(self, thread: Thread, fate: Fate) -> None:
        with viewing(self.viewer):
            case = locked(Case.objects.get(pk=thread.case_id))
            if case.erased_at is not None:
                self._wait("of an erased case")
                return
            if fate is Fate.CAME_BACK and thread.letter_id is not None:
                self._came_back(thread.letter_id)
                case = locked(case)  # Its line is the last one now.
            speaker = speaker_of(case, self.sender.address)
            if fate is Fate.JOINS and speaker is not None:
                by = REPRESENTATIVE if speaker == "representative" else COMPLAINANT
                self._join(case, by)
            elif fate is Fate.JOINS:
                self._note_stranger(case)
            else:
                self._note_machine(case)
            rows.send(
                [
                    *(
                        rows.insert_of(row)
                        for row in keeping.rows_of(
                            self.raw,
                            self.mailbox,
                            self.mail,
                            case=case,
                            is_from_stranger=fate is Fate.JOINS and speaker is None,
                        )
                    ),
                    attempts.noting(Attempt.What.MAIL, self.sender.address, at=self.at),
                ]
            )
            RawMessage.objects.filter(pk=self.raw.pk).update(
                case=case, state=RawMessage.State.REGISTERED
            )

    def _join(self, case: Case, by: By) -> None:
        receive_message(
            case,
            text=self._words() or self.mail.subject or "…",
            channel=Case.Channel.EMAIL,
            by=by,
            at=self.raw.received_at,
            raw=self.raw,
            recorded_at=self.at,
        )
        kept, refused = enclosed.files_of(self.mail)
        for file in kept:
            add_document(case, file=file, by=by, at=self.raw.received_at)
        for one in refused:
            refuse_document(case, refused=one, by=by, at=self.raw.received_at)

    def _note_stranger(self, case: Case) -> None:
        fact = StrangerWrote(raw=self.raw.pk, sender=self.sender.address or self.sender.name)
        self._note(case, fact)
        raise_alarm(case, Alarm.Cause.PERSON_WROTE, at=self.at)

    def _note_machine(self, case: Case) -> None:
        fact = MachineWrote(raw=self.raw.pk, sender=self.sender.address or self.sender.name)
        self._note(case, fact)

    def _note(self, case: Case, fact: StrangerWrote | MachineWrote) -> None:
        timeline.record(
            case,
            fact,
            by=SYSTEM,
            at=self.raw.received_at,
            recorded_at=self.at,
            body=self._words(),
            seats=Seat.COMPANY,
        )

    def _came_back(self, letter_id: int) -> None:
        bounce = self.mail.bounce
        letter = Letter.objects.select_related("case").get(pk=letter_id)
        if bounce is None:
            return
        said = " ".join(filter(None, (bounce.status, bounce.reason)))
        is_final = not (bounce.status or "").startswith("4")
        come_back(letter, reason=said or self.mail.subject, at=self.at, for_good=is_final)

    def _words(self) -> str:
        """What is new in it, as a line of the timeline holds it; the whole text lies beside it."""
        text = without_links(self.mail.text or self.mail.quoted).strip()
        return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"

    # -------------------------------------------------------------- for a person
    def _wait(self, trouble: str) -> None:
        with viewing(self.viewer):
            rows.send(
                [
                    rows.insert_of(row)
                    for row in keeping.rows_of(self.raw, self.mailbox, self.mail, case=None)
                ]
            )
            RawMessage.objects.filter(pk=self.raw.pk, state=RawMessage.State.ARRIVED).update(
                state=RawMessage.State.HELD, trouble=trouble
            )
