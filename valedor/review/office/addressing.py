"""What passes through the wall to the company: a line of its own case, a row that waits for its
word, a limit and a call to whoever handles it. Runs as the house.
"""

from datetime import datetime

from valedor.casefile import limits, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Deadline, Instance
from valedor.casefile.seats import Seat
from valedor.handling.alarms import raise_alarm
from valedor.handling.models import Alarm
from valedor.handling.office import ANSWER_THE_OFFICE
from valedor.review.office.facts import TO_THE_COMPANY, OfficeAddressed
from valedor.review.office.models import Hearing


def address(
    about: Case,
    file: Case,
    what: Hearing.What,
    *,
    of: int,
    text: str,
    by: By,
    at: datetime,
    answer_by: datetime | None = None,
) -> Hearing:
    """Address something to the company; with ``answer_by`` its word is owed by then."""
    case = locked(about)
    hearing = Hearing(
        case=case,
        entity_id=case.entity_id,
        file=file,
        file_reference=file.reference,
        what=what,
        of=of,
        text=text,
        asked_at=at,
        answer_by=answer_by,
    )
    if answer_by is not None:
        ours = Instance.objects.filter(case=case).exclude(kind__in=Instance.OUTSIDE)
        instance = ours.order_by("-ordinal").first()
        assert instance is not None  # noqa: S101 -- every case has its first one
        hearing.deadline = limits.add(
            case, instance, duty=ANSWER_THE_OFFICE, due_at=answer_by, by=by, at=at,
            seats=Seat.COMPANY | Seat.OMBUDSMAN, role=Deadline.Role.PROMISE,
        )  # fmt: skip
    hearing.save(force_insert=True)
    fact = OfficeAddressed(
        hearing=hearing.pk,
        file=file.reference,
        what=str(what),
        answer_by=answer_by.isoformat() if answer_by else "",
    )
    timeline.record(case, fact, by=by, at=at, body=text, seats=TO_THE_COMPANY)
    raise_alarm(case, Alarm.Cause.OFFICE_ASKS, at=at)
    return hearing


def end(hearing: Hearing, *, by: By, at: datetime) -> None:
    """No word of the company is needed any more."""
    hearing.ended_at = at
    hearing.save(update_fields=["ended_at"])
    if hearing.deadline is not None:
        case = locked(hearing.case)
        limits.drop(case, ANSWER_THE_OFFICE, by=by, at=at, reason="", only=hearing.deadline)


def end_all(file: Case, *, by: By, at: datetime) -> None:
    """The file is over: nothing is asked of the company any more."""
    waiting = Hearing.objects.filter(file=file, answered_at=None, ended_at=None)
    for hearing in waiting.select_related("case", "deadline"):
        end(hearing, by=by, at=at)
