from decimal import Decimal

import pytest

from tests.cast import Cast, a_case, again, days, hours, kinds_of, letters_leave, refusing
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Deadline, Letter, Stage
from valedor.handling.actions.approve_redress import approve_redress, reject_redress
from valedor.handling.actions.carry_out_redress import carry_out_redress
from valedor.handling.actions.offer_redress import offer_redress, withdraw_redress
from valedor.handling.actions.respond import respond
from valedor.handling.actions.settle_redress import accept_redress, decline_redress
from valedor.handling.actions.sweep import sweep
from valedor.handling.models import Alarm, Approval, Redress
from valedor.handling.redress_words import in_words
from valedor.people.models import Account
from valedor.procedures.actions.redress import set_redress_option
from valedor.procedures.house_rules import house_rules
from valedor.procedures.models import RedressOption


def option(cast: Cast, key: str) -> RedressOption:
    return RedressOption.objects.get(entity=cast.besos, key=key)


def a_refund(
    cast: Cast, case: Case, amount: str, *, by: Account | None = None, **more: object
) -> Redress:
    return offer_redress(
        case,
        option=option(cast, "refund"),
        amount=Decimal(amount),
        currency="EUR",
        by=staff(by or cast.bruno),
        at=hours(4),
        **more,  # type: ignore[arg-type]
    )


def answered_with(cast: Cast, *, needs_acceptance: bool) -> tuple[Case, Redress]:
    case = a_case(cast, stage=Stage.DECIDED)
    redress = a_refund(cast, case, "84.20", needs_acceptance=needs_acceptance)
    respond(case, by=staff(cast.bruno), at=hours(5))
    letters_leave(case, hours(6))
    redress.refresh_from_db()
    return again(case), redress


@pytest.mark.parametrize(
    ("amount", "state"), [("100.00", "approved"), ("100.01", "awaiting_approval")]
)
def test_the_limit_of_authority_itself_needs_no_approval(
    cast: Cast, amount: str, state: str
) -> None:
    case = a_case(cast, stage=Stage.DECIDED)
    redress = a_refund(cast, case, amount)
    assert redress.state == state
    assert Approval.objects.filter(redress=redress).count() == (state == "awaiting_approval")
    assert kinds_of(case)[-1] == "redress.proposed"
    assert a_refund(cast, case, "100.01", by=cast.carla).state == "approved"


def test_an_approver_says_yes_or_no(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.DECIDED)
    first, second = a_refund(cast, case, "300"), a_refund(cast, case, "400")
    approve_redress(case, redress=first, by=staff(cast.hugo), at=hours(5))
    with refusing(case, "reason_missing"):
        reject_redress(case, redress=second, reason="", by=staff(cast.hugo), at=hours(5))
    reject_redress(case, redress=second, reason="Once is enough.", by=staff(cast.hugo), at=hours(5))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("approved", "rejected")
    assert kinds_of(case)[-2:] == ["redress.approved", "redress.rejected"]
    with refusing(case, "not_waiting"):
        approve_redress(case, redress=second, by=staff(cast.hugo), at=hours(6))


def test_nobody_approves_their_own_request_or_above_their_limit(cast: Cast) -> None:
    from valedor.people.models import Role, RoleGrant

    case = a_case(cast, stage=Stage.DECIDED)
    RoleGrant.objects.create(
        account=cast.bruno, role=Role.APPROVER, team=cast.complex_team, granted_at=hours(0)
    )
    vast = a_refund(cast, case, "6000")
    with refusing(case, "own_request"):
        approve_redress(case, redress=vast, by=staff(cast.bruno), at=hours(5))
    with refusing(case, "above_authority"):
        approve_redress(case, redress=vast, by=staff(cast.hugo), at=hours(5))
    for stranger in (cast.dario, cast.carla, cast.gia):
        with refusing(case, "not_permitted"):
            approve_redress(case, redress=vast, by=staff(stranger), at=hours(5))


