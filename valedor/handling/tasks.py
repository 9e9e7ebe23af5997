"""What the worker does for handling.

Looks at the limits every minute, and follows what letters do.
"""

from valedor.casefile.models import Case, Entry, Letter
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.jobs import task
from valedor.foundation.moments import now
from valedor.handling.actions import answered, sweep


@task(once="tick", priority=10)
def tick() -> None:
    """Warn of limits that come near, and mark those that passed."""
    sweep.sweep(at=now())


@task(lock="case:{case_id}")
def letter_accepted(*, case_id: int, entry_id: int) -> None:
    """A letter was taken over by the mail server, handed over, or posted with proof."""
    with viewing(the_house()):
        entry = Entry.objects.get(pk=entry_id)
        letter = Letter.objects.get(pk=entry.particulars["letter"])
        answered.letter_accepted(
            Case.objects.get(pk=case_id), letter=letter, at=letter.accepted_at or entry.at
        )


@task(lock="case:{case_id}")
def letter_refused(*, case_id: int, entry_id: int) -> None:
    """A letter did not leave, and no machine tries again."""
    with viewing(the_house()):
        entry = Entry.objects.get(pk=entry_id)
        letter = Letter.objects.get(pk=entry.particulars["letter"])
        answered.letter_refused(Case.objects.get(pk=case_id), letter=letter, at=entry.at)
