"""Let a letter be printed once more: the first one was spoilt, lost, or came back."""

from datetime import datetime

from django.db import transaction

from valedor.casefile.access import locked
from valedor.casefile.models import Letter
from valedor.channels.post import print_rules
from valedor.channels.post.models import Printing
from valedor.foundation.refusals import refuse_if
from valedor.people.models import Account


@transaction.atomic
def print_again(letter: Letter, *, reason: str, by: Account, at: datetime) -> Printing:
    """Put a printed letter back among those to print. Raises ``Refused`` without a reason."""
    case = locked(letter.case)
    letter = Letter.objects.get(pk=letter.pk)
    printings = list(Printing.objects.filter(letter=letter))
    refuse_if(
        print_rules.why_not_print_again(
            letter,
            is_printed=any(one.run_id is not None for one in printings),
            waits=any(one.run_id is None for one in printings),
            reason=reason,
        )
    )
    return Printing.objects.create(
        case=case,
        entity_id=case.entity_id,
        seats=letter.seats,
        letter=letter,
        reason=reason.strip(),
        by=by,
        at=at,
    )
