"""What the page of a case reads beside its state: lines, documents, limits, the person."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q
from django.http import Http404

from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import Case, Deadline, DeadlineEvent, Document, Entry, Letter
from valedor.casefile.viewing import Viewer
from valedor.handling.models import (
    Approval,
    CasePart,
    Draft,
    Finding,
    Inquiry,
    Redress,
)
from valedor.people.models import Account, ContactPoint, Entity, Mandate, Role, Team
from valedor.procedures.models import Area

Row = TypeVar("Row")
SHOWN = 60
"""How many of the last lines the page shows before somebody asks for all of them."""


@dataclass(frozen=True)
class Lines:
    """The end of a timeline, and how many lines come before it."""

    entries: list[Entry]
    earlier: int
    names: dict[int, str]
    documents: dict[int, list[Document]]


def lines_of(viewer: Viewer, case: Case, *, all_of_them: bool = False) -> Lines:
    """The lines of a case that a viewer may see, the oldest first. Three queries."""
    found = Entry.objects.filter(case=case).select_related("content").order_by("-sequence")
    newest = [
        entry
        for entry in (found if all_of_them else found[: SHOWN + 1])
        if entry.seats & int(viewer.seats)
    ]
    more = not all_of_them and len(newest) > SHOWN
    shown = list(reversed(newest[:SHOWN] if more else newest))
    documents: dict[int, list[Document]] = defaultdict(list)
    for document in Document.objects.filter(case=case).order_by("pk"):
        if document.seats & int(viewer.seats) and document.entry_id is not None:
            documents[document.entry_id].append(document)
    return Lines(
        entries=shown,
        earlier=shown[0].sequence - 1 if more and shown else 0,
        names=names_of({entry.by_id for entry in shown} | {case.holder_id}),
        documents=dict(documents),
    )


def names_of(accounts: Iterable[int | None]) -> dict[int, str]:
    """The names of members of the staff."""
    wanted = {account for account in accounts if account is not None}
    if not wanted:
        return {}
    return dict(Account.objects.filter(pk__in=wanted).values_list("pk", "name"))


def lines_since(viewer: Viewer, case: Case, sequence: int) -> list[Entry]:
    """What others have written down since somebody opened a form: not the house's machinery."""
    found = (
        Entry.objects.filter(case=case, sequence__gt=sequence)
        .exclude(actor=Entry.Actor.SYSTEM)
        .exclude(by=viewer.account_id)
        .select_related("content")
        .order_by("sequence")
    )
    return [entry for entry in found if entry.seats & int(viewer.seats)]


def limits_of(viewer: Viewer, case: Case) -> tuple[list[Deadline], dict[int, list[DeadlineEvent]]]:
    """Every limit of a case that a viewer may see, with what stopped and moved it. Two queries."""
    deadlines = [one for one in Deadline.objects.filter(case=case) if one.seats & int(viewer.seats)]
    events: dict[int, list[DeadlineEvent]] = defaultdict(list)
    for event in DeadlineEvent.objects.filter(case=case, withdrawn_at=None).order_by("at", "pk"):
        events[event.deadline_id].append(event)
    return deadlines, dict(events)


def deadline_of(viewer: Viewer, case: Case, deadline_id: int) -> Deadline:
    """One limit. Raises ``Http404``."""
    found = Deadline.objects.filter(case=case, pk=deadline_id).first()
    if found is None or not found.seats & int(viewer.seats):
        raise Http404
    return found


def letters_to_see_to(case: Case) -> list[Letter]:
    """Letters of a case that have not gone: waiting for somebody, refused, or on their way."""
    states = [
        Letter.State.WAITING,
        Letter.State.REFUSED,
        Letter.State.QUEUED,
        Letter.State.SENDING,
    ]
    return list(
        Letter.objects.filter(case=case, state__in=states)
        .select_related("recipient")
        .order_by("queued_at")
    )


def letters_of(case: Case) -> list[Letter]:
    """Every letter of a case, the newest first."""
    return list(
        Letter.objects.filter(case=case).select_related("recipient").order_by("-queued_at", "-pk")
    )


def drafts_of(viewer: Viewer, case: Case) -> dict[str, Draft]:
    """What this member of the staff has typed and not sent, by form."""
    return {one.form: one for one in Draft.objects.filter(case=case, account=viewer.account_id)}


def contact_points_of(case: Case) -> list[ContactPoint]:
    """The addresses of whoever letters go to, the newest first."""
    person = case.mandate.representative_id if case.mandate else case.complainant_id
    if person is None:
        return []
    return list(ContactPoint.objects.filter(person=person, ended_at=None).order_by("-pk"))


