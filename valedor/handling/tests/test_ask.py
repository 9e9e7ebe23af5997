from datetime import date

from tests.cast import Cast, a_case, a_submission, again, days, hours, kinds_of, refusing, under
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Deadline, Kind, Letter, Message, Stage
from valedor.handling.actions.ask import ask, withdraw_question
from valedor.handling.actions.receive_message import receive_message
from valedor.handling.models import Alarm, Inquiry


def test_asks_by_letter_and_waits(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    inquiry = ask(case, text="¿Tiene el extracto?", by=staff(cast.bruno), at=hours(2))
    assert again(case).stage == Stage.AWAITING_COMPLAINANT
    letter = Letter.objects.get(case=case, kind="question")
    assert "¿Tiene el extracto?" in letter.body
    assert Message.objects.get(letter=letter).direction == Message.Direction.OUT
    assert Inquiry.objects.get(pk=inquiry.pk).entry is not None
    assert kinds_of(case)[-1] == "case.asked"


def test_pauses_nothing_where_no_regime_allows_it(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    before = set(Deadline.objects.filter(case=case).values_list("pk", "due_at", "state"))
    inquiry = ask(case, text="¿Tiene el extracto?", by=staff(cast.bruno), at=hours(2))
    assert not inquiry.pauses
    assert set(Deadline.objects.filter(case=case).values_list("pk", "due_at", "state")) == before


def test_the_answer_brings_the_case_back_and_calls_somebody_once(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    inquiry = ask(case, text="¿Tiene el extracto?", by=staff(cast.bruno), at=hours(5))
    for at in (days(1), days(2)):
        receive_message(
            again(case), text="Aquí está.", channel=Case.Channel.EMAIL, by=COMPLAINANT, at=at
        )
    assert again(case).stage == Stage.INVESTIGATION
    inquiry.refresh_from_db()
    assert inquiry.answered_at == days(1)
    assert inquiry.answer == "Aquí está."
    assert kinds_of(case).count("message.received") == 2
    assert Alarm.objects.filter(case=case, cause=Alarm.Cause.PERSON_WROTE).count() == 1


def test_what_arrived_before_the_question_is_no_answer_to_it(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    inquiry = ask(case, text="¿Tiene el extracto?", by=staff(cast.bruno), at=hours(5))
    receive_message(
        again(case),
        text="Otra cosa.",
        channel=Case.Channel.EMAIL,
        by=COMPLAINANT,
        at=hours(3),
        recorded_at=hours(6),
    )
    inquiry.refresh_from_db()
    assert inquiry.answered_at is None
    assert again(case).stage == Stage.AWAITING_COMPLAINANT
    assert Alarm.objects.get(case=case, cause=Alarm.Cause.PERSON_WROTE).raised_at == hours(6)


def test_a_withdrawn_question_waits_for_nobody(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    bruno = staff(cast.bruno)
    inquiry = ask(case, text="¿Cuándo?", by=bruno, at=hours(2))
    withdraw_question(case, inquiry=inquiry, by=bruno, at=hours(3))
    assert again(case).stage == Stage.ASSESSED
    with refusing(case, "not_waiting"):
        withdraw_question(case, inquiry=inquiry, by=bruno, at=hours(4))


def test_refuses_an_empty_question_an_answered_case_and_strangers(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    with refusing(case, "empty"):
        ask(case, text="  ", by=staff(cast.bruno), at=hours(2))
    with refusing(case, "too_long"):
        ask(case, text="a" * 100_001, by=staff(cast.bruno), at=hours(2))
    for stranger in (cast.dario, cast.gia, cast.ines, cast.hugo):
        with refusing(case, "not_permitted"):
            ask(case, text="¿Cuándo?", by=staff(stranger), at=hours(2))
    answered = a_case(cast, stage=Stage.ANSWERED)
    with refusing(answered, "answered"):
        ask(answered, text="¿Cuándo?", by=staff(cast.bruno), at=hours(9))


def test_pauses_where_the_regime_allows_it_and_the_answer_ends_the_pause(cast: Cast) -> None:
    """RD 951/2005, art. 16: asking for clarification stops the twenty business days."""
    under(cast, "es-public-administration", state_administration=True, administrative_appeal=False)
    case = a_case(cast)
    limit = Deadline.objects.get(case=case, duty="respond", clock="answer")
    assert limit.due_on == date(2026, 12, 21)  # 8 December is a holiday.
    inquiry = ask(case, text="¿Qué contador?", by=staff(cast.bruno), at=days(3))
    paused = Deadline.objects.get(pk=limit.pk)
    assert (inquiry.pauses, paused.state, paused.due_on) == (True, "paused", None)
    receive_message(
        again(case), text="El 12.", channel=Case.Channel.EMAIL, by=COMPLAINANT, at=days(5)
    )
    limit.refresh_from_db()
    assert (limit.state, limit.due_on) == ("running", date(2026, 12, 23))


def test_a_pause_for_who_somebody_is_does_not_serve_for_other_questions(cast: Cast) -> None:
    """GDPR art. 12(6) knows doubts of identity only."""
    under(cast, "eu-gdpr", personal_data_request=True)
    case = a_case(cast, submission=a_submission(cast, kind=Kind.DATA_REQUEST))
    bruno = staff(cast.bruno)
    assert not ask(case, text="What exactly?", by=bruno, at=hours(1)).pauses
    assert ask(again(case), text="Who are you?", about="identity", by=bruno, at=hours(2)).pauses
