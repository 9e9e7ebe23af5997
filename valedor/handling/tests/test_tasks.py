"""What the worker calls, with the ids that it gets, perhaps twice."""

from tests.cast import Cast, a_case, again, hours, kinds_of
from valedor.casefile import timeline
from valedor.casefile.actors import SYSTEM
from valedor.casefile.facts_letters import LetterAccepted, LetterRefused
from valedor.casefile.models import Case, Letter, Stage
from valedor.handling import tasks
from valedor.handling.models import Acknowledgement


def taken_over(case: Case, kind: str) -> int:
    letter = Letter.objects.get(case=case, kind=kind)
    Letter.objects.filter(pk=letter.pk).update(state="accepted", accepted_at=hours(9))
    fact = LetterAccepted(
        letter=letter.pk, letter_kind=kind, channel="email", sent_again=False, to="a@example.org"
    )
    return timeline.record(again(case), fact, by=SYSTEM, at=hours(9)).pk


def test_the_receipts_departure_acknowledges_once(cast: Cast) -> None:
    case = a_case(cast)
    entry = taken_over(case, "receipt")
    for _twice in range(2):
        tasks.letter_accepted(case_id=case.pk, entry_id=entry)
    assert Acknowledgement.objects.filter(case=case).count() == 1
    assert kinds_of(case).count("case.acknowledged") == 1


def test_the_answers_departure_answers_once(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED_NOT_SENT)
    entry = taken_over(case, "response")
    for _twice in range(2):
        tasks.letter_accepted(case_id=case.pk, entry_id=entry)
    assert again(case).stage == Stage.ANSWERED
    assert kinds_of(case).count("case.answered") == 1


def test_the_answers_return_opens_the_step_once(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED_NOT_SENT)
    letter = Letter.objects.get(case=case, kind="response")
    fact = LetterRefused(
        letter=letter.pk, letter_kind="response", attempts=8, to="a@example.org", reason="550"
    )
    entry = timeline.record(again(case), fact, by=SYSTEM, at=hours(9)).pk
    for _twice in range(2):
        tasks.letter_refused(case_id=case.pk, entry_id=entry)
    assert again(case).stage == Stage.DECIDED
    assert kinds_of(case).count("case.response_failed") == 1


def test_the_clock_ticks(cast: Cast) -> None:
    case = a_case(cast)
    tasks.tick()
    assert again(case).pk == case.pk
