from datetime import timedelta

import pytest

from tests.cast import Cast, a_case, acting, again, hours, kinds_of, refusing
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Letter, Stage
from valedor.channels import sending
from valedor.handling.actions.respond import respond
from valedor.handling.actions.take_back_answer import take_back_answer
from valedor.people.actions.entities import change_entity

HELD = timedelta(seconds=20)


@pytest.fixture
def case(cast: Cast) -> Case:
    """Answered at five, held for twenty seconds."""
    change_entity(cast.besos, seconds_to_take_back=20, by=None, at=hours(0))
    case = a_case(cast, stage=Stage.DECIDED)
    respond(case, by=staff(cast.bruno), at=hours(5))
    return case


def _letter(case: Case) -> Letter:
    return Letter.objects.filter(case=case).exclude(kind="receipt").latest("pk")


def test_while_it_is_held_no_worker_sends_it(cast: Cast, case: Case) -> None:
    letter = _letter(case)
    assert sending.deliver(letter.pk, at=hours(5)) == hours(5) + HELD
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (Letter.State.QUEUED, 0)
    # A worker that looks for letters that were left behind leaves it, too.
    assert letter.pk not in sending.forgotten(hours(5) + HELD)


def test_taken_back_nothing_leaves_and_the_case_stands_where_it_stood(
    cast: Cast, case: Case
) -> None:
    take_back_answer(case, by=staff(cast.bruno), at=hours(5) + HELD / 2)
    assert _letter(case).state == Letter.State.CANCELLED
    assert again(case).stage == Stage.DECIDED
    assert kinds_of(case)[-1] == "case.answer_taken_back"
    assert sending.deliver(_letter(case).pk, at=hours(6)) is None
    respond(case, by=staff(cast.bruno), at=hours(7))  # Another one goes in its place.
    assert again(case).stage == Stage.ANSWERED_NOT_SENT


def test_after_its_seconds_it_is_too_late(cast: Cast, case: Case) -> None:
    with refusing(case, "left_already"):
        take_back_answer(case, by=staff(cast.bruno), at=hours(5) + HELD)


def test_whoever_wrote_it_or_leads_takes_it_back(cast: Cast, case: Case) -> None:
    ivan = cast.join("ivan")
    with refusing(case, "not_yours"):
        take_back_answer(case, by=staff(ivan), at=hours(5))
    take_back_answer(case, by=staff(cast.carla), at=hours(5))


def test_an_answer_that_a_worker_took_in_hand_is_gone(cast: Cast, case: Case) -> None:
    Letter.objects.filter(pk=_letter(case).pk).update(state=Letter.State.SENDING, attempts=1)
    with refusing(case, "left_already"):
        take_back_answer(case, by=staff(cast.bruno), at=hours(5))
    with acting(cast):
        assert again(case).stage == Stage.ANSWERED_NOT_SENT
