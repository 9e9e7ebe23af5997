"""Put a letter into the person's hands: at the counter, after looking at who they are."""

from datetime import datetime

from django.db import transaction

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.facts_letters import LetterHandedOver
from valedor.casefile.models import Case, Letter
from valedor.casefile.seats import Seat
from valedor.channels import rules
from valedor.channels.post.arrival import arrived
from valedor.foundation.refusals import refuse_if


@transaction.atomic
def hand_over(letter: Letter, *, by: By, at: datetime) -> Letter:
    """Record that a letter was handed over. The duty that it does is done at that moment.

    Raises ``Refused`` for one that has gone already or is being sent.
    """
    case = locked(letter.case)
    letter = Letter.objects.select_related("recipient", "meets__instance").get(pk=letter.pk)
    refuse_if(rules.why_not_deliver_by_hand(letter))

    letter.channel = Case.Channel.IN_PERSON
    fact = LetterHandedOver(
        letter=letter.pk,
        letter_kind=letter.kind,
        to=letter.recipient.name if letter.recipient else "",
    )
    timeline.record(case, fact, by=by, at=at, seats=Seat(letter.seats))
    return arrived(case, letter, at=at)
