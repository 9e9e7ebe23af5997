"""The post brought a letter back: a notice that did not arrive is no notice."""

from datetime import datetime

from django.db import transaction

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.facts_letters import LetterReturned
from valedor.casefile.models import Document, Letter
from valedor.casefile.seats import Seat
from valedor.channels import rules
from valedor.foundation.refusals import refuse_if
from valedor.people.models import ContactPoint

_NO_LONGER_THERE = {Letter.Returned.UNKNOWN, Letter.Returned.MOVED}


@transaction.atomic
def take_back(
    letter: Letter,
    *,
    returned: Letter.Returned,
    by: By,
    at: datetime,
    document: Document | None = None,
    recorded_at: datetime | None = None,
) -> Letter:
    """Record that a letter came back at a moment, and what the post wrote on it.

    What it had met opens again through the follower of the fact (``handling.tasks``), which warns
    whoever holds the case. To an address at which the person is unknown, or that they left, no
    other letter goes. ``document`` is the envelope, scanned. Raises ``Refused`` for a letter that
    was not posted, or not before that moment.
    """
    case = locked(letter.case)
    letter = Letter.objects.select_related("recipient", "contact_point").get(pk=letter.pk)
    refuse_if(rules.why_not_take_back(letter, at=at))

    letter.state, letter.returned, letter.arrived_at = Letter.State.REFUSED, returned, None
    letter.save(update_fields=["state", "returned", "arrived_at"])
    if returned in _NO_LONGER_THERE and letter.contact_point_id is not None:
        ContactPoint.objects.filter(pk=letter.contact_point_id).update(failed_at=at)
    fact = LetterReturned(
        letter=letter.pk,
        letter_kind=letter.kind,
        document=document.pk if document else None,
        returned=str(returned),
        to=letter.recipient.name if letter.recipient else "",
    )
    timeline.record(case, fact, by=by, at=at, recorded_at=recorded_at, seats=Seat.COMPANY)
    return letter
