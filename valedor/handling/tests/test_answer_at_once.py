"""An enquiry is answered while the person is there, and the case ends with it."""

import pytest

from tests.cast import Cast, a_case, again, hours, kinds_of, refusing
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Deadline, Entry, EntryContent, Kind, Letter, Message, Stage
from valedor.casefile.seats import Seat
from valedor.handling.actions.answer_at_once import answer_at_once
from valedor.handling.actions.answered import MET_BY_THE_ANSWER
from valedor.handling.actions.respond import respond
from valedor.handling.models import Closure
from valedor.people.models import Role

WORDS = "Abrimos de nueve a dos."


@pytest.mark.parametrize("kind", [Kind.ENQUIRY, Kind.TECHNICAL_SUPPORT])
def test_is_kept_sent_and_closed(cast: Cast, kind: Kind) -> None:
    case = a_case(cast, kind=kind, grievances=())
    message = answer_at_once(case, text=WORDS, article="hours", by=staff(cast.bruno), at=hours(1))
    row = again(case)
    assert (row.stage, row.closed_at) == (Stage.CLOSED, hours(1))
    assert Closure.objects.get(case=case).reason == Closure.Reason.ANSWERED_AT_ONCE
    assert {"case.answered_at_once", "case.closed"} <= set(kinds_of(case)[-4:])
    entry = Entry.objects.get(case=case, kind="case.answered_at_once")
    assert entry.particulars["article"] == "hours"
    assert entry.seats & Seat.COMPLAINANT
    assert EntryContent.objects.get(pk=entry.pk).body == WORDS
    assert message.direction == Message.Direction.OUT
    letter = Letter.objects.get(case=case, kind="message")
    assert WORDS in letter.body
    assert message.letter == letter
    running = {Deadline.State.RUNNING, Deadline.State.PAUSED}
    assert not Deadline.objects.filter(case=case, state__in=running).exists()
    met = Deadline.objects.filter(case=case, state=Deadline.State.MET)
    assert met.filter(duty__in=MET_BY_THE_ANSWER).exists()


def test_whoever_answers_the_telephone_may(cast: Cast) -> None:
    nuria = cast.join("nuria", role=Role.AGENT)
    case = a_case(cast, kind=Kind.ENQUIRY, grievances=())
    answer_at_once(case, text=WORDS, by=staff(nuria), at=hours(1))
    assert again(case).closed_at == hours(1)


def test_refuses_what_has_to_be_decided_and_what_was_answered(cast: Cast) -> None:
    by = staff(cast.bruno)
    for kind in set(Kind) - {Kind.ENQUIRY, Kind.TECHNICAL_SUPPORT}:
        case = a_case(cast, kind=kind)
        with refusing(case, "not_at_once"):
            answer_at_once(case, text=WORDS, by=by, at=hours(1))
    case = a_case(cast, kind=Kind.ENQUIRY, grievances=())
    with refusing(case, "empty"):
        answer_at_once(case, text="", by=by, at=hours(1))
    for stranger in (staff(cast.dario), staff(cast.gia), staff(cast.ines), COMPLAINANT):
        with refusing(case, "not_permitted"):
            answer_at_once(case, text=WORDS, by=stranger, at=hours(1))
    respond(case, opening=WORDS, by=by, at=hours(1))
    with refusing(case, "already_answered"):
        answer_at_once(case, text=WORDS, by=by, at=hours(2))
