"""A mail of a case that exists: its person's words, a stranger's, a machine's, or a letter that
came back.
"""

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import SYSTEM, By
from valedor.casefile.joining import locked_where_it_goes_on
from valedor.casefile.models import Case, Letter, RawMessage
from valedor.casefile.seats import EVERYONE, Seat
from valedor.channels.actions.come_back import come_back
from valedor.channels.email import enclosed, keeping
from valedor.channels.email.facts import MachineWrote, StrangerWrote
from valedor.channels.email.keeping import Incoming
from valedor.channels.email.sorting import Fate
from valedor.channels.email.threads import Thread, without_links
from valedor.channels.speakers import speaker_of
from valedor.foundation import rows
from valedor.handling.actions.add_document import add_document, refuse_document
from valedor.handling.actions.receive_message import receive_message
from valedor.handling.alarms import raise_alarm
from valedor.handling.models import Alarm
from valedor.handling.rules.words import LONGEST
from valedor.intake import attempts
from valedor.intake.models import Attempt
from valedor.people.models import ContactPoint
from valedor.review.office.actions.hear import hear


def add_to(thread: Thread, incoming: Incoming, fate: Fate) -> bool:
    """Add a mail to its case, or to the one in which that goes on, in the current transaction;
    False for a case that was erased.
    """
    named = Case.objects.get(pk=thread.case_id)
    case = locked_where_it_goes_on(named)
    if case.erased_at is not None:
        return False
    if fate is Fate.CAME_BACK and thread.letter_id is not None:
        _came_back(thread.letter_id, incoming)
        case = locked(case)  # Its line is the last one now.
    is_from_stranger = False
    if fate is Fate.JOINS:
        address = incoming.sender.address
        speaker = speaker_of(case, ContactPoint.Kind.EMAIL, address, at=incoming.at)
        if speaker is None and named.pk != case.pk:
            speaker = speaker_of(named, ContactPoint.Kind.EMAIL, address, at=incoming.at)
        is_from_stranger = speaker is None
        if speaker is None:
            _note(case, incoming, StrangerWrote(raw=incoming.raw.pk, sender=_named(incoming)))
            raise_alarm(case, Alarm.Cause.PERSON_WROTE, at=incoming.at)
        else:
            _join(case, incoming, speaker)
    else:
        _note(case, incoming, MachineWrote(raw=incoming.raw.pk, sender=_named(incoming)))
    made = keeping.rows_of(incoming, case=case, is_from_stranger=is_from_stranger)
    noted = attempts.noting(Attempt.What.MAIL, incoming.sender.address, at=incoming.at)
    rows.send([*map(rows.insert_of, made), noted])
    RawMessage.objects.filter(pk=incoming.raw.pk).update(
        case=case, state=RawMessage.State.REGISTERED, seats=int(case.seated(EVERYONE))
    )
    return True


def _join(case: Case, incoming: Incoming, by: By) -> None:
    raw = incoming.raw
    if case.is_of_the_office:
        kept, refused = enclosed.files_of(incoming.mail)
        hear(case, text=_said(incoming, [one.name for one in refused]), by=by, at=raw.received_at,
             channel=Case.Channel.EMAIL, documents=kept)  # fmt: skip
        return
    receive_message(
        case,
        text=_words(incoming) or incoming.mail.subject or "…",
        channel=Case.Channel.EMAIL,
        by=by,
        at=raw.received_at,
        raw=raw,
        recorded_at=incoming.at,
    )
    kept, refused = enclosed.files_of(incoming.mail)
    for file in kept:
        add_document(case, file=file, by=by, at=raw.received_at)
    for one in refused:
        refuse_document(case, refused=one, by=by, at=raw.received_at)


def _said(incoming: Incoming, not_taken: list[str]) -> str:
    """What was written to the ombudsman, and the names of files that could not be taken."""
    words = _words(incoming) or incoming.mail.subject or "…"
    return "\n".join([words, *(f"[{name}]" for name in not_taken)])


def _note(case: Case, incoming: Incoming, fact: StrangerWrote | MachineWrote) -> None:
    timeline.record(
        case,
        fact,
        by=SYSTEM,
        at=incoming.raw.received_at,
        recorded_at=incoming.at,
        body=_words(incoming),
        seats=Seat.COMPANY,
    )


def _named(incoming: Incoming) -> str:
    return incoming.sender.address or incoming.sender.name


def _came_back(letter_id: int, incoming: Incoming) -> None:
    bounce = incoming.mail.bounce
    if bounce is None:
        return
    letter = Letter.objects.select_related("case").get(pk=letter_id)
    said = " ".join(filter(None, (bounce.status, bounce.reason)))
    is_final = not (bounce.status or "").startswith("4")
    reason = said or incoming.mail.subject
    come_back(letter, reason=reason, at=incoming.at, for_good=is_final)


def _words(incoming: Incoming) -> str:
    """What is new in it, as a line of the timeline holds it; the whole text lies beside it."""
    text = without_links(incoming.mail.text or incoming.mail.quoted).strip()
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
