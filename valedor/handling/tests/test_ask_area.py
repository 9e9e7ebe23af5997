from tests.cast import Cast, a_case, again, hours, kinds_of, refusing
from valedor.casefile.actors import staff
from valedor.casefile.models import Entry, Stage
from valedor.casefile.seats import Seat
from valedor.handling.actions.ask_area import answer_inquiry, ask_area
from valedor.people.models import Role


def test_an_area_is_asked_and_answers(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    inquiry = ask_area(
        case, area=cast.billing, text="Two charges?", by=staff(cast.bruno), at=hours(2)
    )
    assert again(case).stage == Stage.INVESTIGATION
    answer_inquiry(case, inquiry=inquiry, text="Yes, two.", by=staff(cast.ines), at=hours(3))
    inquiry.refresh_from_db()
    assert (inquiry.answer, inquiry.answered_by) == ("Yes, two.", cast.ines)
    assert kinds_of(case)[-2:] == ["case.area_asked", "case.area_answered"]
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
