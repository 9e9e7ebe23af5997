"""Let a letter go by e-mail or SMS: one that waited for somebody, or that was refused before."""

from datetime import datetime

from django.db import transaction

from valedor.casefile import letters, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.facts_letters import LetterSentAnew
from valedor.casefile.models import Letter
from valedor.casefile.seats import Seat
from valedor.channels import rules
from valedor.foundation import rows
from valedor.foundation.refusals import refuse_if
from valedor.people.models import ContactPoint


@transaction.atomic
def send_again(letter: Letter, *, by: By, at: datetime, to: ContactPoint | None = None) -> Letter:
    """Queue a letter, to another address where one is given. It keeps its Message-ID.

    Raises ``Refused`` for one that has gone, is being sent, or has no address of such a kind.
    """
    case = locked(letter.case)
    letter = Letter.objects.select_related("contact_point").get(pk=letter.pk)
    letter.contact_point = to or letter.contact_point
    refuse_if(rules.why_not_send_again(letter))

    letter.state, letter.channel = Letter.State.QUEUED, letters.channel_of(letter.contact_point)
    letter.attempts, letter.next_attempt_at, letter.returned = 0, at, ""
    letter.save(
        update_fields=[
            "state", "channel", "contact_point", "attempts", "next_attempt_at", "returned"
        ]
    )  # fmt: skip
    fact = LetterSentAnew(letter=letter.pk, letter_kind=letter.kind, channel=letter.channel)
    timeline.record(case, fact, by=by, at=at, seats=Seat.COMPANY)
    rows.send(letters.delivery_of(letter))
    return letter
