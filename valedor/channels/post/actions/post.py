"""Record that a printed letter was posted, with what proves it."""

from datetime import datetime

from django.db import transaction

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.facts_letters import LetterPosted
from valedor.casefile.models import Case, Document, Letter
from valedor.casefile.seats import Seat
from valedor.channels import rules
from valedor.channels.post.arrival import arrived
from valedor.channels.post.paper import post_point_of
from valedor.foundation.refusals import refuse_if


@transaction.atomic
def post(
    letter: Letter,
    *,
    by: By,
    at: datetime,
    proof: str = "",
    document: Document | None = None,
    recorded_at: datetime | None = None,
) -> Letter:
    """Record the posting of a letter at a moment, by a tracking number or a scanned slip.

    Its duty is done when it was posted, whenever that is recorded. Raises ``Refused`` without
    proof, or for a letter that has gone already.
    """
    case = locked(letter.case)
    letter = Letter.objects.select_related("recipient", "contact_point", "meets__instance").get(
        pk=letter.pk
    )
    proof = proof.strip()
    refuse_if(rules.why_not_post(letter, has_proof=bool(proof or document)))

    letter.channel, letter.proof = Case.Channel.LETTER, proof
    name = letter.recipient.name if letter.recipient else ""
    # From where it may come back, whatever addresses are told of later.
    letter.contact_point = post_point_of(letter) or letter.contact_point
    address = letter.contact_point.value if letter.contact_point else ""
    fact = LetterPosted(
        letter=letter.pk,
        letter_kind=letter.kind,
        document=document.pk if document else None,
        to=", ".join(filter(None, [name, *address.splitlines()])),
        proof=proof,
    )
    timeline.record(case, fact, by=by, at=at, recorded_at=recorded_at, seats=Seat(letter.seats))
    return arrived(case, letter, at=at)
