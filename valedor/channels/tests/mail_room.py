"""What the tests of incoming mail stand on: a house with a mailbox, and mails as people write."""

from datetime import UTC, datetime
from email.message import EmailMessage
from itertools import count
from typing import Any

from valedor.casefile.models import Case, Entry, Letter, RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.email import arriving, inbound
from valedor.channels.email.actions.set_mailbox import set_mailbox
from valedor.channels.models import Mail, Mailbox
from valedor.channels.tests.post_room import FILED_AT, a_house
from valedor.handling.models import Alarm
from valedor.people.models import Account, Role, RoleGrant, Team

AT = FILED_AT
ANA = "Ana Pérez <ana@example.org>"
_NUMBERS = count(1)


def a_mailbox(**said: Any) -> Mailbox:
    """The mailbox of a water company."""
    house = a_house()
    fields = {"address": "atencio@besos.example", "language": "ca"} | said
    return set_mailbox(house, "besos", by=None, at=AT, **fields)


def a_mail(
    text: str = "M'heu cobrat dues vegades.\n",
    *,
    sender: str = ANA,
    subject: str = "Factura d'octubre",
    **headers: str,
) -> EmailMessage:
    """A mail of a person; ``headers`` with ``_`` for ``-``. No value, no header."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = headers.pop("To", "atencio@besos.example")
    message["Subject"] = subject
    message["Date"] = "Fri, 20 Nov 2026 09:00:00 +0100"
    message["Message-ID"] = headers.pop("Message_ID", "<first@example.org>")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def take_in(mailbox: Mailbox, *mails: EmailMessage | bytes, at: datetime = AT) -> None:
    """Commit mails, then read them as the worker does."""
    arrived = [
        arriving.Arrived(mail if isinstance(mail, bytes) else mail.as_bytes(), {}) for mail in mails
    ]
    arriving.keep(mailbox, arrived, at=at)
    inbound.read_waiting(mailbox, now=lambda: at)


def a_mail_to(case: Case, mailbox: Mailbox, *, at: datetime = AT) -> int:
    """An answer to a letter of a case, with a page of its own; the number of its message."""
    with viewing(the_house()):
        letter = Letter.objects.filter(case=case).order_by("pk")[0]
    number = f"<to-{letter.pk}@example.org>"
    mail = a_mail("Gràcies.", Message_ID=number, In_Reply_To=letter.message_id)
    mail.add_alternative("<p>Gràcies.</p>", subtype="html")
    take_in(mailbox, mail, at=at)
    with viewing(the_house()):
        return int(Mail.objects.get(case=case).pk)


def cases() -> list[Case]:
    """Every case, the oldest first."""
    with viewing(the_house()):
        return list(Case.objects.select_related("entity", "complainant").order_by("pk"))


def letters(case: Case) -> list[Letter]:
    """The letters of a case, the oldest first."""
    with viewing(the_house()):
        return list(Letter.objects.filter(case=case).order_by("pk"))


def raws() -> list[RawMessage]:
    """Every message, the oldest first."""
    with viewing(the_house()):
        return list(RawMessage.objects.order_by("received_at", "pk"))


def a_bounce(letter: Letter, *, status: str = "5.1.1", action: str = "failed") -> bytes:
    """What a mail server reports of a letter of ours."""
    return f"""From: MAILER-DAEMON@mx.example.org
To: atencio@besos.example
Subject: Undelivered Mail Returned to Sender
Date: {datetime.now(UTC):%a, %d %b %Y %H:%M:%S +0000}
Message-ID: <bounce-{letter.pk}@mx.example.org>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I could not deliver your message.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; ana@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} No such user here

--b
Content-Type: text/rfc822-headers

Message-ID: {letter.message_id}
Subject: whatever

--b--
""".replace("\n", "\r\n").encode()


def lines(case: Case) -> list[str]:
    """The kinds of its entries, in order."""
    with viewing(the_house()):
        entries = Entry.objects.filter(case=case).order_by("sequence")
        return list(entries.values_list("kind", flat=True))


def alarms(case: Case) -> list[str]:
    """The calls for attention that it still makes."""
    with viewing(the_house()):
        found = Alarm.objects.filter(case=case, settled_at=None)
        return sorted(found.values_list("cause", flat=True))


def body_of(case: Case, kind: str) -> str:
    """The words of its last entry of a kind."""
    with viewing(the_house()):
        entry = Entry.objects.filter(case=case, kind=kind).order_by("-sequence")[0]
        return str(entry.content.body)


def a_lead() -> Account:
    """Somebody who leads the only team."""
    account = Account.objects.create_account(username="laia", name="Laia")
    RoleGrant.objects.create(
        account=account, role=Role.LEAD, team=Team.objects.get(), granted_at=AT
    )
    return account


def replied(case: Case, text: str, *, sender: str = ANA, **headers: str) -> bytes:
    """An answer in a case, as somebody sends it."""
    headers = {"Message_ID": f"<reply-{next(_NUMBERS)}@example.org>"} | headers
    return a_mail(text, sender=sender, subject="Re: no res", **headers).as_bytes()
