"""What the worker does for handling.

Looks at the limits every minute, and follows what letters and scanners say.
"""

from valedor.casefile.models import Case, Document, Entry, Letter
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.jobs import task
from valedor.foundation.moments import now
from valedor.handling import presence
from valedor.handling.actions import answered, redistribute, sweep
from valedor.handling.alarms import raise_alarm
from valedor.handling.models import Alarm
from valedor.handling.repeating import note_repetitions


@task(once="tick", priority=10)
def tick() -> None:
    """Warn of limits that come near, mark those that passed, and leave no case with nobody; forget
    who had one open.
    """
    sweep.sweep(at=now())
    redistribute.pass_on_what_was_left(at=now())
    with viewing(the_house()):
        presence.forget_past(at=now())


@task(lock="case:{case_id}")
def letter_accepted(*, case_id: int, entry_id: int) -> None:
    """A letter was taken over by the mail server, handed over, or posted with proof."""
    with viewing(the_house()):
        entry = Entry.objects.get(pk=entry_id)
        letter, case = (
            Letter.objects.get(pk=entry.particulars["letter"]), Case.objects.get(pk=case_id)
        )  # fmt: skip
        if not case.is_of_the_office:
            answered.letter_accepted(case, letter=letter, at=letter.accepted_at or entry.at)


@task(lock="case:{case_id}")
def letter_refused(*, case_id: int, entry_id: int) -> None:
    """A letter did not leave, and no machine tries again."""
    with viewing(the_house()):
        entry = Entry.objects.get(pk=entry_id)
        letter = Letter.objects.get(pk=entry.particulars["letter"])
        case = Case.objects.select_related("entity").get(pk=case_id)
        if case.is_of_the_office:
            raise_alarm(case, Alarm.Cause.LETTER_FAILED, letter=letter, at=entry.recorded_at)
        else:
            answered.letter_refused(case, letter=letter, at=entry.recorded_at)


@task(lock="case:{case_id}")
def document_quarantined(*, case_id: int, entry_id: int) -> None:
    """Something harmful was found in a document: somebody decides what becomes of it."""
    with viewing(the_house()):
        entry = Entry.objects.get(pk=entry_id)
        case = Case.objects.get(pk=case_id)
        held = Document.objects.filter(pk=entry.particulars["document"])
        if case.closed_at is None and held.filter(scan=Document.Scan.INFECTED).exists():
            raise_alarm(case, Alarm.Cause.DOCUMENT_HELD, at=entry.at)


@task(lock="case:{case_id}")
def look_for_repetitions(*, case_id: int, entry_id: int) -> None:
    """A contact was registered: does it repeat an open case of the same person?"""
    with viewing(the_house()):
        case = Case.objects.select_related(
            "entity", "complainant", "mandate__representative"
        ).get(pk=case_id)  # fmt: skip
        note_repetitions(case, at=now())
