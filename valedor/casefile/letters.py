"""Letters on their way out: written in the transaction that causes them, sent by the worker.

The Message-ID carries our signed token from the very first, so that every answer finds its case,
and a letter that goes again goes under the same one. The link that opens the case is never stored:
a mark stands in its place until the letter leaves, so that whoever reads the file cannot use it.
"""

import base64
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from valedor.casefile.actors import By
from valedor.casefile.models import Case, Deadline, Letter
from valedor.foundation import rows
from valedor.foundation.jobs import job_statement
from valedor.people.models import ContactPoint, Entity, Person

DELIVER = "valedor.channels.tasks.deliver_letter"
LINK_SALT = "valedor mailed link"
LINK_LASTS = timedelta(days=30)
# Stands in a stored letter where the way to the case goes.
LINK_MARK = "⟦case⟧"
# Stands where a code goes that shows who somebody is: it is in no file, and made as it leaves.
CODE_MARK = "⟦code⟧"
IDENTITY_CODE = "identity_code"

_SIGNS = "abcdefghijklmnopqrstuvwxyz234567"
_SIGNS_ONLY = frozenset(_SIGNS)
_SHORT_MARK = 12  # Sixty bits.
_MOST_DIGITS = 12  # Of a number below 2⁶⁰.

NAMES = {
    "receipt": pgettext_lazy("letter", "Receipt"),
    "cure_request": pgettext_lazy("letter", "Request for missing details"),
    "question": pgettext_lazy("letter", "Question"),
    "delay_notice": pgettext_lazy("letter", "Notice that it takes longer"),
    "extension": pgettext_lazy("letter", "Extension of the limit"),
    "response": pgettext_lazy("letter", "Answer"),
    "inadmission": pgettext_lazy("letter", "Refusal to deal with it"),
    "contest_received": pgettext_lazy("letter", "Word that a second look begins"),
    "body_notified": pgettext_lazy("letter", "Word that another body has the case"),
    "body_hearing": pgettext_lazy("letter", "Hearing date before another body"),
    "body_hearing_off": pgettext_lazy("letter", "Word that a hearing does not take place"),
    "body_concluded": pgettext_lazy("letter", "What another body came to"),
    "withdrawal_received": pgettext_lazy("letter", "Confirmation of the withdrawal"),
    "kind_changed": pgettext_lazy("letter", "Word that it is of another kind"),
    "booking_made": pgettext_lazy("letter", "Confirmation of the booking"),
    "booking_moved": pgettext_lazy("letter", "New time of the booking"),
    "booking_cancelled": pgettext_lazy("letter", "Confirmation that the booking is cancelled"),
    "booking_cancelled_by_us": pgettext_lazy("letter", "Word that the booking is cancelled"),
    "booking_missed": pgettext_lazy("letter", "Word that nobody came"),
    "order_placed": pgettext_lazy("letter", "Receipt of the order"),
    "order_confirmed": pgettext_lazy("letter", "Confirmation of the order"),
    "order_preparing": pgettext_lazy("letter", "Word that the order is being prepared"),
    "order_fulfilled": pgettext_lazy("letter", "Word that the order is delivered"),
    "order_cancelled": pgettext_lazy("letter", "Confirmation that the order is cancelled"),
    "order_cancelled_by_us": pgettext_lazy("letter", "Word that the order is cancelled"),
    "order_stands": pgettext_lazy("letter", "Word that the order stands"),
    "closing": pgettext_lazy("letter", "Notice of closing"),
    "measure_taken": pgettext_lazy("letter", "Word of a measure taken"),
    "redress_carried_out": pgettext_lazy("letter", "Word that redress was carried out"),
    "correction": pgettext_lazy("letter", "Correction"),
    "message": pgettext_lazy("letter", "Message"),
    "new_link": pgettext_lazy("letter", "New link"),
    IDENTITY_CODE: pgettext_lazy("letter", "Code to show who somebody is"),
    "no_answer_in_time": pgettext_lazy("letter", "Word that the answer is late"),
    "letter_copy": pgettext_lazy("letter", "Copy of a letter"),
    "access_word": pgettext_lazy("letter", "Word of who is let in"),
    "office_received": pgettext_lazy("letter", "Receipt of the ombudsman"),
    "office_word": pgettext_lazy("letter", "Letter of the ombudsman"),
    "office_opinion": pgettext_lazy("letter", "Opinion of the ombudsman"),
}
"""What each kind of letter is called in the timeline and in lists."""


def name_of(kind: str) -> str:
    """What a kind of letter is called, in the reader's language."""
    return str(NAMES.get(kind, gettext_lazy("Letter")))


