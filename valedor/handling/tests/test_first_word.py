"""Which letters are the word owed within 48 hours (ISO 10002 with the trade's own rule)."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from tests.cast import Cast, a_case, days, hours, letters_leave, under
from valedor.casefile.actors import By, staff
from valedor.casefile.models import Case, Deadline, Letter, Stage
from valedor.handling.actions.ask import ask
from valedor.handling.actions.request_cure import request_cure
from valedor.handling.actions.send_message import send_message
from valedor.handling.actions.sweep import sweep
from valedor.handling.actions.tell_delay import tell_delay

Word = Callable[[Case, By, datetime], object]

WORDS: dict[str, tuple[str, Word]] = {
    "a message": (
        "message",
        lambda case, by, at: send_message(case, text="Lo miramos.", by=by, at=at),
    ),
    "why and until when": (
        "delay_notice",
        lambda case, by, at: tell_delay(
            case, reason="El contador.", expected_on=date(2026, 12, 1), by=by, at=at
        ),
    ),
    "a request to complete it": (
        "cure_request",
        lambda case, by, at: request_cure(case, missing=["La factura"], by=by, at=at),
    ),
    "a question with a day": (
        "question",
        lambda case, by, at: ask(case, text="¿Qué mes?", answer_by=days(5), by=by, at=at),
    ),
}


def first_of(case: Case) -> Deadline:
    return Deadline.objects.get(case=case, duty="first_answer")


@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_somebody_is_a_first_answer_once_taken_over(cast: Cast, word: str) -> None:
    kind, say = WORDS[word]
    case = a_case(cast, stage=Stage.ASSESSED)
    say(case, staff(cast.bruno), hours(2))
    letter = Letter.objects.get(case=case, kind=kind)
    assert letter.meets == first_of(case)
    assert first_of(case).state == "running"
    letters_leave(case, hours(3))
    assert (first_of(case).state, first_of(case).met_at) == ("met", hours(3))


def test_a_receipt_never_is(cast: Cast) -> None:
    case = a_case(cast)
    letters_leave(case, hours(1))
    assert first_of(case).state == "running"
    sweep(at=hours(49))
    assert first_of(case).state == "missed"


def test_a_question_without_a_day_is_not(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    ask(case, text="¿Qué mes?", by=staff(cast.bruno), at=hours(2))
    letters_leave(case, hours(3))
    assert first_of(case).state == "running"


def test_later_words_say_where_the_case_stands(cast: Cast) -> None:
    under(cast, "iso-10002")
    case = a_case(cast, stage=Stage.ASSESSED)
    bruno = staff(cast.bruno)
    for hour in (2, 4):
        send_message(case, text="Seguimos.", by=bruno, at=hours(hour))
        letters_leave(case, hours(hour + 1))
    told = Deadline.objects.get(case=case, duty="status_update")
    assert (told.state, told.met_at) == ("met", hours(5))


def test_an_answer_leaves_no_word_owed(cast: Cast) -> None:
    under(cast, "iso-10002")
    case = a_case(cast, stage=Stage.ANSWERED)
    owed = Deadline.objects.filter(case=case, state__in=["running", "missed"])
    assert list(owed.values_list("duty", flat=True)) == []