def representative_of(case: Case) -> Mandate | None:
    """Who speaks for the person."""
    if case.mandate_id is None:
        return None
    return Mandate.objects.select_related("representative").filter(pk=case.mandate_id).first()


def other_cases(viewer: Viewer, case: Case, points: Sequence[ContactPoint]) -> list[Case]:
    """Other cases of the person: under their record, or under one with the same address.

    Same address is a hint, not a proof: nobody is merged by it. At most six.
    """
    reached = [point.normalised for point in points if point.kind != ContactPoint.Kind.POST]
    same = Q(complainant=case.complainant_id) if case.complainant_id else Q(pk__in=[])
    if reached:
        same |= Q(
            complainant__in=ContactPoint.objects.filter(normalised__in=reached).values("person")
        )
    return list(
        cases_visible_to(viewer)
        .filter(same)
        .exclude(pk=case.pk)
        .order_by("-received_at")
        .only("reference", "subject", "stage", "received_at", "closed_at", "kind")[:6]
    )


# ------------------------------------------------------------------ what acts are done to
def part_of(case: Case, item: int) -> CasePart:
    """A part of a complex case. Raises ``Http404``."""
    return _one(CasePart.objects.select_related("member").filter(case=case, pk=item).first())


def finding_of(case: Case, item: int) -> Finding:
    """A finding. Raises ``Http404``."""
    return _one(Finding.objects.filter(case=case, pk=item, withdrawn_at=None).first())


def redress_of(case: Case, item: int) -> Redress:
    """Something offered. Raises ``Http404``."""
    return _one(Redress.objects.filter(case=case, pk=item).first())


def approval_of(redress: Redress) -> Approval | None:
    """The approval that a redress waits for."""
    return Approval.objects.filter(redress=redress, given=None).select_related("asked_by").first()


def inquiry_of(case: Case, item: int) -> Inquiry:
    """A question. Raises ``Http404``."""
    return _one(Inquiry.objects.select_related("area", "case").filter(case=case, pk=item).first())


def letter_of(viewer: Viewer, case: Case, item: int) -> Letter:
    """A letter of a case. Raises ``Http404``."""
    found = (
        Letter.objects.select_related("recipient", "contact_point", "case__entity")
        .filter(case=case, pk=item)
        .first()
    )
    letter = _one(found)
    if not letter.seats & int(viewer.seats):
        raise Http404
    return letter


def _one(row: Row | None) -> Row:
    if row is None:
        raise Http404
    return row


# ------------------------------------------------------------------ choices
def areas_of(case: Case) -> list[Area]:
    """The areas that can be asked."""
    return list(Area.objects.filter(entity=case.entity_id, ended_at=None).order_by("key"))


def teams_of(case: Case) -> list[Team]:
    """The teams that can take a case of this entity."""
    return list(
        Team.objects.filter(
            entities=case.entity_id,
            is_active=True,
            purpose__in=[Team.Purpose.GENERAL, Team.Purpose.COMPLEX],
        ).order_by("key")
    )


def colleagues_of(case: Case) -> list[Account]:
    """Whoever handles or leads in a team of this entity."""
    return list(
        Account.objects.filter(
            grants__team__entities=case.entity_id,
            grants__role__in=[Role.HANDLER, Role.LEAD],
            grants__ended_at=None,
            is_active=True,
        )
        .distinct()
        .order_by("name")
    )


def staff_of(case: Case) -> list[Account]:
    """Whoever may see a case of this entity: whom a recusal can be about."""
    return list(
        Account.objects.filter(grants__team__entities=case.entity_id, grants__ended_at=None)
        .distinct()
        .order_by("name")
    )


def accounts_by(ids: Iterable[int]) -> list[Account]:
    """Members of the staff by their ids."""
    return list(Account.objects.filter(pk__in=list(ids)).order_by("name"))


def documents_of(viewer: Viewer, case: Case) -> list[Document]:
    """The documents that a viewer may name as evidence or proof, the newest first."""
    found = Document.objects.filter(case=case, erased_at=None).order_by("-at", "-pk")
    return [one for one in found if one.seats & int(viewer.seats)]


def entries_to_cite(viewer: Viewer, case: Case) -> list[Entry]:
    """Lines that can be evidence: what either side said, and what areas answered."""
    kinds = [
        "case.received",
        "message.received",
        "case.area_answered",
        "case.note_written",
        "case.contested",
        "case.question_answered",
    ]
    found = (
        Entry.objects.filter(case=case, kind__in=kinds)
        .select_related("content")
        .order_by("sequence")
    )
    return [one for one in found if one.seats & int(viewer.seats)]


def entity_of(key: str, viewer: Viewer) -> Entity:
    """An entity that the viewer looks after. Raises ``Http404``."""
    return _one(Entity.objects.filter(key=key, pk__in=viewer.entities).first())
