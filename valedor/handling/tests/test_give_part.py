from tests.cast import Cast, a_case, again, hours, kinds_of, refusing
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Stage
from valedor.handling.actions.assess import assess
from valedor.handling.actions.give_part import finish_part, give_part
from valedor.handling.actions.respond import respond


def a_complex_case(cast: Cast) -> Case:
    noa = cast.join("noa", team=cast.complex_team)
    case = a_case(cast)
    assess(case, severity=2, difficulty="complex", by=staff(cast.bruno), at=hours(1))
    assert again(case).holder == noa
    return again(case)


def test_several_do_parts_and_one_stays_responsible(cast: Cast) -> None:
    case = a_complex_case(cast)
    noa, omar = cast.others["noa"], cast.join("omar", team=cast.complex_team)
    part = give_part(case, member=omar, task="Read the meter.", by=staff(noa), at=hours(2))
    assert again(case).holder == noa
    with refusing(case, "not_yours"):
        finish_part(case, part=part, outcome="-", by=staff(cast.bruno), at=hours(3))
    finish_part(case, part=part, outcome="It reads 1204.", by=staff(omar), at=hours(3))
    assert kinds_of(case)[-2:] == ["case.part_given", "case.part_finished"]
    with refusing(case, "already_done"):
        finish_part(case, part=part, outcome="-", by=staff(omar), at=hours(4))


def test_only_complex_cases_have_parts(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    with refusing(case, "not_complex"):
        give_part(case, member=cast.carla, task="-", by=staff(cast.bruno), at=hours(2))


def test_only_the_responsible_gives_them_and_says_what_to_do(cast: Cast) -> None:
    case = a_complex_case(cast)
    noa = cast.others["noa"]
    with refusing(case, "not_responsible"):
        give_part(case, member=noa, task="Read it.", by=staff(cast.bruno), at=hours(2))
    with refusing(case, "task_missing"):
        give_part(case, member=noa, task=" ", by=staff(noa), at=hours(2))


def test_the_answer_waits_for_open_parts(cast: Cast) -> None:
    from tests.cast import decide_all

    case = a_complex_case(cast)
    noa = cast.others["noa"]
    give_part(case, member=cast.bruno, task="Read the meter.", by=staff(noa), at=hours(2))
    decide_all(case, staff(noa), hours(3))
    with refusing(case, "parts_open"):
        respond(case, by=staff(noa), at=hours(4))
