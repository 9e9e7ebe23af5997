"""To which case a short message belongs. A number is a hint of who writes, as an address is.

A reference in the text counts for a number that the case knows. Else it answers the newest letter
that went to that number by SMS within thirty days; whoever got none begins something new.
"""

from datetime import datetime, timedelta

from django.db.models import Q

from valedor.casefile.actors import By
from valedor.casefile.models import Case, Letter
from valedor.channels.speakers import speaker_of
from valedor.foundation.references import references_in
from valedor.people.contact_points import persons_reached_at
from valedor.people.models import ContactPoint

ANSWERED_WITHIN = timedelta(days=30)
_LOOKED_AT = 2000


def case_of(text: str, number: str, entity_id: int, *, at: datetime) -> tuple[Case, By] | None:
    """The case and who of it writes; nothing where the message begins something new."""
    persons = persons_reached_at(number)
    if not persons:
        return None
    for reference in references_in(text[:_LOOKED_AT]):
        case = Case.objects.filter(reference=reference, entity_id=entity_id).first()
        if case and (speaker := speaker_of(case, ContactPoint.Kind.TELEPHONE, number, at=at)):
            return case, speaker
    theirs = Case.objects.filter(
        Q(complainant__in=persons) | Q(mandate__representative__in=persons), entity_id=entity_id
    )
    letter = (
        Letter.objects.filter(
            case__in=theirs,
            channel=Case.Channel.SMS,
            state=Letter.State.ACCEPTED,
            accepted_at__gte=at - ANSWERED_WITHIN,
            case__erased_at=None,
        )
        .select_related("case")
        .order_by("-accepted_at", "-pk")
        .first()
    )
    if letter is None:
        return None
    speaker = speaker_of(letter.case, ContactPoint.Kind.TELEPHONE, number, at=at)
    return (letter.case, speaker) if speaker else None
