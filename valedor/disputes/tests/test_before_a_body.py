"""A case before other bodies: notice, word, hearing, proposal, result, what is done of it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import Cast, a_body, a_case, again, days, kinds_of
from valedor.bodies.actions.join import join
from valedor.casefile import store
from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Deadline, Instance, Letter, LetterDocument, Stage
from valedor.disputes.actions.conclude import conclude, end, follow
from valedor.disputes.actions.hearing_dates import (
    cancel_hearing,
    hold_hearing,
    move_hearing,
    set_hearing,
)
from valedor.disputes.actions.speak_before_body import (
    answer_proposal,
    give_position,
    take_part,
    take_proposal,
)
from valedor.disputes.actions.turn_to_body import take_notice, turn_to_body
from valedor.disputes.models import HearingDate, Proposal, Referral
from valedor.disputes.referral.bodies import Forum, forum_of, forums
from valedor.disputes.referral.queries import referrals_of
from valedor.disputes.referral.rules import at_once, what_holds
from valedor.foundation.refusals import Refused
from valedor.handling.actions.carry_out_redress import carry_out_redress
from valedor.handling.actions.close import close, withdraw
from valedor.handling.models import Alarm, Closure, Redress
from valedor.handling.queries import case_state
from valedor.handling.who_hears import dispute_of
from valedor.procedures.house_rules import house_rules
from valedor.procedures.models import RedressOption
from valedor.telling.turns import turn_of_case

SIDE, RESULT = Referral.Side, Referral.Result
JOINED = date(2025, 1, 1)


def forum(cast: Cast, key: str) -> Forum:
    found = forum_of(house_rules(cast.besos.pk), key, language="en", on=date(2026, 11, 24))
    assert found is not None
    return found


def notified(cast: Cast, case: Case, key: str = "kind:consumer_office", **more: Any) -> Referral:
    """A body's notice, on the Monday after Ana complained."""
    given: dict[str, Any] = {
        "notified_at": days(3), "text": "Tell us what happened.", "body_reference": "OMIC 7/26",
        "by": staff(cast.bruno), "at": days(3),
    }  # fmt: skip
    if key == "kind:consumer_office":
        given["answer_by"] = date(2026, 12, 4)
    return take_notice(again(case), forum=forum(cast, key), **(given | more))


def limit_of(referral: Referral) -> Deadline:
    assert referral.deadline is not None
    return Deadline.objects.get(pk=referral.deadline.pk)


def redress_of(referral: Referral) -> Redress:
    assert referral.redress is not None
    return Redress.objects.select_related("deadline").get(pk=referral.redress.pk)


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=code)


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_case(cast, stage=Stage.ANSWERED)


# ------------------------------------------------------------------ how it begins
def test_the_bodies_of_the_place_come_first_and_any_other_can_be_named(cast: Cast) -> None:
    a_body("board")
    house = house_rules(cast.besos.pk)
    found = forums(house, dispute_of(house, None), on=date(2026, 11, 24))
    assert found[0].key == "body:board"
    kinds = {one.kind for one in found if one.body is None}
    assert {"consumer_office", "consumer_arbitration_board", "court"} <= kinds
    assert not kinds & {"ombudsman", "procon", "central_bank_of_brazil"}
    brazil = house_rules(cast.ipe.pk)
    found = forums(brazil, dispute_of(brazil, None), on=date(2026, 11, 24))
    kinds = {one.kind for one in found if one.body is None}
    assert {"procon", "court"} <= kinds
    assert not kinds & {"cnmv", "consumer_arbitration_board"}


def test_the_person_tells_where_they_turned_to(cast: Cast, case: Case) -> None:
    referral = turn_to_body(
        case, forum=forum(cast, "kind:mediation_service"), side=SIDE.COMPLAINANT,
        filed_on=date(2026, 11, 21), body_reference="M-3", by=COMPLAINANT, at=days(2),
    )  # fmt: skip
    assert referral.state == Referral.State.ANNOUNCED
    assert referral.expected_on == date(2027, 2, 23)  # Three months from the Monday after.
    assert referral.instance.kind == Instance.Kind.MEDIATION
    assert Alarm.objects.filter(case=case, cause="person_wrote", settled_at=None).exists()


