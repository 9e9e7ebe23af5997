"""From a letter to a message: plain text first, a simple HTML beside it, the papers that go along.

Every letter is rendered for its one recipient, in the language of the letter. Its Message-ID and
its Reply-To carry our token, a header the mark of the installation; automatic letters say so
(RFC 3834), so that no machine answers a machine.
"""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from html import escape

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from valedor.casefile import letters, receipts, store
from valedor.casefile.models import Document, Letter
from valedor.channels.email import mark
from valedor.channels.email.models import Mailbox
from valedor.channels.post.paper import FINAL, name_of_answer, sealed_answer
from valedor.foundation.moments import local_day
from valedor.foundation.refusals import Refused
from valedor.foundation.spoken_dates import day_in_words
from valedor.handling.repeating import told_with_receipt
from valedor.procedures.house_rules import house_rules
from valedor.review.office.queries import name_of_office

# Papers beyond this stay on the page of the case: many servers take no more.
HEAVIEST = 15 * 2**20
_AUTOMATIC = frozenset({"receipt", "no_answer_in_time", "new_link"})
_PAGE = (
    '<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
    "</head>\n<body>\n{paragraphs}\n</body></html>\n"
)


@dataclass(frozen=True)
class Enclosure:
    """A document on its way with a letter."""

    name: str
    media_type: str
    content: bytes


def from_address(letter: Letter) -> str:
    """The mailbox that a letter comes from: that of the ombudsman's office for its own letters,
    where it has one, so that no answer passes through the company's.
    """
    if letter.case.is_of_the_office:
        return office_address(letter.entity_id) or str(settings.MAIL_FROM)
    return str(settings.MAIL_FROM)


def office_address(entity_id: int) -> str:
    """Where the ombudsman of an entity is written to by mail; empty without a mailbox of theirs."""
    own = Mailbox.objects.filter(entity=entity_id, is_of_the_office=True, is_active=True)
    return own.order_by("key").values_list("address", flat=True).first() or ""


def _from_name(letter: Letter, at: datetime) -> str:
    if not letter.case.is_of_the_office:
        return letter.case.entity.name
    name = name_of_office(house_rules(letter.entity_id), at=at)
    return f"{name.in_language(letter.language)}, {letter.case.entity.name}"


def reply_address(letter: Letter) -> str:
    """Where an answer goes: our mailbox, with the letter's token in its name."""
    mailbox, _at, domain = from_address(letter).rpartition("@")
    return f"{mailbox}+{letters.token_of(letter.pk)}@{domain}"


def message_of(letter: Letter, *, recipient: str, at: datetime) -> EmailMessage:
    """The message that carries a letter to an address."""
    enclosures, left_behind = _enclosures(letter, at)
    text = letters.words_by_mail(letter, at=at)
    if letter.kind == "receipt":
        text += _known_already(letter, at)
    if left_behind:
        with translation.override(letter.language):
            said = _("On the page of your case you also find: %(names)s.")
        text += "\n\n" + said % {"names": ", ".join(left_behind)}
    message = EmailMessage(policy=SMTP if recipient.isascii() else SMTPUTF8)
    mailbox, _at, domain = from_address(letter).rpartition("@")
    message["From"] = Address(_on_one_line(_from_name(letter, at)), mailbox, domain)
    message["To"] = recipient
    message["Reply-To"] = reply_address(letter)
    message["Subject"] = _on_one_line(letter.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = letter.message_id
    if letter.in_reply_to:
        message["In-Reply-To"] = _on_one_line(letter.in_reply_to)
        message["References"] = _on_one_line(letter.in_reply_to)
    if letter.kind in _AUTOMATIC or letter.by_id is None:
        message["Auto-Submitted"] = "auto-replied" if letter.in_reply_to else "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
    message[mark.OUR_MARK] = mark.our_mark()
    if letter.sent_again:
        message["X-Valedor-Sent-Again"] = "yes"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(_html_of(letter, text), subtype="html", cte="quoted-printable")
    for enclosure in enclosures:
        main, _slash, sub = enclosure.media_type.partition("/")
        message.add_attachment(
            enclosure.content,
            maintype=main or "application",
            subtype=sub or "octet-stream",
            filename=_on_one_line(enclosure.name),
        )
    # Last, for whatever else is set becomes a header of the first part.
    message["Content-Language"] = letter.language
    return message


def _on_one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _html_of(letter: Letter, text: str) -> str:
    paragraphs = "\n".join(
        "<p>" + "<br>\n".join(map(_line, paragraph.split("\n"))) + "</p>"
        for paragraph in text.split("\n\n")
        if paragraph.strip()
    )
    return _PAGE.format(
        language=escape(letter.language), title=escape(letter.subject), paragraphs=paragraphs
    )


def _line(line: str) -> str:
    """A line as HTML. Only an address of ours on a line of its own becomes a link."""
    bare = line.strip()
    if bare.startswith(f"{settings.PUBLIC_URL}/") and " " not in bare:
        return f'<a href="{escape(bare)}">{escape(bare)}</a>'
    return escape(line)


def _enclosures(letter: Letter, at: datetime) -> tuple[list[Enclosure], list[str]]:
    """What goes along, and the names of what is too heavy to."""
    taken: list[Enclosure] = []
    left_behind: list[str] = []
    if letter.with_receipt:
        try:
            receipt, content = receipts.receipt_of(letter.case, at=at)
        except Refused:  # Erased meanwhile: the letter says what it may.
            pass
        else:
            taken.append(Enclosure(receipt.name, receipt.media_type, content))
    if letter.kind in FINAL and letter.case.erased_at is None:
        answer = sealed_answer(letter, at=at)
        taken.append(Enclosure(name_of_answer(letter), "application/pdf", answer))
    weight = sum(len(enclosure.content) for enclosure in taken)
    documents = Document.objects.filter(
        pk__in=letter.enclosures.values("document_id"), erased_at=None
    ).exclude(scan=Document.Scan.INFECTED)
    in_order = dict(letter.enclosures.values_list("document_id", "ordinal"))
    for document in sorted(documents, key=lambda one: in_order[one.pk]):
        if weight + document.size > HEAVIEST:
            left_behind.append(document.name)
            continue
        weight += document.size
        taken.append(Enclosure(document.name, document.media_type, store.read(document.sha256)))
    return taken, left_behind


def _known_already(letter: Letter, at: datetime) -> str:
    """That there is an open case about the same, for whoever wrote from this address before."""
    other = told_with_receipt(letter, at=at)
    if other is None:
        return ""
    with translation.override(letter.language):
        said = _(
            "You have an open case with us about the same: %(reference)s, received on %(day)s. If "
            "this is the same matter, you need do nothing: we look at both together. If it is "
            "another matter, answer this mail and say so."
        )
        zone = other.entity.timezone
        day = day_in_words(local_day(other.received_at, zone), letter.language)
        return "\n\n" + said % {"reference": other.reference, "day": day}
