"""A letter as it is printed: a page for a window envelope."""

from datetime import datetime

from valedor.casefile import letters, receipts
from valedor.casefile.models import Document, Letter
from valedor.casefile.paper.typeset import typeset
from valedor.foundation.spoken_dates import day_in_words
from valedor.people.models import ContactPoint


def address_of(letter: Letter) -> str:
    """The postal address that a letter goes to; empty where nobody gave one."""
    point = letter.contact_point
    if point is not None and point.kind == ContactPoint.Kind.POST:
        return point.value
    known = ContactPoint.objects.filter(
        person=letter.recipient_id, kind=ContactPoint.Kind.POST, ended_at=None
    )
    newest = known.order_by("-pk").first() if letter.recipient_id else None
    return newest.value if newest else ""


def letter_pdf(letter: Letter, *, at: datetime) -> bytes:
    """The letter as PDF/A-2a, dated ``at``: the day on which it is printed."""
    entity = letter.case.entity
    enclosed = Document.objects.filter(
        pk__in=letter.enclosures.values("document_id"), erased_at=None
    ).order_by("pk")
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
        "place_and_day": day_in_words(at.date(), letter.language),
        "body": letters.words_on_paper(letter),
        "enclosures": names,
        "words": receipts.paper_words(letter.language),
    }
    return typeset("letter", values, letter.language, at=at)