def test_the_law_sets_the_day_for_whoever_joined_and_whoever_did_not(
    cast: Cast, case: Case
) -> None:
    a_body("board")
    join(cast.besos, "board", valid_from=JOINED, by=None, at=days(-90))
    referral = notified(cast, case, "body:board")
    assert referral.part == Referral.Part.BOUND
    deadline = limit_of(referral)
    assert (deadline.regime, deadline.clock) == ("es-consumer-arbitration", "trader_answer")
    assert deadline.due_on == date(2026, 12, 7)  # Ten working days from the 23rd.
    with refused("bound"):
        take_part(
            case, referral=referral, takes_part=False, reasons="No.", by=staff(cast.bruno),
            at=days(4),
        )  # fmt: skip


def test_a_board_that_was_not_joined_ends_where_the_company_says_no(cast: Cast, case: Case) -> None:
    a_body("board")
    a_body("other")
    join(cast.besos, "other", valid_from=JOINED, by=None, at=days(-90))
    referral = notified(cast, case, "body:board")
    deadline = limit_of(referral)
    assert (deadline.clock, referral.part) == ("trader_acceptance", "")
    by = staff(cast.bruno)
    with refused("reasons_missing"):
        take_part(case, referral=referral, takes_part=False, by=by, at=days(4))
    take_part(case, referral=referral, takes_part=False, reasons="Never do.", by=by, at=days(4))
    referral.refresh_from_db()
    assert (referral.state, referral.result) == ("over", "not_accepted")
    deadline.refresh_from_db()
    assert deadline.state == Deadline.State.MET
    assert Instance.objects.get(pk=referral.instance_id).outcome == "not_accepted"
    letter = Letter.objects.filter(case=case, kind="body_concluded").get()
    assert "Never do." in letter.body


def test_where_no_rule_sets_the_day_the_notice_does(cast: Cast, case: Case) -> None:
    with refused("answer_by_missing"):
        notified(cast, case, answer_by=None)
    referral = notified(cast, case)
    deadline = limit_of(referral)
    assert (deadline.due_on, deadline.role) == (date(2026, 12, 4), Deadline.Role.PROMISE)
    assert Alarm.objects.filter(case=case, cause="body_asks", settled_at=None).exists()
    letter = Letter.objects.get(case=case, kind="body_notified")
    assert "OMIC 7/26" in letter.body
    with refused("is_there"):
        notified(cast, case)
    for wrong in ({"text": " "}, {"notified_at": days(30)}):
        with pytest.raises(Refused):
            notified(cast, case, "kind:court", answer_by=date(2026, 12, 4), **wrong)
    with refused("body_unknown"):
        take_notice(
            case, forum=None, notified_at=days(3), text="What?", by=staff(cast.bruno), at=days(3)
        )


def test_what_the_person_announced_and_the_notice_are_one(cast: Cast, case: Case) -> None:
    told = turn_to_body(
        case, forum=forum(cast, "kind:consumer_office"), side=SIDE.COMPLAINANT,
        filed_on=date(2026, 11, 21), by=COMPLAINANT, at=days(2),
    )  # fmt: skip
    assert notified(cast, case).pk == told.pk
    assert len(referrals_of(again(case))) == 1


def test_a_closed_case_goes_on_and_stays_open_while_a_body_has_it(cast: Cast) -> None:
    case = a_case(cast, stage=Stage.CLOSED)
    notified(cast, case)
    case = again(case)
    assert (case.closed_at, case.stage) == (None, Stage.ANSWERED)
    assert case.next_due_at is not None
    assert case.next_due_at.date() == date(2026, 12, 4)
    with refused("before_a_body"):
        close(case, reason=Closure.Reason.AGREED, by=staff(cast.bruno), at=days(4))
    with refused("before_a_body"):
        withdraw(case, by=COMPLAINANT, at=days(4))
    assert case_state(case).instance.kind == Instance.Kind.COMPANY


