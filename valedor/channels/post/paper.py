"""A letter as it is printed: a page for a window envelope."""

from datetime import datetime

from django.utils import translation
from django.utils.text import slugify

from valedor.casefile import letters, receipts
from valedor.casefile.models import Document, Letter
from valedor.casefile.paper.seals import with_seal
from valedor.casefile.paper.typeset import typeset
from valedor.foundation.moments import local_day
from valedor.foundation.spoken_dates import day_in_words
from valedor.people.models import ContactPoint

FINAL = frozenset({"response", "inadmission"})
"""The letters that answer a case: they carry the seal of the house (``sealed_answer``)."""


def address_of(letter: Letter) -> str:
    """The postal address that a letter goes to; empty where nobody gave one."""
    point = post_point_of(letter)
    return point.value if point else ""


def post_point_of(letter: Letter) -> ContactPoint | None:
    """Where a letter goes on paper: its own address, unless one came back from there and another
    is known; else the newest.
    """
    own = letter.contact_point
    if own is not None and (own.kind != ContactPoint.Kind.POST or own.ended_at is not None):
        own = None
    if own is not None and own.failed_at is None:
        return own
    if letter.recipient_id is None:
        return own
    known = ContactPoint.objects.filter(
        person=letter.recipient_id, kind=ContactPoint.Kind.POST, ended_at=None
    )
    good = known.filter(failed_at=None).order_by("-pk").first()
    return good or own or known.order_by("-pk").first()


def letter_pdf(letter: Letter, *, at: datetime) -> bytes:
    """The letter as PDF/A-2a, dated ``at``: the day on which it is printed."""
    entity = letter.case.entity
    enclosed = Document.objects.filter(
        pk__in=letter.enclosures.values("document_id"), erased_at=None
    )
    enclosed = enclosed.exclude(scan=Document.Scan.INFECTED).order_by("pk")
    names = [document.name for document in enclosed]
    if letter.with_receipt:
        names.insert(0, f"{letter.case.reference}.pdf")
    values = {
        "title": letter.subject,
        "foot": f"{entity.name} · {letter.case.reference}",
        "entity": entity.name,
        "sender": entity.postal_address,
        "recipient": letter.recipient.name if letter.recipient else "",
        "address": address_of(letter),
        "place_and_day": day_in_words(local_day(at, entity.timezone), letter.language),
        "body": letters.words_on_paper(letter),
        "enclosures": names,
        "words": receipts.paper_words(letter.language),
    }
    return typeset("letter", values, letter.language, at=at)


def sealed_answer(letter: Letter, *, at: datetime) -> bytes:
    """The same with the seal of the house, where it is a final answer: what the person shows to
    whoever they turn to next. Pages that are only printed carry none.
    """
    made = letter_pdf(letter, at=at)
    return with_seal(made, reason=letter.case.reference, at=at) if letter.kind in FINAL else made


def name_of_answer(letter: Letter) -> str:
    """Under which name it goes: the reference and what it is, in the person's language."""
    with translation.override(letter.language):
        return f"{letter.case.reference}-{slugify(letters.name_of(letter.kind))}.pdf"
