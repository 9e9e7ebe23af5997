"""Cases that may repeat an open one of the same person: found once it is registered, for its
handler.
"""

from datetime import datetime

from valedor.casefile.models import Case, Kind, Letter
from valedor.casefile.seats import EVERYONE
from valedor.casefile.viewing import Viewer
from valedor.handling.models import Repetition
from valedor.intake.alike import CaseAlike, Contact, Sign, find_alike
from valedor.intake.submission import PersonGiven
from valedor.people.models import ContactPoint, Person
from valedor.people.permissions import Permission

MOST_HINTS = 3
_ABOUT_THE_SAME = frozenset({str(Sign.SAME_SUBJECT), str(Sign.SAME_CONTRACT)})


def note_repetitions(case: Case, *, at: datetime) -> list[Repetition]:
    """Write down which open cases this one may repeat. Twice is once."""
    found = open_cases_alike(case)[:MOST_HINTS]
    Repetition.objects.bulk_create(
        [
            Repetition(
                case=case,
                entity_id=case.entity_id,
                other=one.case,
                signs=[str(sign) for sign in one.signs],
                at=at,
            )
            for one in found
        ],
        ignore_conflicts=True,
    )
    return list(Repetition.objects.select_related("other").filter(case=case).order_by("pk"))


def open_cases_alike(case: Case) -> list[CaseAlike]:
    """Open cases at the same table that came before and may be about the same, whoever asks."""
    if case.erased_at is not None or case.merged_into_id is not None:
        return []
    every = frozenset(Permission)
    house = Viewer(
        entities=(case.entity_id,),
        seats=EVERYONE,
        permissions=every,
        rights=frozenset((one, case.entity_id) for one in every),
    )
    contact = Contact(
        entity=case.entity,
        person=_given(case.mandate.representative if case.mandate else case.complainant),
        kind=case.kind,
        at=case.received_at,
        category_id=case.category_id,
        contract_number=case.contract_number,
        case_id=case.pk,
    )
    return [
        one
        for one in find_alike(contact, house).cases
        if one.case.seats == case.seats and one.case.received_at <= case.received_at
    ]


def told_with_receipt(letter: Letter, *, at: datetime) -> Case | None:
    """The open case about the same that the receipt of another one tells of, where its reader
    wrote from that very address: whoever reads the mail had the receipt of the first one too.

    Nobody else is told: not on screen, not on paper, and nothing of what is protected.
    """
    case, point = letter.case, letter.contact_point
    if point is None or point.kind != ContactPoint.Kind.EMAIL or case.is_marked_abuse:
        return None
    for hint in note_repetitions(case, at=at):
        other = hint.other
        if hint.kept_apart_at or not _ABOUT_THE_SAME & set(hint.signs) or not _is_plain(other):
            continue
        theirs = ContactPoint.objects.filter(
            person=other.complainant_id,
            kind=point.kind,
            normalised=point.normalised,
            ended_at=None,
            failed_at=None,
        )
        if theirs.exists():
            Repetition.objects.filter(pk=hint.pk, told_at=None).update(told_at=at)
            return other
    return None


def _is_plain(case: Case) -> bool:
    """Whether a case is the person's own, open, and none of those that nobody is to hear of."""
    return (
        case.closed_at is None
        and case.mandate_id is None
        and not case.is_protected
        and case.kind != Kind.REPORT
    )


def _given(person: Person | None) -> PersonGiven:
    """A person as they would say who they are."""
    if person is None or person.erased_at is not None:
        return PersonGiven()
    points = ContactPoint.objects.filter(person=person, ended_at=None).order_by("pk")
    of_kind = {one.kind: one.value for one in points}
    return PersonGiven(
        name=person.name,
        email=of_kind.get(ContactPoint.Kind.EMAIL, ""),
        telephone=of_kind.get(ContactPoint.Kind.TELEPHONE, ""),
        postal_address=of_kind.get(ContactPoint.Kind.POST, ""),
        identity_number=person.identity_number,
    )