# ------------------------------------------------------------------ while it is heard
def test_the_company_gives_its_position_in_time(cast: Cast, case: Case) -> None:
    referral, by = notified(cast, case), staff(cast.bruno)
    with refused("text_missing"):
        give_position(case, referral=referral, side=SIDE.COMPANY, text="", by=by, at=days(5))
    give_position(case, referral=referral, side=SIDE.COMPANY, text="Paid.", by=by, at=days(5))
    referral.refresh_from_db()
    assert (referral.state, referral.part) == ("heard", "accepted")
    assert limit_of(referral).state == Deadline.State.MET
    assert not Alarm.objects.filter(case=case, cause="body_asks", settled_at=None).exists()


def test_a_hearing_is_set_moved_held_or_called_off(cast: Cast, case: Case) -> None:
    referral, by = notified(cast, case), staff(cast.bruno)
    hearing = set_hearing(
        case, referral=referral, starts_at=days(10), place="Room 2", by=by, at=days(4)
    )
    first = hearing.calendar
    assert first is not None
    assert first.media_type == "text/calendar"
    assert Letter.objects.filter(case=case, kind="body_hearing").count() == 1
    moved = move_hearing(
        case, hearing=hearing, starts_at=days(11), place="Room 3", by=by, at=days(5)
    )
    assert (moved.moved, moved.calendar_id == first.pk) == (1, False)
    with refused("not_yet"):
        hold_hearing(case, hearing=moved, outcome="Heard.", by=by, at=days(6))
    hold_hearing(case, hearing=moved, outcome="Heard.", by=by, at=days(12))
    with refused("hearing_over"):
        cancel_hearing(case, hearing=moved, by=by, at=days(12))
    other = set_hearing(
        case, referral=referral, starts_at=days(20), place="Room 2", by=by, at=days(12)
    )
    cancel_hearing(case, hearing=other, by=by, at=days(13))
    states = HearingDate.objects.filter(case=case).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["held", "cancelled"]
    letter = Letter.objects.get(case=case, kind="body_hearing_off")
    (attached,) = LetterDocument.objects.filter(letter=letter).select_related("document")
    calendar = store.path_of(attached.document.sha256).read_text()
    assert "STATUS:CANCELLED" in calendar


def test_a_date_to_come_is_called_off_when_its_body_ends(cast: Cast, case: Case) -> None:
    referral, by = notified(cast, case), staff(cast.bruno)
    for at, room in ((days(5), "Room 1"), (days(40), "Room 2")):
        set_hearing(
            again(case), referral=referral, starts_at=at, place=room, by=by, at=days(4)
        )  # fmt: skip
    decided(cast, case, referral, "no_agreement")
    states = HearingDate.objects.filter(case=case).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["set", "cancelled"]
    assert kinds_of(case).count("dispute.hearing_cancelled") == 1
    assert not Letter.objects.filter(case=case, kind="body_hearing_off").exists()


def test_nobody_is_pressed_to_agree(cast: Cast, case: Case) -> None:
    referral, by = (
        notified(cast, case, "kind:adr_entity", answer_by=date(2026, 12, 4)),
        staff(cast.bruno),
    )
    with refused("too_short"):
        take_proposal(
            case, referral=referral, text="Half.", answer_by=date(2026, 11, 25), by=by, at=days(4)
        )
    proposal = take_proposal(
        case, referral=referral, text="Half.", answer_by=date(2026, 12, 1), by=by, at=days(4)
    )
    with refused("proposal_open"):
        take_proposal(case, referral=referral, text="A third.", by=by, at=days(5))
    answer_proposal(case, proposal=proposal, side=SIDE.COMPANY, accepts=True, by=by, at=days(5))
    with refused("said_already"):
        answer_proposal(case, proposal=proposal, side=SIDE.COMPANY, accepts=True, by=by, at=days(5))
    answer_proposal(
        case, proposal=proposal, side=SIDE.COMPLAINANT, accepts=False, by=by, at=days(6)
    )
    again_ = Proposal.objects.get(pk=proposal.pk)
    assert (again_.company, again_.complainant) == ("accepted", "declined")
    take_proposal(case, referral=referral, text="All of it.", by=by, at=days(7))


# ------------------------------------------------------------------ what it came to
def option(cast: Cast) -> RedressOption:
    found = RedressOption.objects.filter(entity=cast.besos, key="refund").first()
    assert found is not None
    return found


