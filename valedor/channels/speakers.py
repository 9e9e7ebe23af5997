"""Who of a case speaks from an address or a number. It is a hint of who that is, never a proof."""

from django.db.models import Q

from valedor.casefile.actors import COMPLAINANT, REPRESENTATIVE, By
from valedor.casefile.models import Case
from valedor.people.contact_points import normalised
from valedor.people.models import ContactPoint, Mandate, PersonMerge


def speaker_of(case: Case, kind: ContactPoint.Kind, value: str) -> By | None:
    """The complainant, the representative whose mandate lasts, or nobody whom the case knows.

    The records that were merged into theirs count as theirs.
    """
    if not value:
        return None
    persons = {case.complainant_id or 0: COMPLAINANT}
    if case.mandate_id:
        mandate = Mandate.objects.filter(pk=case.mandate_id, ended_at=None).first()
        if mandate is not None:
            persons[mandate.representative_id] = REPRESENTATIVE
    for kept, absorbed in PersonMerge.objects.filter(
        Q(kept__in=persons) | Q(absorbed__in=persons), undone_at=None
    ).values_list("kept_id", "absorbed_id"):
        known = persons.get(kept) or persons[absorbed]
        persons.setdefault(kept, known)
        persons.setdefault(absorbed, known)
    point = ContactPoint.objects.filter(
        person__in=persons, kind=kind, normalised=normalised(kind, value), ended_at=None
    ).first()
    return persons[point.person_id] if point is not None else None
