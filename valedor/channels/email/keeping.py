"""What was read from a mail, as rows: safe to show, and found again by the ids it carries."""

from dataclasses import dataclass

from django.db import models

from valedor.casefile.models import Case, RawMessage
from valedor.casefile.seats import EVERYONE
from valedor.channels.email.models import Mail, Mailbox, MailTrace
from valedor.channels.email.reading import ReadMessage
from valedor.channels.email.threads import digest_of, without_links
from valedor.foundation.rows import fresh

# A page of a mail beyond this is only kept in the message itself.
LARGEST_PAGE = 512 * 1024


@dataclass(frozen=True)
class Sender:
    """Who wrote, and where an answer reaches them."""

    name: str = ""
    address: str = ""


def sender_of(mail: ReadMessage) -> Sender:
    """The author. A program that cannot be answered names another address to answer to."""
    author = mail.author
    answer_to = mail.reply_to[0] if mail.reply_to else None
    if answer_to is not None and (author is None or not author.address or _is_mute(author.address)):
        author = answer_to
    if author is None:
        return Sender()
    return Sender(author.name[:200], author.address[:320])


def _is_mute(address: str) -> bool:
    name = address.partition("@")[0].lower().replace("-", "").replace("_", "").replace(".", "")
    return name.startswith(("noreply", "donotreply", "noresponder", "naoresponda", "norespongueu"))


def rows_of(
    raw: RawMessage,
    mailbox: Mailbox,
    mail: ReadMessage,
    *,
    case: Case | None,
    is_from_stranger: bool = False,
) -> list[models.Model]:
    """The rows of a mail that was read, not written yet."""
    sender = sender_of(mail)
    made: list[models.Model] = [
        fresh(
            Mail,
            raw_id=raw.pk,
            entity_id=mailbox.entity_id,
            seats=int(EVERYONE),
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
        )
    ]
    if case is not None and mail.message_id:
        made.append(
            fresh(
                MailTrace,
                case_id=case.pk,
                entity_id=mailbox.entity_id,
                seats=int(EVERYONE),
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
