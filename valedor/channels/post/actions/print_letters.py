"""Print the letters that wait, all in one file and each once."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Letter
from valedor.casefile.seats import Seat
from valedor.channels.post import print_rules
from valedor.channels.post.facts import LetterPrinted
from valedor.channels.post.models import Printing, PrintRun
from valedor.channels.post.printing import letters_to_print
from valedor.foundation.refusals import refuse_if
from valedor.people.models import Account, Entity


@transaction.atomic
def print_letters(
    entity: Entity,
    *,
    by: Account,
    at: datetime,
    cases: QuerySet[Case] | None = None,
    seats: Seat = Seat.COMPANY,
) -> PrintRun:
    """Take the letters of an entity that wait to be printed, the one due first on top, into a run.

    ``cases`` are those that somebody may see, where that is not every one of the company's, and
    ``seats`` those of whoever sees to them. Two people who press at
    once do not print a letter twice: the second finds what the first left. Raises ``Refused`` where
    nothing waits.
    """
    found = list(letters_to_print(entity, cases)[: print_rules.MOST_A_RUN])
    known: dict[int, Case] = {}
    for case_id in sorted({letter.case_id for letter in found}):
        known[case_id] = locked(Case(pk=case_id))
    # What somebody else printed before the locks were ours is there no more.
    still = set(letters_to_print(entity, cases).filter(pk__in=[one.pk for one in found])
                .values_list("pk", flat=True))  # fmt: skip
    found = [letter for letter in found if letter.pk in still]
    refuse_if(print_rules.why_not_print(len(found)))

    run = PrintRun.objects.create(entity=entity, seats=int(seats), by=by, at=at)
    again = {
        one.letter_id: one
        for one in Printing.objects.filter(letter__in=[letter.pk for letter in found], run=None)
    }
    for letter in found:
        _print(known[letter.case_id], letter, again.get(letter.pk), run, by=by, at=at)
    return run


def _print(
    case: Case, letter: Letter, again: Printing | None, run: PrintRun, *, by: Account, at: datetime
) -> None:
    if again is None:
        Printing.objects.create(
            case=case, entity_id=case.entity_id, seats=letter.seats, letter=letter, run=run,
            by=by, at=at,
        )  # fmt: skip
    else:
        Printing.objects.filter(pk=again.pk).update(run=run, at=at)
    fact = LetterPrinted(
        letter=letter.pk,
        letter_kind=letter.kind,
        run=run.pk,
        reason=again.reason if again else "",
    )
    timeline.record(case, fact, by=staff(by), at=at)
