import pytest

from tests.cast import Cast, a_case, again, days, hours, kinds_of, refusing
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Instance, Stage
from valedor.foundation.refusals import Refused
from valedor.handling.actions.assign import assign
from valedor.handling.actions.hand_over import hand_over
from valedor.handling.actions.recuse import lift_recusal, recuse
from valedor.handling.actions.redistribute import pass_on, pass_on_what_was_left
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


def test_whoever_is_not_at_work_before_the_limit_gets_nothing(cast: Cast) -> None:
    case = a_case(cast)
    due = again(case).next_due_at
    assert due is not None
    # Bruno works on Sundays only, and the limit ends before the next one.
    Account.objects.filter(pk=cast.bruno.pk).update(hours=["sun 09:00-10:00"])
    Case.objects.filter(pk=case.pk).update(next_due_at=hours(20))
    with refusing(case, "not_before_limit"):
        assign(case, holder=cast.bruno, by=staff(cast.carla), at=hours(1))
    assign(case, holder=cast.bruno, reason="He comes in.", by=staff(cast.carla), at=hours(1))
    assert again(case).holder == cast.bruno
    Case.objects.filter(pk=case.pk).update(next_due_at=due)


def test_near_the_limit_who_is_at_work_first_comes_first(cast: Cast) -> None:
    a_case(cast, stage=Stage.INVESTIGATION)  # Bruno holds one, Carla none.
    Account.objects.filter(pk=cast.carla.pk).update(hours=["mon 09:00-10:00"])
    far, near = a_case(cast), a_case(cast)
    due, later = again(near).next_due_at, again(far).next_due_at
    Case.objects.filter(pk=near.pk).update(next_due_at=days(3.5))
    Case.objects.filter(pk=far.pk).update(next_due_at=days(9))
    assert assign(far, by=staff(cast.carla), at=days(2)).holder == cast.carla
    assert assign(near, by=staff(cast.carla), at=days(2)).holder == cast.bruno
    Case.objects.filter(pk=far.pk).update(next_due_at=later)
    Case.objects.filter(pk=near.pk).update(next_due_at=due)


def test_equals_get_one_in_turn(cast: Cast) -> None:
    for number in range(4):
        assign(
            a_case(cast, received_at=hours(number)), by=staff(cast.carla), at=hours(number)
        )  # fmt: skip
    held = Case.objects.values_list("holder", flat=True)
    assert sorted(held) == sorted([cast.bruno.pk, cast.carla.pk] * 2)


def test_what_somebody_held_who_left_goes_to_others(cast: Cast) -> None:
    case, other = a_case(cast, stage=Stage.ASSESSED), a_case(cast, stage=Stage.ASSESSED)
    Account.objects.filter(pk=cast.bruno.pk).update(is_active=False)
    pass_on_what_was_left(at=hours(5))
    assert {again(case).holder, again(other).holder} == {cast.carla}
    assert kinds_of(case)[-1] == "case.assigned"
    assert pass_on_what_was_left(at=hours(6)).given == 0


def test_where_nobody_can_take_it_the_team_is_called_and_nobody_holds_it(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    Account.objects.filter(pk=cast.bruno.pk).update(is_active=False)
    Account.objects.filter(pk=cast.carla.pk).update(languages=["pt-br"])
    assert pass_on_what_was_left(at=hours(5)).waiting == 1
    assert again(case).holder is None
    assert Alarm.objects.filter(case=case, cause=Alarm.Cause.NOBODY_ELIGIBLE).count() == 1
    pass_on_what_was_left(at=hours(6))
    assert kinds_of(case).count("case.nobody_eligible") == 1


def test_nothing_comes_back_to_whoever_leaves(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.ASSESSED)
    for _number in range(3):
        a_case(cast, stage=Stage.ASSESSED, by=cast.carla)  # Bruno has most room.
    made = pass_on(case, by=staff(cast.carla), at=hours(5), reason="Leaves on Friday.")
    assert made is not None
    assert (made.holder, made.reason) == (cast.carla, "Leaves on Friday.")
    with refusing(case, "not_permitted"):
        pass_on(case, by=staff(cast.bruno), at=hours(6))