def decided(cast: Cast, case: Case, referral: Referral, result: str, **more: Any) -> Referral:
    given: dict[str, Any] = {
        "text": "The meter was wrong.", "concluded_on": date(2026, 12, 1), "binds": False,
        "by": staff(cast.bruno), "at": days(12),
    }  # fmt: skip
    return conclude(
        again(case), referral=referral, result=Referral.Result(result), **(given | more)
    )


def test_an_award_is_carried_out_and_then_it_is_over(cast: Cast, case: Case) -> None:
    a_body("board")
    join(cast.besos, "board", valid_from=JOINED, by=None, at=days(-90))
    referral, by = notified(cast, case, "body:board"), staff(cast.bruno)
    decided(
        cast, case, referral, "upheld", binds=True, option=option(cast), amount=Decimal("24.00"),
        currency="EUR", appeal_by=date(2027, 2, 1),
    )  # fmt: skip
    referral.refresh_from_db()
    redress = redress_of(referral)
    assert (referral.state, redress.state) == ("concluded", Redress.State.ACCEPTED)
    assert redress.deadline is not None
    assert redress.deadline.duty == "carry_out_redress"
    with refused("redress_pending"):
        end(case, referral=referral, by=by, at=days(13))
    carry_out_redress(again(case), redress=redress, proof_text="Transfer 7", by=by, at=days(13))
    end(again(case), referral=referral, by=by, at=days(14))
    referral.refresh_from_db()
    assert referral.state == "over"
    instance = Instance.objects.get(pk=referral.instance_id)
    assert (instance.outcome, instance.closed_at) == ("upheld", days(14))
    assert not case_state(again(case)).is_before_a_body
    # Nobody waits for the person's word on the company's own answer any more.
    assert turn_of_case(case_state(again(case)), at=days(14)).what == "close_decided"
    close(again(case), reason=Closure.Reason.ANSWERED, by=by, at=days(14))


def test_a_recommendation_needs_the_companys_word(cast: Cast, case: Case) -> None:
    referral, by = notified(cast, case), staff(cast.bruno)
    decided(cast, case, referral, "upheld", option=option(cast), amount=Decimal(9), currency="EUR")
    with refused("no_word"):
        end(case, referral=referral, by=by, at=days(13))
    with refused("reasons_missing"):
        follow(case, referral=referral, follows=False, by=by, at=days(13))
    follow(case, referral=referral, follows=False, reasons="Ours is right.", by=by, at=days(13))
    referral.refresh_from_db()
    assert (referral.state, referral.follows) == ("over", "no")
    assert redress_of(referral).state == Redress.State.WITHDRAWN


def test_bad_results_are_refused(cast: Cast, case: Case) -> None:
    referral = notified(cast, case)
    for wrong in (
        {"text": ""},
        {"concluded_on": date(2027, 1, 1)},
        {"appeal_by": date(2026, 11, 30)},
    ):
        with pytest.raises(Refused):
            decided(cast, case, referral, "upheld", **wrong)
    decided(cast, case, referral, "no_agreement")
    with refused("over"):
        give_position(
            case, referral=referral, side=SIDE.COMPANY, text="Late.", by=staff(cast.bruno),
            at=days(13),
        )  # fmt: skip


def test_two_bodies_at_once_and_against_each_other(cast: Cast, case: Case) -> None:
    office = notified(cast, case)
    court = notified(cast, case, "kind:court", answer_by=date(2026, 12, 9))
    both = referrals_of(again(case))
    assert at_once(both) == both
    decided(cast, case, office, "upheld")
    assert what_holds(referrals_of(again(case))) is None
    decided(cast, case, court, "not_upheld", binds=True)
    holds = what_holds(referrals_of(again(case)))
    assert holds is not None
    assert holds.pk == court.pk


@pytest.mark.parametrize("who", ["dario", "gia"])
def test_whoever_does_not_handle_it_does_nothing(cast: Cast, case: Case, who: str) -> None:
    with refused("not_permitted"):
        notified(cast, case, by=staff(getattr(cast, who)))
    assert not Referral.objects.exists()
