"""What the worker does for those let in."""

from valedor.casefile.models import Case, Entry, Letter
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.jobs import task
from valedor.foundation.moments import local_day, now
from valedor.participants.actions import copy_letter as copying
from valedor.participants.actions.let_out import let_out_expired
from valedor.participants.queries import with_a_day_before


@task(lock="case:{case_id}")
def copy_letter(*, case_id: int, entry_id: int) -> None:
    """A letter left: whoever is let in and gets the letters too gets a copy."""
    with viewing(the_house()):
        entry = Entry.objects.get(pk=entry_id)
        letter = Letter.objects.get(pk=entry.particulars["letter"])
        case = Case.objects.select_related("entity", "complainant", "mandate").get(pk=case_id)
        copying.copy_letter(case, letter=letter, at=now())


@task(once="let-out-expired")
def let_out_those_whose_time_is_over() -> None:
    """Whoever was let in until a day that is over is out, and the person is told."""
    at = now()
    with viewing(the_house()):
        over = [
            one
            for one in with_a_day_before(at)
            if one.expires_on and one.expires_on < local_day(at, one.case.entity.timezone)
        ]
    for one in over:
        let_out_expired(one.case, participant=one, at=at)
