"""From a mail that begins something new to a submission like any other."""

from collections.abc import Sequence
from dataclasses import asdict

from valedor.casefile.documents import FileRefused, Kept
from valedor.casefile.models import Case, Kind, RawMessage
from valedor.channels.email.keeping import Sender
from valedor.channels.email.models import Mailbox
from valedor.channels.email.reading import ReadMessage
from valedor.channels.email.threads import without_links
from valedor.handling.rules.words import LONGEST
from valedor.intake.submission import KeptFile, PersonGiven, RefusedFile, Submission

LONGEST_SUBJECT = 200


def submission_of(
    mail: ReadMessage,
    mailbox: Mailbox,
    raw: RawMessage,
    *,
    sender: Sender,
    files: Sequence[Kept],
    refused: Sequence[FileRefused],
    is_kept_quiet: bool,
) -> Submission:
    """What a mail asks to be registered as. Whoever forwards something tells it in the quotation,
    so that is the narrative where nothing else was written.
    """
    words = without_links(mail.text).strip() or without_links(mail.quoted).strip()
    subject = " ".join(mail.subject.split())
    return Submission(
        entity_id=mailbox.entity_id,
        kind=Kind(mailbox.kind),
        channel=Case.Channel.EMAIL,
        language=_language_of(mail, mailbox),
        received_at=raw.received_at,
        person=PersonGiven(name=sender.name, email=sender.address),
        answer_channel=Case.Channel.EMAIL,
        subject=subject[:LONGEST_SUBJECT],
        narrative=(words or subject)[:LONGEST],
        is_marked_abuse=is_kept_quiet,
        documents=tuple(KeptFile(**asdict(one)) for one in files),
        refused=tuple(
            RefusedFile(name=one.name, size=one.size, reason=one.refusal.code) for one in refused
        ),
        raw_id=raw.pk,
        team=mailbox.team,
        in_reply_to=mail.message_id or "",
    )


def _language_of(mail: ReadMessage, mailbox: Mailbox) -> str:
    """The language that the mail says it is in, where the entity speaks it; else the mailbox's."""
    said = (mail.language or "").lower()
    spoken = mailbox.entity.languages
    if said in spoken:
        return said
    return next((one for one in spoken if one.partition("-")[0] == said[:2]), mailbox.language)
