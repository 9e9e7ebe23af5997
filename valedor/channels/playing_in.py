"""The demonstration's play-in: a mail, an SMS or a letter arrives as if a server, a gateway or a
scanner had brought it.

From the first byte on it is the same way: kept raw, then read, registered and acknowledged.
"""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTPUTF8
from email.utils import format_datetime, make_msgid
from urllib.parse import urlencode

from django.core import signing
from django.db import transaction

from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.email import arriving as mails
from valedor.channels.email.arriving import Arrived
from valedor.channels.models import Gateway, Mailbox
from valedor.channels.post.imitation import scan_of
from valedor.channels.post.scanning import keep_scan
from valedor.channels.sms import arriving as messages
from valedor.people.models import Entity


def mailbox_of(entity: Entity, *, is_of_the_office: bool = False) -> Mailbox | None:
    """Where a mail to an entity arrives, or one to its ombudsman."""
    there = Mailbox.objects.filter(entity=entity, is_active=True, is_fax=False)
    return there.filter(is_of_the_office=is_of_the_office).order_by("key").first()


def gateway_of(entity: Entity) -> Gateway | None:
    """Where an SMS to an entity arrives."""
    found = Gateway.objects.filter(entity=entity, is_active=True)
    return found.select_related("entity", "team").first()


def play_mail(
    mailbox: Mailbox, *, name: str, address: str, subject: str, text: str, at: datetime
) -> None:
    """Somebody writes to a mailbox; the worker reads it within seconds.

    Raises ``ValueError`` for an address that no mail can come from.
    """
    login, _at, domain = address.rpartition("@")
    mail = EmailMessage(policy=SMTPUTF8)
    mail["From"] = Address(name, login, domain)
    mail["To"] = mailbox.address
    mail["Subject"] = " ".join(subject.split())
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = make_msgid(domain="example.org")
    mail.set_content(text)
    mails.keep(mailbox, [Arrived(mail.as_bytes(), {"recipient": mailbox.address})], at=at)


def play_sms(gateway: Gateway, *, number: str, text: str, at: datetime) -> None:
    """Somebody writes to a number; it is registered at once."""
    told = {
        "from": number,
        "to": gateway.sender,
        "text": text,
        "id": signing.dumps(at.isoformat(), salt="played in"),
        "time": f"{at:%Y-%m-%d %H:%M:%S}",
    }
    raw = messages.keep(gateway, urlencode(told).encode(), address="", at=at)
    if raw is not None:
        messages.read(gateway, raw, at=at)


def play_letter(entity: Entity, *, text: str, at: datetime) -> None:
    """Somebody's letter is scanned: the worker opens and reads it within seconds."""
    content = scan_of([text], entity.default_language, at=at)
    with viewing(the_house(entity.pk)), transaction.atomic():
        keep_scan(
            content,
            entity=entity,
            name="scan.pdf",
            media_type="application/pdf",
            channel=Case.Channel.LETTER,
            received_at=at,
            at=at,
        )