def test_only_what_stands_in_the_catalogue_is_offered(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.DECIDED)
    foreign = RedressOption.objects.create(entity=cast.ipe, key="refund", name={"en": "Refund"})
    bruno = staff(cast.bruno)
    with refusing(case, "not_in_catalogue"):
        offer_redress(case, option=foreign, by=bruno, at=hours(4))
    with refusing(case, "amount_missing"):
        offer_redress(case, option=option(cast, "refund"), by=bruno, at=hours(4))
    with refusing(case, "no_amount_here"):
        offer_redress(case, option=option(cast, "repair"), amount=Decimal(5), by=bruno, at=hours(4))
    for stranger in (cast.dario, cast.gia, cast.ines):
        with refusing(case, "not_permitted"):
            offer_redress(case, option=option(cast, "repair"), by=staff(stranger), at=hours(4))


def test_what_was_not_offered_yet_can_be_withdrawn(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.DECIDED)
    redress = a_refund(cast, case, "300")
    withdraw_redress(case, redress=redress, reason="Wrong sum.", by=staff(cast.bruno), at=hours(5))
    redress.refresh_from_db()
    assert redress.state == "withdrawn"
    assert Approval.objects.get(redress=redress).given is False
    promised, offered = answered_with(cast, needs_acceptance=False)
    with refusing(promised, "already_offered"):
        withdraw_redress(promised, redress=offered, reason="-", by=staff(cast.bruno), at=hours(9))


def test_what_the_person_takes_is_owed_in_time(cast: Cast) -> None:
    case, redress = answered_with(cast, needs_acceptance=True)
    assert redress.state == "offered"
    with refusing(case, "not_agreed"):
        carry_out_redress(
            case, redress=redress, proof_text="T-1", by=staff(cast.bruno), at=hours(7)
        )
    accept_redress(case, redress=redress, by=COMPLAINANT, at=days(2))
    redress.refresh_from_db()
    assert redress.state == "accepted"
    assert redress.deadline is not None
    assert redress.deadline.due_at == days(16)
    with refusing(case, "not_offered"):
        decline_redress(case, redress=redress, by=COMPLAINANT, at=days(3))


def test_what_the_person_declines_is_not(cast: Cast) -> None:
    case, redress = answered_with(cast, needs_acceptance=True)
    for stranger in (cast.dario, cast.gia):
        with refusing(case, "not_permitted"):
            decline_redress(case, redress=redress, by=staff(stranger), at=days(2))
    decline_redress(case, redress=redress, by=COMPLAINANT, at=days(2))
    redress.refresh_from_db()
    assert redress.state == "declined"
    assert again(case).stage == Stage.ANSWERED


def test_carrying_out_needs_proof_and_tells_the_person(cast: Cast) -> None:
    case, redress = answered_with(cast, needs_acceptance=False)
    bruno = staff(cast.bruno)
    with refusing(case, "proof_missing"):
        carry_out_redress(case, redress=redress, by=bruno, at=days(3))
    with refusing(case, "not_permitted"):
        carry_out_redress(case, redress=redress, proof_text="T", by=COMPLAINANT, at=days(3))
    carry_out_redress(case, redress=redress, proof_text="Transfer 71", by=bruno, at=days(3))
    redress.refresh_from_db()
    assert (redress.state, redress.proof_text) == ("carried_out", "Transfer 71")
    assert Deadline.objects.get(case=case, duty="carry_out_redress").state == "met"
    assert "Transfer 71" in Letter.objects.get(case=case, kind="redress_carried_out").body
    with refusing(case, "already_carried_out"):
        carry_out_redress(case, redress=redress, proof_text="T", by=bruno, at=days(4))


def test_late_redress_calls_somebody(cast: Cast) -> None:
    case, redress = answered_with(cast, needs_acceptance=False)
    assert redress.deadline is not None
    sweep(at=days(40))
    assert Alarm.objects.filter(case=case, cause=Alarm.Cause.REDRESS_LATE).count() == 1
    assert again(case).urgency == "overdue"


def test_an_entry_of_the_house_s_own_is_offered_and_keeps_its_name(cast: Cast) -> None:
    key = "a-voucher-for-the-swimming-pool"
    name = dict.fromkeys(cast.besos.languages, "A swim")
    own = set_redress_option(cast.besos, key, name=name, by=None, at=hours(1))
    case = a_case(cast, stage=Stage.DECIDED)
    redress = offer_redress(case, option=own, by=staff(cast.bruno), at=hours(4))
    set_redress_option(cast.besos, key, name=name, is_offered=False, by=None, at=hours(5))

    house = house_rules(cast.besos.pk)
    assert own not in house.redress_options
    assert in_words(redress, house, "en") == "A swim"
