"""Letters on their way out: written in the transaction that causes them, sent by the worker.

The Message-ID carries our signed token from the very first, so that every answer finds its case, and a
letter that goes again goes under the same one.
"""

import base64
import hmac
from datetime import datetime

from django.conf import settings
from django.core import signing

from valedor.casefile.actors import By
from valedor.casefile.models import Case, Deadline, Letter
from valedor.foundation import rows
from valedor.foundation.jobs import job_statement
from valedor.people.models import ContactPoint, Person

DELIVER = "channels.deliver_letter"
LINK_SALT = "valedor mailed link"


def token_of(letter_id: int) -> str:
    """Our signed mark of a letter, as it stands in Message-ID and Reply-To."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"letter {letter_id}".encode(), "sha256")
    return f"{letter_id}.{base64.b32encode(digest[:10]).decode().lower()}"


def letter_of(token: str) -> int | None:
    """The letter that a token names; nothing for a token that is not ours."""
    number, _dot, _mark = token.partition(".")
    if not number.isdecimal():
        return None
    return int(number) if hmac.compare_digest(token_of(int(number)), token.lower()) else None


def mailed_link(case: Case, person: Person | None, *, at: datetime) -> str:
    """The address that opens a case from a mail: signed, for this recipient, good for thirty days."""
    payload = {
        "case": case.pk,
        "person": person.pk if person else 0,
        "at": int(at.timestamp()),
    }
    signed = signing.dumps(payload, salt=LINK_SALT, compress=False)
    return f"{settings.PUBLIC_URL}/{case.entity.key}/case/{case.reference}?link={signed}"


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
) -> Letter:
    """A letter, not written yet. By e-mail where the person has one and wants it, else on paper."""
    by_mail = contact_point is not None and contact_point.kind == ContactPoint.Kind.EMAIL
    if channel is None:
        channel = Case.Channel.EMAIL if by_mail else Case.Channel.LETTER
    waits = channel != Case.Channel.EMAIL
    letter = Letter(
        case_id=case.pk,
        entity_id=case.entity_id,
        seats=case.seats,
        kind=kind,
        channel=channel,
        recipient_id=recipient.pk if recipient else None,
        contact_point_id=contact_point.pk if contact_point else None,
        language=language or case.language,
        subject=subject,
        body=body,
        contents=list(contents),
        with_receipt=with_receipt,
        meets_id=meets.pk if meets else None,
        state=Letter.State.WAITING if waits else Letter.State.QUEUED,
        by_id=by.account_id if by else None,
        queued_at=at,
        due_at=due_at,
        next_attempt_at=None if waits else at,
    )
    letter.message_id = f"<{token_of(letter.pk)}@{settings.PUBLIC_HOST}>"
    return letter


def delivery_of(letter: Letter) -> list[rows.Statement]:
    """The job that sends a letter; none for one that goes on paper, which waits for a person."""
    if letter.state != Letter.State.QUEUED:
        return []
    return [job_statement(DELIVER, letter_id=letter.pk)]


def queue(letter: Letter) -> Letter:
    """Write a letter and the job that sends it, in the current transaction."""
    rows.write([letter], also=delivery_of(letter))
    return letter
