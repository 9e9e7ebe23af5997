"""What a complainant's pages read of their one case, inside ``viewing(complainant_of(…))``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import (
    Case,
    Deadline,
    DeadlineEvent,
    Document,
    Entry,
    Instance,
    Letter,
    RefusedDocument,
)
from valedor.casefile.seats import Seat
from valedor.casefile.viewing import complainant_of, viewing
from valedor.handling.models import Inquiry, Redress, Response


@dataclass(frozen=True)
class Kept:
    """A document as the complainant sees it listed."""

    pk: int
    name: str
    size: int
    media_type: str
    at: datetime
    entry_id: int | None
    is_ours: bool
    is_erased: bool
    purpose: str
    about: str = ""


def case_of(case_id: int, entity_key: str, reference: str) -> Case | None:
    """The one case that somebody was let in to, if it is the one of this address."""
    viewer = complainant_of(case_id)
    with viewing(viewer):
        return (
            cases_visible_to(viewer)
            .filter(reference=reference.upper(), entity__key=entity_key)
            .select_related("entity", "complainant", "mandate", "category")
            .first()
        )


def _seen(seats: int) -> bool:
    return Seat.COMPLAINANT in Seat(seats)


def deadlines_of(case: Case) -> list[Deadline]:
    """The limits that the complainant sees, the earliest first."""
    found = Deadline.objects.filter(case=case).select_related("instance").order_by("due_at", "pk")
    return [deadline for deadline in found if _seen(deadline.seats)]


def events_of(case: Case) -> dict[int, list[DeadlineEvent]]:
    """What stopped and moved the limits, by limit."""
    by_deadline: dict[int, list[DeadlineEvent]] = {}
    for event in DeadlineEvent.objects.filter(case=case, withdrawn_at=None).order_by("at", "pk"):
        by_deadline.setdefault(event.deadline_id, []).append(event)
    return by_deadline


def entries_of(case: Case) -> list[Entry]:
    """The lines with the complainant's seat, the oldest first, with their content."""
    found = Entry.objects.filter(case=case).select_related("content").order_by("sequence")
    return [entry for entry in found if _seen(entry.seats)]


def documents_of(case: Case) -> list[Kept]:
    """The documents with the complainant's seat."""
    found = Document.objects.filter(case=case).order_by("at", "pk")
    return [
        Kept(
            pk=document.pk,
            name=document.name,
            size=document.size,
            media_type=document.media_type,
            at=document.at,
            entry_id=document.entry_id,
            is_ours=document.side != Document.Side.COMPLAINANT,
            is_erased=document.erased_at is not None,
            purpose=document.purpose,
        )
        for document in found
        if _seen(document.seats)
    ]


def refused_of(case: Case) -> list[RefusedDocument]:
    """The files that were not taken."""
    found = RefusedDocument.objects.filter(case=case).order_by("at", "pk")
    return [refused for refused in found if _seen(refused.seats)]


def letters_of(case: Case) -> list[Letter]:
    """The letters that went to the person, or are on their way."""
    found = (
        Letter.objects.filter(case=case)
        .exclude(state__in=[Letter.State.CANCELLED, Letter.State.REFUSED])
        .order_by("queued_at", "pk")
    )
    return [letter for letter in found if _seen(letter.seats)]


def instances_of(case: Case) -> list[Instance]:
    """The bodies that the case has reached."""
    return list(Instance.objects.filter(case=case).order_by("ordinal"))


def responses_of(case: Case) -> list[Response]:
    """The answers that went out, in order; one that has not gone yet is not told."""
    return list(
        Response.objects.filter(case=case, replaced_at=None)
        .exclude(sent_at=None)
        .order_by("sent_at", "pk")
    )


def offers_of(case: Case) -> list[Redress]:
    """What was offered to the person, and what became of it."""
    told = [
        Redress.State.OFFERED,
        Redress.State.ACCEPTED,
        Redress.State.DECLINED,
        Redress.State.CARRIED_OUT,
    ]
    return list(Redress.objects.filter(case=case, state__in=told).order_by("at", "pk"))


def questions_of(case: Case) -> Sequence[Inquiry]:
    """What the person has been asked and has not answered."""
    return list(
        Inquiry.objects.filter(
            case=case, to=Inquiry.To.COMPLAINANT, answered_at=None, withdrawn_at=None
        ).order_by("at")
    )
