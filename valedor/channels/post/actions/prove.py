"""Record the proof that a posted letter came into the person's hands."""

from datetime import datetime

from django.db import transaction

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.facts_letters import LetterProved
from valedor.casefile.models import Document, Letter
from valedor.casefile.seats import Seat
from valedor.channels import rules
from valedor.foundation.refusals import refuse_if


@transaction.atomic
def prove(
    letter: Letter,
    *,
    by: By,
    at: datetime,
    proof: str = "",
    document: Document | None = None,
    recorded_at: datetime | None = None,
) -> Letter:
    """Record that a letter was delivered at a moment, by what a slip or the post's tracking says.

    Its duty was done when it was posted; this proves that it arrived, and when. Raises ``Refused``
    without proof, for a letter that was not posted, or one that is proved or came back already.
    """
    case = locked(letter.case)
    letter = Letter.objects.select_related("recipient").get(pk=letter.pk)
    proof = proof.strip()
    refuse_if(rules.why_not_prove(letter, at=at, has_proof=bool(proof or document)))

    letter.arrived_at = at
    letter.save(update_fields=["arrived_at"])
    fact = LetterProved(
        letter=letter.pk,
        letter_kind=letter.kind,
        document=document.pk if document else None,
        to=letter.recipient.name if letter.recipient else "",
        proof=proof,
    )
    timeline.record(case, fact, by=by, at=at, recorded_at=recorded_at, seats=Seat(letter.seats))
    return letter
