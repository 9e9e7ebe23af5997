"""A letter came back after the mail server, or the post, had taken it: a notice that did not arrive
is no notice.

What it had met opens again through the follower of the fact (``handling.tasks.letter_refused``).
"""

from datetime import datetime

from django.db import transaction

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import SYSTEM, By
from valedor.casefile.facts_letters import LetterCameBack
from valedor.casefile.models import Letter
from valedor.casefile.seats import Seat
from valedor.people.models import ContactPoint


@transaction.atomic
def come_back(
    letter: Letter, *, reason: str, at: datetime, by: By = SYSTEM, for_good: bool = True
) -> bool:
    """Record that a letter did not arrive; False for one that had not left, or is known to be back.

    ``reason`` is what the other side said. ``for_good`` says that its address takes nothing, so
    that no other letter goes there.
    """
    case = locked(letter.case)
    letter = Letter.objects.select_related("contact_point").get(pk=letter.pk)
    done = Letter.objects.filter(pk=letter.pk, state=Letter.State.ACCEPTED).update(
        state=Letter.State.REFUSED, last_answer=reason
    )
    if not done:
        return False
    if for_good and letter.contact_point_id is not None:
        ContactPoint.objects.filter(pk=letter.contact_point_id).update(failed_at=at)
    fact = LetterCameBack(
        letter=letter.pk,
        letter_kind=letter.kind,
        channel=letter.channel,
        to=letter.contact_point.value if letter.contact_point else "",
        reason=reason,
    )
    timeline.record(case, fact, by=by, at=at, seats=Seat.COMPANY)
    return True
