"""The worker's part in the past: letters leave a minute after they were written."""

from datetime import datetime, timedelta

from valedor.casefile.models import Case, Letter
from valedor.casefile.viewing import the_house, viewing
from valedor.channels import sending
from valedor.handling.actions import answered


def letters_leave(case: Case, at: datetime) -> None:
    """What the worker does a minute later: send, and see to what follows."""
    with viewing(the_house(case.entity_id)):
        queued = list(
            Letter.objects.filter(case=case.pk, state=Letter.State.QUEUED).values_list(
                "pk", flat=True
            )
        )
    for letter_id in queued:
        sent_at = at + timedelta(minutes=1)
        sending.deliver(letter_id, at=sent_at)
        with viewing(the_house(case.entity_id)):
            letter = Letter.objects.get(pk=letter_id)
            if letter.state == Letter.State.ACCEPTED and not case.is_of_the_office:
                answered.letter_accepted(case, letter=letter, at=sent_at)