def token_of(letter_id: int) -> str:
    """Our signed mark of a letter, as it stands in Message-ID and Reply-To."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"letter {letter_id}".encode(), "sha256")
    return f"{letter_id}.{base64.b32encode(digest[:10]).decode().lower()}"


def letter_of(token: str) -> int | None:
    """The letter that a token names; nothing for a token that is not ours."""
    number, _dot, _mark = token.partition(".")
    if not number.isdecimal() or len(number) > 19:
        return None
    ours = token_of(int(number)).encode()
    return int(number) if hmac.compare_digest(ours, token.lower().encode()) else None


def short_code_of(letter_id: int) -> str:
    """Our signed mark of a letter in seventeen small letters and digits or so, for an address that
    has to fit into a short message: its number, then twelve that only we can make.
    """
    number, digits = letter_id, ""
    while number:
        number, last = divmod(number, len(_SIGNS))
        digits = _SIGNS[last] + digits
    return digits + _short_mark(letter_id)


def letter_of_short_code(code: str) -> int | None:
    """The letter that a short code names; nothing for one that is not ours."""
    digits, mark = code[:-_SHORT_MARK].lower(), code[-_SHORT_MARK:].lower()
    if not digits or len(digits) > _MOST_DIGITS or not _SIGNS_ONLY.issuperset(digits + mark):
        return None
    number = 0
    for sign in digits:
        number = number * len(_SIGNS) + _SIGNS.index(sign)
    return number if hmac.compare_digest(_short_mark(number), mark) else None


def _short_mark(letter_id: int) -> str:
    said = f"short link {letter_id}".encode()
    digest = hmac.digest(settings.SECRET_KEY.encode(), said, "sha256")
    return base64.b32encode(digest[:10]).decode().lower()[:_SHORT_MARK]


def short_link(letter: Letter) -> str:
    """An address that leads its recipient where a mailed link does, for as long."""
    return f"{settings.PUBLIC_URL}/s/{short_code_of(letter.pk)}"


def where_short_leads(code: str) -> str | None:
    """The mailed link that a short one stands for, made when its letter was, so that it ends and
    is revoked as that; nothing for a code that is not ours or a case that was erased.

    Runs as the house.
    """
    number = letter_of_short_code(code)
    if number is None:
        return None
    letter = Letter.objects.select_related("case__entity").filter(pk=number).first()
    if letter is None or letter.case.erased_at is not None:
        return None
    return mailed_link(letter.case, letter.recipient_id, at=letter.accepted_at or letter.queued_at)


def mailed_link(case: Case, person: Person | int | None, *, at: datetime) -> str:
    """The address that opens a case from a mail: signed, for this recipient, good for 30 days."""
    payload = {
        "case": case.pk,
        "person": person.pk if isinstance(person, Person) else person or 0,
        "at": int(at.timestamp()),
    }
    signed = signing.dumps(payload, salt=LINK_SALT, compress=False)
    return f"{page_of(case)}?link={signed}"


def page_of(case: Case) -> str:
    """The complainant's page of a case. It opens with the access code or a mailed link."""
    return f"{settings.PUBLIC_URL}/{case.entity.key}/case/{case.reference}"


@dataclass(frozen=True)
class MailedLink:
    """What a mailed link says: which case, for whom, made when."""

    case_id: int
    person_id: int | None
    made_at: datetime

    def is_good(self, case: Case, *, at: datetime) -> bool:
        """Whether it still opens this case: neither too old nor revoked."""
        revoked = case.links_valid_from is not None and self.made_at < case.links_valid_from
        return self.case_id == case.pk and not revoked and at <= self.made_at + LINK_LASTS


def read_mailed_link(signed: str) -> MailedLink | None:
    """What a link's signature vouches for; nothing for a forged or damaged one."""
    try:
        payload = signing.loads(signed, salt=LINK_SALT)
        return MailedLink(
            int(payload["case"]),
            int(payload["person"]) or None,
            datetime.fromtimestamp(payload["at"], UTC),
        )
    except (signing.BadSignature, KeyError, TypeError, ValueError, OverflowError):
        return None


def frame_of(
    case: Case,
    *,
    recipient: Person | None,
    language: str | None = None,
    signed_by: str = "",
    signed_as: str = "",
) -> dict[str, Any]:
    """The values that every letter has: greeting, way to the case, whom to call, signature."""
    entity: Entity = case.entity
    return {
        "name": recipient.name if recipient else "",
        "reference": case.reference,
        "entity": entity.name,
        "telephone": entity.telephone,
        "opening_hours": entity.opening_hours.in_language(language or case.language),
        "case_page": LINK_MARK,
        "signed_by": signed_by,
        "signed_as": signed_as,
    }


