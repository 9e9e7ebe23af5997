from tests.cast import Cast, a_case, again, hours, kinds_of, refusing
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Entry, Grievance, Stage
from valedor.casefile.seats import Seat
from valedor.handling.actions.decide import decide
from valedor.handling.models import Decision
from valedor.people.models import Account

UPHELD, NOT_UPHELD = Decision.Outcome.UPHELD, Decision.Outcome.NOT_UPHELD


def decided(case: Case, grievance: Grievance, by: Account, at: float, **more: object) -> Decision:
    values = {"outcome": UPHELD, "reasons": "Two charges."} | more
    return decide(case, grievance=grievance, by=staff(by), at=hours(at), **values)  # type: ignore[arg-type]


def test_each_grievance_is_decided_on_its_own(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    first, second = Grievance.objects.filter(case=case).order_by("ordinal")
    decided(case, first, cast.bruno, 3)
    assert again(case).stage == Stage.INVESTIGATION
    decided(case, second, cast.bruno, 4, outcome=NOT_UPHELD, grounds="Clause 4.")
    assert again(case).stage == Stage.DECIDED
    lines = Entry.objects.filter(case=case, kind="case.decided")
    assert {line.seats for line in lines} == {Seat.COMPANY}
    assert [line.content.body for line in lines] == ["Two charges.", "Two charges."]


def test_a_newer_decision_replaces_and_the_older_stays(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.DECIDED)
    first = Grievance.objects.filter(case=case).order_by("ordinal")[0]
    newer = decided(case, first, cast.bruno, 5, outcome=NOT_UPHELD, grounds="Clause 4.")
    assert Decision.objects.filter(grievance=first).count() == 2
    assert Decision.objects.get(grievance=first, replaced_at=None) == newer
    assert again(case).stage == Stage.DECIDED


def test_refuses_without_reasons_grounds_or_assessment(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    first = Grievance.objects.filter(case=case).order_by("ordinal")[0]
    with refusing(case, "reasons_missing"):
        decided(case, first, cast.bruno, 3, reasons=" ")
    with refusing(case, "grounds_missing"):
        decided(case, first, cast.bruno, 3, outcome=NOT_UPHELD)
    raw = a_case(cast)
    with refusing(raw, "nobody_responsible"):
        decided(raw, Grievance.objects.filter(case=raw)[0], cast.bruno, 3)
    with refusing(raw, "not_assessed"):
        decided(raw, Grievance.objects.filter(case=raw)[0], cast.carla, 3)
    with refusing(case, "not_of_case"):
        decided(case, Grievance.objects.filter(case=raw)[0], cast.bruno, 3)


def test_refuses_after_the_answer_and_to_strangers(cast: Cast) -> None:
    answered = a_case(cast, stage=Stage.ANSWERED)
    with refusing(answered, "answered"):
        decided(answered, Grievance.objects.filter(case=answered)[0], cast.bruno, 9)
    case = a_case(cast, stage=Stage.INVESTIGATION)
    first = Grievance.objects.filter(case=case)[0]
    for stranger in (cast.dario, cast.gia, cast.ines, cast.hugo):
        with refusing(case, "not_permitted"):
            decided(case, first, stranger, 3)
    with refusing(case, "not_permitted"):
        decide(case, grievance=first, outcome=UPHELD, reasons="-", by=COMPLAINANT, at=hours(3))
    assert "case.decided" not in kinds_of(case)
