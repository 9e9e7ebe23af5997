"""What acts read: the thing they are done to, and what can be chosen."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Q
from django.http import Http404

from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import Case, Document, Entry, Letter
from valedor.casefile.viewing import Viewer
from valedor.channels.models import CallBack
from valedor.handling.models import (
    Approval,
    CaseMerge,
    CasePart,
    CaseRelation,
    Finding,
    Inquiry,
    Redress,
    Repetition,
)
from valedor.incidents.collective.models import Incident, Membership
from valedor.people.models import Account, ContactPoint, Role, Team
from valedor.procedures.models import Area

Row = TypeVar("Row")


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


def document_of(viewer: Viewer, case: Case, item: int) -> Document:
    """A document of a case. Raises ``Http404``."""
    document = _one(Document.objects.filter(case=case, pk=item, erased_at=None).first())
    if not document.seats & int(viewer.seats):
        raise Http404
    return document


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


def call_back_of(viewer: Viewer, case: Case, item: int) -> CallBack:
    """A call that was promised about a case. Raises ``Http404``."""
    found = CallBack.objects.select_related("line").filter(case=case, pk=item).first()
    call_back = _one(found)
    if not call_back.seats & int(viewer.seats):
        raise Http404
    return call_back


def _one(row: Row | None) -> Row:
    if row is None:
        raise Http404
    return row


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


# ------------------------------------------------------------------ which there are
def letters_of(viewer: Viewer, case: Case) -> list[int]:
    """The letters of a case that a viewer may read, the oldest first."""
    found = Letter.objects.filter(case=case).order_by("pk").values_list("pk", "seats")
    return [pk for pk, seats in found if seats & int(viewer.seats)]


def relations_of(viewer: Viewer, case: Case) -> list[int]:
    """That a case is related to others that the viewer sees too."""
    found = CaseRelation.objects.filter(Q(case=case) | Q(other=case), ended_at=None)
    pairs = {
        pk: other if one == case.pk else one
        for pk, one, other in found.order_by("pk").values_list("pk", "case_id", "other_id")
    }
    visible = cases_visible_to(viewer).filter(pk__in=pairs.values()).values_list("pk", flat=True)
    seen = set(visible)
    return [pk for pk, other in pairs.items() if other in seen]


def mergers_of(case: Case) -> list[int]:
    """That a case goes on in another."""
    found = CaseMerge.objects.filter(case=case, undone_at=None).order_by("pk")
    return list(found.values_list("pk", flat=True))


def repetitions_of(viewer: Viewer, case: Case) -> list[int]:
    """That a case may repeat others that the viewer sees, and nobody has kept them apart."""
    found = Repetition.objects.filter(case=case, kept_apart_at=None)
    found = found.filter(other__in=cases_visible_to(viewer)).order_by("pk")
    return list(found.values_list("pk", flat=True))


# ------------------------------------------------------------------ choices
def other_ways(letter: Letter) -> list[ContactPoint]:
    """The e-mail addresses at which whoever a letter is for can be reached, and that work."""
    return points_of(letter, ContactPoint.Kind.EMAIL)


def points_of(letter: Letter, kind: ContactPoint.Kind) -> list[ContactPoint]:
    """The newest addresses of a kind of whoever a letter is for, as far as they work."""
    if letter.recipient_id is None:
        return []
    found = ContactPoint.objects.filter(
        person=letter.recipient_id, kind=kind, ended_at=None, failed_at=None
    )
    return list(found.order_by("-pk")[:5])


def areas_of(case: Case) -> list[Area]:
    """The areas that can be asked."""
    return list(Area.objects.filter(entity=case.entity_id, ended_at=None).order_by("key"))


def first_words_of(case: Case) -> str:
    """What the person wrote or said first."""
    first = (
        Entry.objects.select_related("content")
        .filter(case=case, kind="case.received")
        .order_by("sequence")
        .first()
    )
    content = getattr(first, "content", None)
    return str(content.body) if content is not None else ""


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


def writes_to(case: Case) -> int | None:
    """Whom letters of a case go to."""
    return case.mandate.representative_id if case.mandate else case.complainant_id


def contact_points_of(case: Case) -> list[ContactPoint]:
    """The addresses of whoever letters go to, the newest first."""
    person = writes_to(case)
    if person is None:
        return []
    return list(ContactPoint.objects.filter(person=person, ended_at=None).order_by("-pk"))


def number_of_person(case: Case) -> str:
    """The newest telephone number of whoever gets the letters of a case; empty without one."""
    points = contact_points_of(case)
    return next((one.value for one in points if one.kind == ContactPoint.Kind.TELEPHONE), "")


# ------------------------------------------------------------------ cases that belong together
def relation_of(case: Case, item: int) -> CaseRelation:
    """That a case is related to another. Raises ``Http404``."""
    found = CaseRelation.objects.filter(Q(case=case) | Q(other=case), pk=item).first()
    if found is None:
        raise Http404
    return found


def merge_of(case: Case, item: int) -> CaseMerge:
    """That a case goes on in another. Raises ``Http404``."""
    found = CaseMerge.objects.select_related("kept__entity").filter(case=case, pk=item).first()
    if found is None:
        raise Http404
    return found


def repetition_of(viewer: Viewer, case: Case, item: int) -> Repetition:
    """That a case may repeat another one that the viewer sees. Raises ``Http404``."""
    others = cases_visible_to(viewer)
    rows = Repetition.objects.select_related("other").filter(other__in=others)
    found = rows.filter(case=case, pk=item).first()
    if found is None:
        raise Http404
    return found


def likely_repeated(viewer: Viewer, case: Case) -> Case | None:
    """The open case that a viewer sees and this one may repeat, if there is one."""
    hints = Repetition.objects.filter(case=case, kept_apart_at=None)
    return (
        cases_visible_to(viewer)
        .filter(pk__in=hints.values("other"), closed_at=None)
        .order_by("received_at", "pk")
        .first()
    )


def words_of(viewer: Viewer, case: Case) -> list[Entry]:
    """The lines in which the person told something, the oldest first."""
    found = (
        Entry.objects.filter(case=case, kind__in=["case.received", "message.received"])
        .select_related("content")
        .order_by("sequence")
    )
    return [one for one in found if one.seats & int(viewer.seats)]


def papers_of(viewer: Viewer, case: Case) -> list[Document]:
    """The documents that can go along into another case: none in quarantine, no receipt."""
    found = (
        Document.objects.filter(case=case, erased_at=None, purpose="evidence")
        .exclude(scan=Document.Scan.INFECTED)
        .order_by("at", "pk")
    )
    return [one for one in found if one.seats & int(viewer.seats)]


# ------------------------------------------------------------------ incidents
def incidents_open_at(case: Case) -> list[Incident]:
    """Those of the entity of a case that gather still, the newest first."""
    found = Incident.objects.filter(entity=case.entity_id, closed_at=None)
    return list(found.order_by("-began_at"))


def incidents_joined(case: Case) -> list[int]:
    """The incidents to which a case belongs."""
    found = Membership.objects.filter(case=case, state=Membership.State.JOINED)
    return list(found.order_by("pk").values_list("incident", flat=True))


def incident_joined(case: Case, item: int) -> Incident:
    """One to which it belongs. Raises ``Http404``."""
    found = Membership.objects.filter(case=case, incident=item, state=Membership.State.JOINED)
    return _one(found.select_related("incident").first()).incident
