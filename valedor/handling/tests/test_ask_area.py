from datetime import datetime

from tests.cast import Cast, a_case, again, days, hours, kinds_of, refusing, under
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Deadline, Entry, Stage
from valedor.casefile.seats import Seat
from valedor.handling.actions.ask import withdraw_question
from valedor.handling.actions.ask_area import answer_inquiry, ask_area
from valedor.handling.actions.close import withdraw
from valedor.handling.actions.correct import correct_received_at
from valedor.handling.actions.sweep import sweep
from valedor.handling.models import Alarm, Inquiry
from valedor.people.models import Absence, Role
from valedor.procedures.models import InternalTarget


def asked(cast: Cast, case: Case, at: datetime, answer_by: datetime | None = None) -> Inquiry:
    return ask_area(
        case,
        area=cast.billing,
        text="Two charges?",
        answer_by=answer_by,
        by=staff(cast.carla),
        at=at,
    )


def the_limit(case: Case) -> Deadline:
    return Deadline.objects.get(case=case, duty="answer_as_area")


def test_an_area_is_asked_and_answers(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    inquiry = ask_area(
        case, area=cast.billing, text="Two charges?", by=staff(cast.bruno), at=hours(2)
    )
    assert again(case).stage == Stage.INVESTIGATION
    answer_inquiry(case, inquiry=inquiry, text="Yes, two.", by=staff(cast.ines), at=hours(3))
    inquiry.refresh_from_db()
    assert (inquiry.answer, inquiry.answered_by) == ("Yes, two.", cast.ines)
    assert kinds_of(case)[-2:] == ["limits.met", "case.area_answered"]
    lines = Entry.objects.filter(case=case, kind__startswith="case.area_")
    assert {line.seats for line in lines} == {Seat.COMPANY}


def test_another_area_may_not_answer(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    inquiry = ask_area(
        case, area=cast.billing, text="Two charges?", by=staff(cast.bruno), at=hours(2)
    )
    pipes = cast.join("pia", role=Role.AREA)
    for stranger in (pipes, cast.gia, cast.hugo):
        with refusing(case, "not_permitted"):
            answer_inquiry(case, inquiry=inquiry, text="No.", by=staff(stranger), at=hours(3))
    answer_inquiry(case, inquiry=inquiry, text="Yes.", by=staff(cast.ines), at=hours(3))
    with refusing(case, "already_answered"):
        answer_inquiry(case, inquiry=inquiry, text="No.", by=staff(cast.ines), at=hours(4))


def test_an_area_is_asked_one_thing_at_a_time(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    bruno = staff(cast.bruno)
    ask_area(case, area=cast.billing, text="Two charges?", by=bruno, at=hours(2))
    with refusing(case, "already_asked"):
        ask_area(case, area=cast.billing, text="And before?", by=bruno, at=hours(3))


def test_the_house_gives_its_areas_a_day_of_its_own(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    inquiry = asked(cast, case, hours(2))
    limit = the_limit(case)
    assert inquiry.deadline == limit
    assert limit.due_on is not None
    assert limit.due_on.isoformat() == "2026-11-27"  # Five business days after a Friday.
    assert (limit.role, limit.seats, limit.binds) == ("target", Seat.COMPANY, False)
    assert again(case).next_due_at == min(
        one.due_at for one in Deadline.objects.filter(case=case, state="running") if one.due_at
    )


def test_a_target_of_the_house_sets_the_day(cast: Cast) -> None:
    InternalTarget.objects.create(
        entity=cast.besos, name={}, meets="answer_as_area", length=8, unit="hours"
    )
    under(cast, "es-trlgdcu-21", "iso-10002")
    case = a_case(cast, stage=Stage.ASSESSED)
    assert not Deadline.objects.filter(case=case, duty="answer_as_area").exists()
    asked(cast, case, hours(2))
    assert the_limit(case).due_at == hours(10)


def test_an_area_never_has_longer_than_the_answer_itself(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    law = Deadline.objects.get(case=case, regime="es-trlgdcu-21", duty="respond")
    inquiry = asked(cast, case, hours(2), answer_by=days(90))
    assert the_limit(case).due_at == inquiry.answer_by == law.due_at


def test_whoever_asked_is_called_before_the_day_and_on_it(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)  # Bruno holds it; Carla asks.
    asked(cast, case, hours(4))
    limit = the_limit(case)
    assert limit.warn_at is not None
    assert limit.due_at is not None
    for at in (limit.warn_at, limit.due_at, limit.due_at):
        sweep(at=at)
    calls = Alarm.objects.filter(deadline=limit).order_by("raised_at")
    assert [(one.cause, one.account) for one in calls] == [
        (Alarm.Cause.DUE_SOON, cast.carla),
        (Alarm.Cause.AREA_LATE, cast.carla),
    ]
    inquiry = Inquiry.objects.get(case=case)
    answer_inquiry(case, inquiry=inquiry, text="Yes.", by=staff(cast.ines), at=days(8))
    assert not Alarm.objects.filter(deadline=limit, settled_at=None).exists()
    limit.refresh_from_db()
    assert limit.state == "met"


def test_the_holder_is_called_when_whoever_asked_is_away(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    asked(cast, case, hours(4))
    Absence.objects.create(
        account=cast.carla, from_on="2026-11-01", to_on="2026-12-31", recorded_at=days(0)
    )
    limit = the_limit(case)
    assert limit.due_at is not None
    sweep(at=limit.due_at)
    assert Alarm.objects.get(deadline=limit).account == cast.bruno


def test_a_question_that_needs_no_answer_has_no_limit_any_more(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    inquiry = asked(cast, case, hours(4))
    withdraw_question(case, inquiry=inquiry, by=staff(cast.carla), at=hours(5))
    assert the_limit(case).state == "dropped"
    other = a_case(cast, stage=Stage.INVESTIGATION)
    asked(cast, other, hours(4))
    withdraw(other, by=COMPLAINANT, at=hours(5))
    assert the_limit(other).state == "dropped"


def test_a_corrected_date_leaves_the_day_of_the_area_alone(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    asked(cast, case, hours(2), answer_by=days(3))
    earlier = hours(-24)
    correct_received_at(
        case, received_at=earlier, reason="Came by fax.", by=staff(cast.carla), at=hours(3)
    )
    assert the_limit(case).due_at == days(3)