def words_by_mail(letter: Letter, *, at: datetime) -> str:
    """A letter's text as it leaves by mail: with a fresh link for its recipient."""
    link = mailed_link(letter.case, letter.recipient_id, at=at)
    words = letter.body.replace(LINK_MARK, link)
    return words.replace(CODE_MARK, identity_code_of(letter)) if CODE_MARK in words else words


def identity_code_of(letter: Letter) -> str:
    """The six digits of a letter that carries a code: the same each time it is tried again."""
    key, named = settings.SECRET_KEY.encode(), f"identity code {letter.pk}".encode()
    return f"{int.from_bytes(hmac.digest(key, named, 'sha256')[:8]) % 1_000_000:06d}"


def words_by_sms(letter: Letter) -> str:
    """A letter's text as it leaves by SMS: with a short link for its recipient."""
    return letter.body.replace(LINK_MARK, short_link(letter))


def words_on_paper(letter: Letter) -> str:
    """A letter's text as it is printed or shown: the address, and what opens it."""
    with translation.override(letter.language):
        way = _("%(address)s (with this reference and your access code)") % {
            "address": f"{settings.PUBLIC_URL}/{letter.case.entity.key}/case"
        }
    return letter.body.replace(LINK_MARK, way).replace(CODE_MARK, "••••••")


def compose_letter(
    case: Case,
    *,
    kind: str,
    subject: str,
    body: str,
    at: datetime,
    by: By | None = None,
    recipient: Person | None = None,
    contact_point: ContactPoint | None = None,
    meets: Deadline | None = None,
    with_receipt: bool = False,
    due_at: datetime | None = None,
    contents: tuple[str, ...] = (),
    language: str | None = None,
    channel: str | None = None,
    in_reply_to: str = "",
    waits: bool = False,
) -> Letter:
    """A letter, not written yet. It goes to its contact point as that is: by e-mail, by SMS, else
    on paper.

    One on paper waits for somebody to print and post it; with ``waits``, so does every other,
    until somebody lets it go.
    """
    way = channel_of(contact_point)
    channel = channel or way
    is_queued = channel == way != Case.Channel.LETTER and not waits
    letter = rows.fresh(
        Letter,
        case=case,
        entity_id=case.entity_id,
        seats=case.seats,
        kind=kind,
        channel=channel,
        recipient=recipient,
        contact_point=contact_point,
        language=language or case.language,
        subject=subject,
        body=body,
        contents=list(contents),
        with_receipt=with_receipt,
        in_reply_to=in_reply_to,
        meets_id=meets.pk if meets else None,
        state=Letter.State.QUEUED if is_queued else Letter.State.WAITING,
        by_id=by.account_id if by else None,
        queued_at=at,
        due_at=due_at,
        next_attempt_at=at if is_queued else None,
    )
    letter.message_id = f"<{token_of(letter.pk)}@{settings.PUBLIC_HOST}>"
    return letter


def channel_of(point: ContactPoint | None) -> Case.Channel:
    """How a letter gets to a contact point: a number is written to by SMS."""
    if point is None:
        return Case.Channel.LETTER
    return {
        ContactPoint.Kind.EMAIL: Case.Channel.EMAIL,
        ContactPoint.Kind.TELEPHONE: Case.Channel.SMS,
        ContactPoint.Kind.POST: Case.Channel.LETTER,
    }[ContactPoint.Kind(point.kind)]


def way_to(case: Case, points: list[ContactPoint]) -> ContactPoint | None:
    """Where a letter to somebody goes: where they want it, else their e-mail, else their address.

    Nobody is written to by SMS who did not ask for it.
    """
    living = [point for point in points if point.ended_at is None]
    mail = [point for point in living if point.kind == ContactPoint.Kind.EMAIL]
    paper = [point for point in living if point.kind == ContactPoint.Kind.POST]
    paper.sort(key=lambda point: point.failed_at is not None)
    good = [point for point in mail if point.failed_at is None]
    numbers = [
        point
        for point in living
        if point.kind == ContactPoint.Kind.TELEPHONE and point.failed_at is None
    ]
    order = {
        Case.Channel.LETTER: (paper, good),
        Case.Channel.SMS: (numbers, good, paper, mail),
    }.get(Case.Channel(case.answer_channel), (good, paper, mail))
    for choice in order:
        if choice:
            return choice[0]
    return None


def delivery_of(letter: Letter) -> list[rows.Statement]:
    """The job that sends a letter; none for one that goes on paper, which waits for a person."""
    if letter.state != Letter.State.QUEUED:
        return []
    return [job_statement(DELIVER, letter_id=letter.pk)]


def queue(letter: Letter) -> Letter:
    """Write a letter and the job that sends it, in the current transaction."""
    rows.write([letter], also=delivery_of(letter))
    return letter
