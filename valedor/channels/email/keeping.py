"""What was read from a mail, as rows: safe to show, and found again by the ids it carries."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.db import models

from valedor.casefile.letters import letter_of
from valedor.casefile.models import Case, RawMessage
from valedor.casefile.seats import EVERYONE
from valedor.casefile.viewing import Viewer
from valedor.channels.email import mark
from valedor.channels.email.judging import NOT_ASKED, Asked, Judgement
from valedor.channels.email.models import Mail, Mailbox, MailTrace
from valedor.channels.email.reading import Address, ReadMessage
from valedor.channels.email.sorting import SPARED
from valedor.channels.email.threads import Marks, digest_of, without_links
from valedor.foundation.rows import fresh

# A page of a mail beyond this is only kept in the message itself.
LARGEST_PAGE = 512 * 1024


@dataclass(frozen=True)
class Sender:
    """Who wrote, and where an answer reaches them."""

    name: str = ""
    address: str = ""


def sender_of(mail: ReadMessage) -> Sender:
    """The author. A program that cannot be answered names another address to answer to.

    Whoever writes through a mailing list is a person like any other, and is answered at their own
    address. The list's is never taken for theirs, though lists write it there: what is said to a
    person is not for all who read the list, and no machine answers one (RFC 3834, 2). Where nothing
    else is known, somebody has to find another way to them.
    """
    author = mail.author
    answer_to = next((one for one in mail.reply_to if not _is_of_list(one, mail)), None)
    if answer_to is not None and (author is None or _is_mute(author, mail)):
        author = replace(answer_to, name=answer_to.name or (author.name if author else ""))
    if author is None:
        return Sender()
    address = "" if _is_of_list(author, mail) else author.address
    return Sender(author.name[:200], address[:320])


def asked_about(content: bytes, mail: ReadMessage, mailbox: Mailbox) -> Asked:
    """What whoever tells wanted mail from unwanted is told of one."""
    sender = mail.return_path or sender_of(mail).address
    return Asked(content, sender=sender, recipient=mailbox.address)


def _is_of_list(one: Address, mail: ReadMessage) -> bool:
    return one.address.lower() in mail.list_addresses


def _is_mute(one: Address, mail: ReadMessage) -> bool:
    """Whether an answer to that address would reach nobody, or everybody."""
    if not one.address or _is_of_list(one, mail):
        return True
    address = one.address
    name = address.partition("@")[0].lower().replace("-", "").replace("_", "").replace(".", "")
    return name.startswith(("noreply", "donotreply", "noresponder", "naoresponda", "norespongueu"))


def is_spared(raw: RawMessage) -> bool:
    """Whether somebody looked at it, and says that a person wrote it and means it."""
    return bool(raw.envelope.get(SPARED))


@dataclass(frozen=True)
class Incoming:
    """One mail on its way to wherever it belongs. ``at`` is when it is written down."""

    raw: RawMessage
    mailbox: Mailbox
    mail: ReadMessage
    at: datetime
    judgement: Judgement = NOT_ASKED
    """What was said of it by whoever tells wanted mail from unwanted."""

    @property
    def is_spared(self) -> bool:
        """Whether a person wants it, whatever a program takes it for."""
        return is_spared(self.raw)

    @cached_property
    def sender(self) -> Sender:
        """Who wrote it."""
        return sender_of(self.mail)

    @cached_property
    def marks(self) -> Marks:
        """What of it may tell to which case it belongs."""
        mail = self.mail
        reports = (mail.bounce, mail.disposition)
        returned = tuple(one.message_id for one in reports if one and one.message_id)
        return Marks(
            recipients=(
                *(one.address for one in (*mail.to, *mail.cc)),
                str(self.raw.envelope.get("recipient", "")),
                *mail.delivered_to,
            ),
            references=(*mail.references, *returned),
            texts=(mail.text, mail.quoted),
            subject=mail.subject,
            sender=self.sender.address,
        )

    @cached_property
    def is_ours(self) -> bool:
        """Sent by us: it carries a mark that only we make, or our letter's own id."""
        if mark.is_ours(self.mail.marks):
            return True
        token = (self.mail.message_id or "").strip("<>").rpartition("@")[0]
        return letter_of(token) is not None

    @property
    def viewer(self) -> Viewer:
        """Whoever takes it in sees the whole entity, and no other."""
        return Viewer(entities=(self.mailbox.entity_id,), seats=EVERYONE)


def rows_of(
    incoming: Incoming, *, case: Case | None, is_from_stranger: bool = False
) -> list[models.Model]:
    """The rows of a mail that was read, not written yet."""
    raw, mailbox, mail, sender = incoming.raw, incoming.mailbox, incoming.mail, incoming.sender
    made: list[models.Model] = [
        fresh(
            Mail,
            raw_id=raw.pk,
            entity_id=mailbox.entity_id,
            seats=int(case.seated(mailbox.seats) if case else mailbox.seats),
            case_id=case.pk if case else None,
            mailbox_id=mailbox.pk,
            sender_name=sender.name,
            sender_address=sender.address,
            subject=mail.subject,
            text=without_links(mail.text),
            quoted=without_links(mail.quoted),
            html=_page_of(mail),
            sent_at=mail.date,
            attachments=[
                {
                    "name": one.name,
                    "media_type": one.media_type,
                    "size": one.size,
                    "is_inline": one.is_inline,
                }
                for one in mail.attachments[:200]
            ],
            automatic=mail.automatic.reason if mail.automatic else "",
            security=_security_of(mail),
            defects=[{"code": one.code, "values": dict(one.values)} for one in mail.defects[:50]],
            is_from_stranger=is_from_stranger,
            verdict=incoming.judgement.verdict,
            awaits_verdict=incoming.judgement.is_awaited,
        )
    ]
    if case is not None and mail.message_id:
        made.append(
            fresh(
                MailTrace,
                case_id=case.pk,
                entity_id=mailbox.entity_id,
                seats=int(case.seated(EVERYONE)),
                digest=digest_of(mail.message_id),
                raw_id=raw.pk,
            )
        )
    return made


def _page_of(mail: ReadMessage) -> str:
    page = mail.html or ""
    return without_links(page) if len(page) <= LARGEST_PAGE else ""


def _security_of(mail: ReadMessage) -> str:
    if mail.security is None:
        return ""
    parts = {"signed": mail.security.signed, "encrypted": mail.security.encrypted}
    return ", ".join(f"{how} {system}" for how, system in parts.items() if system)
