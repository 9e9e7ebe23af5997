import pytest

from tests.cast import Cast, a_case, again, hours, kinds_of, refusing
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Instance, Stage
from valedor.foundation.refusals import Refused
from valedor.handling.actions.assign import assign
from valedor.handling.actions.hand_over import hand_over
from valedor.handling.actions.recuse import lift_recusal, recuse
from valedor.handling.actions.take import take
from valedor.handling.models import Alarm, Assignment
from valedor.people.models import Absence, Account


def test_chooses_the_one_with_most_room(cast: Cast) -> None:
    a_case(cast, stage=Stage.INVESTIGATION)  # Bruno holds one, Carla none.
    case = a_case(cast)
    assignment = assign(case, by=staff(cast.carla), at=hours(1))
    assert assignment.holder == cast.carla
    assert again(case).holder == cast.carla
    assert Instance.objects.get(case=case).holder == cast.carla
    assert kinds_of(case)[-1] == "case.assigned"


@pytest.mark.parametrize(
    ("unfit", "code"),
    [
        ({"languages": ["ca"]}, "other_language"),
        ({"competences": ["water-cut"]}, "other_competence"),
        ({"most_open_cases": 0}, "too_much_work"),
    ],
)
def test_what_makes_somebody_unfit_yields_to_a_reason(
    cast: Cast, unfit: dict[str, object], code: str
) -> None:
    Account.objects.filter(pk=cast.bruno.pk).update(**unfit)
    case = a_case(cast)
    with refusing(case, code):
        assign(case, holder=cast.bruno, by=staff(cast.carla), at=hours(1))
    assign(case, holder=cast.bruno, reason="Knows the person.", by=staff(cast.carla), at=hours(1))
    assert again(case).holder == cast.bruno


def test_absence_and_recusal_never_yield(cast: Cast) -> None:
    case = a_case(cast)
    today = hours(1).date()
    Absence.objects.create(account=cast.bruno, from_on=today, to_on=today, recorded_at=hours(0))
    with refusing(case, "absent"):
        assign(case, holder=cast.bruno, reason="Please.", by=staff(cast.carla), at=hours(1))
    assign(case, holder=cast.bruno, by=staff(cast.carla), at=hours(25))
    other = a_case(cast)
    recuse(other, account=cast.bruno, reason="A tie.", by=staff(cast.bruno), at=hours(1))
    with refusing(other, "recused"):
        assign(other, holder=cast.bruno, reason="Please.", by=staff(cast.carla), at=hours(25))


def test_the_competent_for_a_branch_handle_its_twigs(cast: Cast) -> None:
    twig = cast.double_charge
    twig.parent = cast.water_cut
    twig.save(update_fields=["parent"])
    Account.objects.filter(pk=cast.bruno.pk).update(competences=["water-cut", "demanding"])
    Account.objects.filter(pk=cast.carla.pk).update(competences=["something-else"])
    assert assign(a_case(cast), by=staff(cast.carla), at=hours(1)).holder == cast.bruno


def test_nobody_eligible_is_an_alarm_and_never_a_fallback(cast: Cast) -> None:
    Account.objects.filter(pk__in=[cast.bruno.pk, cast.carla.pk]).update(languages=["pt-br"])
    case = a_case(cast)
    assignment = assign(case, by=staff(cast.carla), at=hours(1))
    assert assignment.holder is None
    assert again(case).holder is None
    alarm = Alarm.objects.get(case=case, cause=Alarm.Cause.NOBODY_ELIGIBLE)
    assert (alarm.account, alarm.team) == (None, cast.attention)
    assert kinds_of(case)[-1] == "case.nobody_eligible"
    take(case, by=staff(cast.bruno), at=hours(2))
    alarm.refresh_from_db()
    assert alarm.settled_at == hours(2)


def test_only_whoever_leads_assigns(cast: Cast) -> None:
    case = a_case(cast)
    for stranger in (cast.bruno, cast.dario, cast.gia, cast.ines):
        with refusing(case, "not_permitted"):
            assign(case, by=staff(stranger), at=hours(1))
    with refusing(case, "not_permitted"):
        assign(case, by=COMPLAINANT, at=hours(1))
    closed = a_case(cast, stage=Stage.CLOSED)
    with refusing(closed, "closed"):
        assign(closed, by=staff(cast.carla), at=hours(9))


def test_take_is_for_what_nobody_holds(cast: Cast) -> None:
    case = a_case(cast)
    berta = cast.join("berta")
    take(case, by=staff(cast.bruno), at=hours(1))
    with refusing(case, "already_yours"):
        take(case, by=staff(cast.bruno), at=hours(2))
    with refusing(case, "held"):
        take(case, by=staff(berta), at=hours(2))
    take(case, by=staff(cast.carla), at=hours(3))
    assert again(case).holder == cast.carla
    assert Assignment.objects.filter(case=case, ended_at=None).count() == 1


def test_hand_over_needs_a_reason_and_somebody_eligible(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    berta = cast.join("berta")
    bruno = staff(cast.bruno)
    with refusing(case, "reason_missing"):
        hand_over(case, holder=berta, reason=" ", by=bruno, at=hours(2))
    with refusing(case, "not_responsible"):
        hand_over(case, holder=berta, reason="Mine now.", by=staff(berta), at=hours(2))
    hand_over(case, holder=berta, reason="She knows the street.", by=bruno, at=hours(2))
    assert again(case).holder == berta
    hand_over(case, reason="Back to the team.", by=staff(berta), at=hours(3))
    assert again(case).holder is None
    assert again(case).team == cast.attention


def test_recusing_the_holder_passes_the_case_on(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    recuse(case, account=cast.bruno, reason="My neighbour.", by=staff(cast.bruno), at=hours(2))
    assert again(case).holder == cast.carla
    assert again(case).recused == [cast.bruno.pk]
    with refusing(case, "recused"):
        take(case, by=staff(cast.bruno), at=hours(3))


def test_a_lead_recuses_others_and_lifts_but_not_their_own(cast: Cast) -> None:
    case = a_case(cast)
    berta = cast.join("berta")
    with refusing(case, "not_permitted"):
        recuse(case, account=cast.bruno, reason="A tie.", by=staff(berta), at=hours(1))
    with refusing(case, "reason_missing"):
        recuse(case, account=cast.bruno, reason="", by=staff(cast.carla), at=hours(1))
    recuse(case, account=cast.bruno, reason="A tie.", by=staff(cast.carla), at=hours(1))
    lift_recusal(case, account=cast.bruno, reason="No tie.", by=staff(cast.carla), at=hours(2))
    assert again(case).recused == []
    recuse(case, account=cast.carla, reason="A tie.", by=staff(cast.carla), at=hours(3))
    with pytest.raises(Refused) as caught:
        lift_recusal(case, account=cast.carla, reason="-", by=staff(cast.carla), at=hours(4))
    assert caught.value.code == "recused"
