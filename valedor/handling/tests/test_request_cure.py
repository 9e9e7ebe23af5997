from datetime import date

from tests.cast import Cast, a_case, again, days, hours, kinds_of, refusing, under
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Deadline, Grievance, Letter, Stage
from valedor.handling.actions.cure import cure
from valedor.handling.actions.decide import decide
from valedor.handling.actions.request_cure import request_cure
from valedor.handling.actions.sweep import sweep
from valedor.handling.models import Alarm, CureRequest, Decision


def test_asks_for_what_is_missing_and_waits_ten_business_days(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    request = request_cure(
        case, missing=["El número de contrato"], by=staff(cast.bruno), at=hours(2)
    )
    assert again(case).stage == Stage.INCOMPLETE
    limit = Deadline.objects.get(case=case, duty="cure")
    assert (limit.due_at, limit.due_on) == (request.cure_by, date(2026, 12, 4))
    letter = Letter.objects.get(case=case, kind="cure_request")
    assert "El número de contrato" in letter.body
    assert "case.cure_requested" in kinds_of(case)


def test_the_law_that_stops_the_clock_has_it_go_on_where_it_stood(cast: Cast) -> None:
    """Ley 44/2002, art. 29 bis: the time used to complete does not count."""
    under(cast, "es-financial-sac", financial_entity=True, payment_service=False)
    case = a_case(cast)
    resolution = Deadline.objects.get(case=case, clock="resolution")
    assert resolution.due_on == date(2026, 12, 20)
    request_cure(case, missing=["DNI"], by=staff(cast.bruno), at=hours(2))
    paused = Deadline.objects.get(pk=resolution.pk)
    assert (paused.state, paused.due_on) == ("paused", None)
    cure(again(case), by=COMPLAINANT, at=days(3))
    resolution.refresh_from_db()
    assert (resolution.state, resolution.due_on) == ("running", date(2026, 12, 23))


def test_what_arrives_brings_the_case_back_even_late(cast: Cast) -> None:
    for at, in_time in ((days(3), True), (days(40), False)):
        case = a_case(cast, stage=Stage.ASSESSED)
        request_cure(case, missing=["DNI"], by=staff(cast.bruno), at=hours(2))
        cure(again(case), by=COMPLAINANT, at=at)
        assert again(case).stage == Stage.ASSESSED
        request = CureRequest.objects.get(case=case)
        assert (request.cured_at == at, at < request.cure_by) == (True, in_time)
        assert kinds_of(case)[-1] == "case.cured"


def test_when_it_lapses_somebody_is_called_and_nothing_closes(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    request = request_cure(case, missing=["DNI"], by=staff(cast.bruno), at=hours(2))
    sweep(at=request.cure_by)
    request.refresh_from_db()
    assert request.lapsed_at == request.cure_by
    late = again(case)
    assert late.stage == Stage.INCOMPLETE
    assert late.next_due_at != request.cure_by  # Nobody of the house waits for it any more.
    assert Alarm.objects.filter(case=case, cause=Alarm.Cause.CURE_LAPSED).count() == 1
    assert Deadline.objects.get(case=case, duty="cure").state == Deadline.State.DROPPED


def test_refuses_twice_nothing_and_strangers(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    bruno = staff(cast.bruno)
    with refusing(case, "nothing_missing"):
        request_cure(case, missing=[" "], by=bruno, at=hours(2))
    with refusing(case, "nothing_asked"):
        cure(case, by=COMPLAINANT, at=hours(2))
    for stranger in (cast.dario, cast.gia, cast.ines):
        with refusing(case, "not_permitted"):
            request_cure(case, missing=["DNI"], by=staff(stranger), at=hours(2))
    request_cure(case, missing=["DNI"], by=bruno, at=hours(2))
    with refusing(case, "already_asked"):
        request_cure(case, missing=["DNI"], by=bruno, at=hours(3))
    with refusing(case, "incomplete"):
        decide(
            case,
            grievance=Grievance.objects.filter(case=case)[0],
            outcome=Decision.Outcome.UPHELD,
            reasons="-",
            by=bruno,
            at=hours(3),
        )
