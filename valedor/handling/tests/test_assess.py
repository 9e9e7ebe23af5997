from tests.cast import Cast, a_case, again, hours, kinds_of, refusing
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Entry, Stage
from valedor.casefile.seats import Seat
from valedor.handling.actions.assess import assess
from valedor.handling.models import Assessment, Assignment
from valedor.people.models import RoleGrant


def test_records_how_serious_and_how_hard(cast: Cast) -> None:
    case = a_case(cast)
    assessment = assess(
        case,
        severity=3,
        difficulty="demanding",
        touches_safety=True,
        people_affected=12,
        by=staff(cast.bruno),
        at=hours(1),
    )
    row = again(case)
    assert (row.stage, row.severity, row.difficulty) == (Stage.ASSESSED, 3, "demanding")
    assert row.touches_safety
    line = Entry.objects.get(case=case, kind="case.assessed")
    assert line.seats == Seat.COMPANY
    assert line.particulars["assessment"] == assessment.pk
    assert line.particulars["people_affected"] == 12


def test_a_simple_case_goes_to_a_person_of_its_team(cast: Cast) -> None:
    case = a_case(cast)
    assess(case, severity=1, difficulty="simple", by=staff(cast.bruno), at=hours(1))
    assert again(case).holder in {cast.bruno, cast.carla}
    assert again(case).team == cast.attention


def test_a_complex_case_goes_to_the_team_for_complex_cases(cast: Cast) -> None:
    expert = cast.join("noa", team=cast.complex_team)
    case = a_case(cast)
    assess(case, severity=2, difficulty="complex", by=staff(cast.bruno), at=hours(1))
    assert again(case).team == cast.complex_team
    assert again(case).holder == expert
    assert Assignment.objects.get(case=case, ended_at=None).basis == "complex_team"


def test_a_complex_case_without_anybody_for_it_raises_an_alarm(cast: Cast) -> None:
    case = a_case(cast)
    assess(case, severity=2, difficulty="complex", by=staff(cast.bruno), at=hours(1))
    assert again(case).team == cast.complex_team
    assert again(case).holder is None
    assert "case.nobody_eligible" in kinds_of(case)


def test_a_later_assessment_replaces_the_earlier_and_both_stay(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    assess(case, severity=3, difficulty="simple", by=staff(cast.bruno), at=hours(5))
    assert Assessment.objects.filter(case=case).count() == 2
    assert again(case).severity == 3
    assert again(case).stage == Stage.INVESTIGATION


def test_not_admitting_needs_a_ground_and_reasons(cast: Cast) -> None:
    case = a_case(cast)
    with refusing(case, "ground_missing"):
        assess(
            case,
            severity=1,
            difficulty="simple",
            is_admissible=False,
            by=staff(cast.bruno),
            at=hours(1),
        )


def test_refuses_what_is_marked_as_abuse_or_answered(cast: Cast) -> None:
    marked = a_case(cast, is_marked_abuse=True)
    with refusing(marked, "marked_abuse"):
        assess(marked, severity=1, difficulty="simple", by=staff(cast.bruno), at=hours(1))
    answered = a_case(cast, stage=Stage.ANSWERED)
    with refusing(answered, "answered"):
        assess(answered, severity=1, difficulty="simple", by=staff(cast.bruno), at=hours(9))


def test_only_handlers_assess(cast: Cast) -> None:
    case = a_case(cast)
    for stranger in (cast.dario, cast.gia, cast.hugo, cast.ines, cast.felix):
        with refusing(case, "not_permitted"):
            assess(case, severity=1, difficulty="simple", by=staff(stranger), at=hours(1))
    with refusing(case, "not_permitted"):
        assess(case, severity=1, difficulty="simple", by=COMPLAINANT, at=hours(1))
    RoleGrant.objects.filter(account=cast.bruno).update(ended_at=hours(0))
    with refusing(case, "not_permitted"):
        assess(case, severity=1, difficulty="simple", by=staff(cast.bruno), at=hours(1))
    assert Case.Difficulty(again(case).difficulty or "simple") == "simple"
