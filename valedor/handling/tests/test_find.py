from tests.cast import Cast, a_case, again, hours, kinds_of, refusing
from valedor.casefile.actors import staff
from valedor.casefile.models import Entry, Stage
from valedor.casefile.seats import Seat
from valedor.handling.actions.find import find, withdraw_finding
from valedor.handling.models import Finding, FindingEvidence


def test_a_finding_names_its_side_and_its_evidence(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    lines = Entry.objects.filter(case=case)[:2]
    finding = find(
        case,
        text="Two charges on 3 October.",
        side=Finding.Side.COMPANY,
        entries=lines,
        by=staff(cast.bruno),
        at=hours(2),
    )
    assert FindingEvidence.objects.filter(finding=finding).count() == 2
    assert again(case).stage == Stage.INVESTIGATION
    line = Entry.objects.get(case=case, kind="case.found")
    assert line.seats == Seat.COMPANY
    assert line.particulars["evidence"] == 2


def test_evidence_of_another_case_is_none(cast: Cast) -> None:
    other, case = a_case(cast), a_case(cast, stage=Stage.ASSESSED)
    with refusing(case, "no_evidence"):
        find(
            case,
            text="Two charges.",
            side=Finding.Side.COMPANY,
            entries=Entry.objects.filter(case=other),
            by=staff(cast.bruno),
            at=hours(2),
        )


def test_a_withdrawn_finding_stays_with_its_reason(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.INVESTIGATION)
    finding = Finding.objects.get(case=case)
    bruno = staff(cast.bruno)
    withdraw_finding(case, finding=finding, reason="Wrong meter.", by=bruno, at=hours(3))
    finding.refresh_from_db()
    assert finding.withdrawn_at == hours(3)
    assert kinds_of(case)[-1] == "case.finding_withdrawn"
    with refusing(case, "already_withdrawn"):
        withdraw_finding(case, finding=finding, reason="Again.", by=bruno, at=hours(4))


def test_strangers_find_nothing(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    for stranger in (cast.dario, cast.gia, cast.ines, cast.hugo):
        with refusing(case, "not_permitted"):
            find(
                case,
                text="-",
                side=Finding.Side.COMPANY,
                entries=Entry.objects.filter(case=case),
                by=staff(stranger),
                at=hours(2),
            )
