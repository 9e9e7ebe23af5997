from tests.cast import (
    Cast,
    a_case,
    again,
    by_elena,
    days,
    decide_all,
    hours,
    kinds_of,
    letters_leave,
    refusing,
    widen_or_narrow,
)
from valedor.casefile.actors import COMPLAINANT, REPRESENTATIVE, staff
from valedor.casefile.models import Deadline, Instance, Kind, Letter, Stage
from valedor.handling.actions.assess import assess
from valedor.handling.actions.close import close
from valedor.handling.actions.respond import respond
from valedor.handling.actions.take import take
from valedor.handling.models import Alarm, Closure, Decision
from valedor.people.models import Mandate
from valedor.review.actions.contest import contest


def test_someone_who_had_no_part_looks_again_with_limits_of_its_own(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED)
    review = contest(case, reasons="El segundo cargo sigue ahí.", by=COMPLAINANT, at=days(5))
    row = again(case)
    assert (row.stage, row.holder) == (Stage.CONTESTED, cast.carla)
    assert (review.kind, review.ordinal) == (Instance.Kind.REVIEW, 2)
    first = Instance.objects.get(case=case, ordinal=1)
    assert (first.closed_at, first.outcome) == (days(5), "upheld")
    limits = Deadline.objects.filter(case=case, instance=review, duty="respond")
    assert limits.exists()
    assert {limit.starts_at for limit in limits} == {days(5)}
    assert row.next_due_at is not None
    assert row.next_due_at > days(5)
    assert Letter.objects.filter(case=case, kind="contest_received").exists()
    with refusing(case, "handled_before"):
        take(case, by=staff(cast.bruno), at=days(6))


def test_the_second_look_decides_and_answers_anew(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED)
    review = contest(case, reasons="No.", by=COMPLAINANT, at=days(5))
    carla = staff(cast.carla)
    with refusing(case, "undecided"):
        respond(case, by=carla, at=days(6))
    decide_all(case, carla, days(6), Decision.Outcome.NOT_UPHELD)
    assert Decision.objects.filter(case=case, replaced_at=None).count() == 4
    response = respond(case, by=carla, at=days(7))
    assert response.letter is not None
    assert response.instance == review
    assert "Si se nos ha escapado algo, escríbanos a más tardar el 7 de" in response.letter.body
    letters_leave(case, days(7))
    review.refresh_from_db()
    assert (again(case).stage, review.outcome) == (Stage.ANSWERED, "not_upheld")
    with refusing(case, "looked_twice"):
        contest(case, reasons="No.", by=COMPLAINANT, at=days(9))


def test_the_second_answer_is_waited_for_as_long_as_the_first(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED)
    contest(case, reasons="No.", by=COMPLAINANT, at=days(5))
    carla, answered = staff(cast.carla), Closure.Reason.ANSWERED
    decide_all(case, carla, days(6))
    with refusing(case, "not_answered"):
        close(case, reason=answered, by=carla, at=days(20))
    respond(case, by=carla, at=days(7))
    letters_leave(case, days(7))
    with refusing(case, "time_to_react"):
        close(case, reason=answered, by=carla, at=days(17))
    close(case, reason=answered, by=carla, at=days(18))
    assert again(case).stage == Stage.CLOSED


def test_where_everybody_had_a_part_an_alarm_is_raised(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED)
    take(case, by=staff(cast.carla), at=days(1))
    contest(case, reasons="No.", by=COMPLAINANT, at=days(5))
    assert again(case).holder is None
    alarms = Alarm.objects.filter(case=case, settled_at=None)
    assert Alarm.Cause.NOBODY_ELIGIBLE in {alarm.cause for alarm in alarms}


def test_a_closed_case_can_be_contested(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.CLOSED)
    contest(case, reasons="No.", by=COMPLAINANT, at=days(5))
    assert (again(case).stage, again(case).closed_at) == (Stage.CONTESTED, None)


def test_staff_write_down_what_was_said_by_telephone(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED)
    contest(case, reasons="No.", by=staff(cast.bruno), channel="telephone", at=days(5))
    assert "case.contested" in kinds_of(case)


def test_refuses_without_answer_or_reasons_and_to_strangers(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED_NOT_SENT)
    with refusing(case, "not_answered"):
        contest(case, reasons="No.", by=COMPLAINANT, at=days(1))
    answered = a_case(cast, stage=Stage.ANSWERED)
    with refusing(answered, "reasons_missing"):
        contest(answered, reasons=" ", by=COMPLAINANT, at=days(1))
    for stranger in (cast.dario, cast.gia, cast.ines, cast.hugo):
        with refusing(answered, "not_permitted"):
            contest(answered, reasons="No.", by=staff(stranger), at=days(1))
    contest(answered, reasons="No.", by=COMPLAINANT, at=days(1))
    with refusing(answered, "second_look_runs"):
        contest(answered, reasons="No.", by=COMPLAINANT, at=days(2))


def test_a_narrow_mandate_does_not_reach(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ANSWERED, submission=by_elena(cast))
    widen_or_narrow(case, Mandate.Scope.FILE)
    with refusing(case, "mandate_too_narrow"):
        contest(case, reasons="No.", by=REPRESENTATIVE, at=days(1))


def test_what_was_served_with_a_word_is_not_contested(cast: Cast) -> None:
    case = a_case(cast, kind=Kind.ENQUIRY, grievances=())
    assess(case, severity=1, difficulty="simple", by=staff(cast.bruno), at=hours(1))
    respond(case, opening="A las nueve.", by=staff(cast.bruno), at=hours(2))
    letters_leave(case, hours(3))
    with refusing(case, "not_decided"):
        contest(case, reasons="No.", by=COMPLAINANT, at=days(1))
