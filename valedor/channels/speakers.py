"""Who of a case speaks from an address or a number. It is a hint of who that is, never a proof."""

from datetime import datetime

from django.db.models import Q

from valedor.casefile.actors import COMPLAINANT, REPRESENTATIVE, By
from valedor.casefile.models import Case
from valedor.foundation.moments import local_day
from valedor.participants.models import Participant
from valedor.participants.queries import author_of, participants_inside
from valedor.participants.rules import why_mandate_over, why_not_do, why_out
from valedor.people.contact_points import normalised
from valedor.people.models import ContactPoint, PersonMerge


def speaker_of(case: Case, kind: ContactPoint.Kind, value: str, *, at: datetime) -> By | None:
    """The complainant, the representative whose mandate lasts, somebody who was let in and may
    write, or nobody whom the case knows.

    The records that were merged into theirs count as theirs.
    """
    if not value:
        return None
    today = local_day(at, case.entity.timezone)
    persons = {case.complainant_id or 0: COMPLAINANT}
    mandate, actor = case.mandate, REPRESENTATIVE.actor
    if mandate is not None and not why_mandate_over(mandate, actor=actor, today=today):
        persons[mandate.representative_id] = REPRESENTATIVE
    for who in participants_inside(case):
        is_out = why_out(who, case, today=today, at=at)
        if not is_out and not why_not_do(who, Participant.Scope.WRITE):
            persons.setdefault(who.person_id, author_of(who))
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
