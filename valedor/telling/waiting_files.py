"""Whose turn it is in a file of the ombudsman's office, read in one go for whoever shows a file in
one line.
"""

from datetime import date

from valedor.casefile.models import Deadline, Entry
from valedor.foundation.questions import Question, one_round_trip
from valedor.procedures.house_rules import HouseRules
from valedor.review.office.models import Offer, Opinion, Proceeding, Statement
from valedor.review.office.queries import UNMET
from valedor.telling.turns import Before, Turn, turns_of_file

_UNMET = Question(
    lambda file: Deadline.objects.filter(case=file, state__in=UNMET).order_by("due_at", "pk")
)
_UNANSWERED = Question(
    lambda file: Statement.objects.filter(case=file, given_at=None).order_by("asked_at", "pk")
)
_OFFERS = Question(
    lambda file: Offer.objects.filter(case=file, state=Offer.State.OPEN).order_by("pk")
)
_OPINIONS = Question(lambda file: Opinion.objects.filter(case=file).order_by("pk")[:1])
_MISSING = Question(
    lambda file: Entry.objects.filter(case=file, kind="office.missing_asked_for").order_by(
        "-sequence"
    )[:1]
)


def turns_before_the_office(proceeding: Proceeding, house: HouseRules) -> list[Turn]:
    """Of a file with its case. As the house: what the company was asked counts, too."""
    with one_round_trip(proceeding.case_id) as ask:
        unmet, unanswered, offers = ask(_UNMET), ask(_UNANSWERED), ask(_OFFERS)
        opinions, missing = ask(_OPINIONS), ask(_MISSING)
    return turns_of_file(
        Before(
            proceeding=proceeding,
            is_closed=proceeding.case.closed_at is not None,
            zone=house.entity.timezone,
            deadlines=unmet,
            asked=unanswered,
            offers=offers,
            opinion=opinions[0] if opinions else None,
            send_by=date.fromisoformat(missing[0].particulars["send_by"]) if missing else None,
        )
    )
