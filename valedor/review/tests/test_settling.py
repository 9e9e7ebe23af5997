"""To settle before the ombudsman: either side proposes, the other accepts, declines or counters."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import Cast, a_case, again, days, refusing
from valedor.casefile.actors import COMPLAINANT, By, staff
from valedor.casefile.models import Case, Entry, Letter, Stage
from valedor.casefile.viewing import viewer_of, viewing
from valedor.config.timetable import TIMETABLE
from valedor.handling.models import Alarm, Redress
from valedor.review.office.actions.admit import pass_on
from valedor.review.office.actions.bring import bring, bring_first_hand
from valedor.review.office.actions.lapse import lapse_late
from valedor.review.office.actions.opine import withdraw
from valedor.review.office.actions.settle import (
    answer,
    answer_offer_of_hearing,
    propose,
    propose_from_hearing,
)
from valedor.review.office.models import Hearing, Offer, Proceeding, Statement

from .office_cast import a_file_being_heard, the_office

Side = Statement.Side
State = Offer.State


@pytest.fixture
def case(cast: Cast) -> Case:
    """Ana's answered case; the office is in force."""
    the_office(cast)
    return a_case(cast, stage=Stage.ANSWERED)


@pytest.fixture
def file(cast: Cast, case: Case) -> Case:
    """Her file before the ombudsman, while both sides are heard."""
    return a_file_being_heard(cast, case)


def proposed(
    file: Case, *, at: float, side: Side = Side.COMPLAINANT, by: By = COMPLAINANT, **more: Any
) -> Offer:
    """Something is proposed, which waits ten days for a word."""
    given: dict[str, Any] = {
        "option": "refund", "amount": Decimal(24), "currency": "EUR", "text": "",
        "answer_by": days(at + 10),
    }  # fmt: skip
    return propose(file, side=side, by=by, at=days(at), **given | more)


def asked_of_company() -> Hearing:
    return Hearing.objects.select_related("case").get(
        what=Hearing.What.OFFER, answered_at=None, ended_at=None
    )


def test_the_company_reads_what_the_person_proposes_and_its_yes_ends_the_matter(
    cast: Cast, case: Case, file: Case
) -> None:
    offer = proposed(file, at=5, text="y nada más")
    with viewing(viewer_of(cast.bruno)):
        hearing = asked_of_company()
        assert "24" in hearing.text
        assert hearing.answer_by == offer.answer_by
        assert not Offer.objects.exists()  # The row itself stays behind the wall.
    answer_offer_of_hearing(case, hearing=hearing, accept=True, by=staff(cast.bruno), at=days(6))
    assert Proceeding.objects.get(case=file).state == Proceeding.State.SETTLED
    redress = Redress.objects.get(case=case, kind="refund")
    assert redress.state == Redress.State.ACCEPTED
    assert redress.amount == 24
    assert Letter.objects.filter(case=file, kind="office_word").last() is not None


def test_a_no_of_the_company_is_told_to_the_person_and_both_may_propose_again(
    cast: Cast, case: Case, file: Case
) -> None:
    proposed(file, at=5)
    answer_offer_of_hearing(
        case, hearing=asked_of_company(), accept=False, by=staff(cast.bruno), at=days(6)
    )
    letters = Letter.objects.filter(case=file, kind="office_word").order_by("queued_at", "pk")
    assert "24" in letters.last().body  # type: ignore[union-attr]
    proposed(file, at=7, amount=Decimal(12))
    assert [one.state for one in Offer.objects.order_by("pk")] == [State.DECLINED, State.OPEN]


def test_each_side_counters_until_one_accepts(cast: Cast, case: Case, file: Case) -> None:
    bruno = staff(cast.bruno)
    first = proposed(file, at=5, side=Side.COMPANY, by=bruno, amount=Decimal(5))
    second = proposed(file, at=6, instead_of=first)
    hearing = asked_of_company()
    assert "No se acepta" in hearing.text or "No s'accepta" in hearing.text
    third = propose_from_hearing(
        case, hearing=hearing, option="refund", amount=Decimal(15), currency="EUR", text="",
        answer_by=days(20), by=bruno, at=days(7),
    )  # fmt: skip
    answer(file, offer=third, side=Side.COMPLAINANT, accept=True, by=COMPLAINANT, at=days(8))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.DECLINED, State.DECLINED)
    assert Redress.objects.get(case=case, kind="refund").amount == 15
    hearing.refresh_from_db()
    assert hearing.answered_at == days(7)


def test_the_company_hears_that_its_proposal_is_declined(
    cast: Cast, case: Case, file: Case
) -> None:
    offer = proposed(file, at=5, side=Side.COMPANY, by=staff(cast.bruno))
    answer(file, offer=offer, side=Side.COMPLAINANT, accept=False, by=COMPLAINANT, at=days(6))
    assert Hearing.objects.get(what=Hearing.What.SHOWN).case == case
    assert Proceeding.objects.get(case=file).state == Proceeding.State.ADMITTED


def test_one_proposal_at_a_time_and_only_the_one_that_was_read_is_countered(
    cast: Cast, file: Case
) -> None:
    mine = proposed(file, at=5)
    with refusing(file, "offer_open"):
        proposed(file, at=6)
    with refusing(file, "offer_open"):
        proposed(file, at=6, side=Side.COMPANY, by=staff(cast.bruno))
    with refusing(file, "offer_open"):
        proposed(file, at=6, instead_of=mine)
    other = Offer(pk=mine.pk + 1)
    with refusing(file, "no_offer"):
        proposed(file, at=6, side=Side.COMPANY, by=staff(cast.bruno), instead_of=other)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"option": "a-castle"}, "option_unknown"),
        ({"amount": Decimal(0)}, "no_money"),
        ({"currency": ""}, "no_money"),
        ({"amount": None, "text": " "}, "nothing_offered"),
        ({"answer_by": days(5)}, "day_over"),
        ({"answer_by": days(66)}, "day_too_far"),
    ],
)
def test_what_cannot_be_proposed_says_why(file: Case, more: dict[str, Any], code: str) -> None:
    with refusing(file, code):
        proposed(file, at=5, **more)


def test_too_early_and_too_late_say_why(cast: Cast, case: Case) -> None:
    early = bring(case, text="Look again.", by=COMPLAINANT, at=days(3)).file
    with refusing(early, "too_early"):
        proposed(early, at=4)
    withdraw(early, by=COMPLAINANT, at=days(4))
    with refusing(early, "too_late"):
        proposed(early, at=5)


def test_first_hand_there_is_nobody_to_propose_it_to(cast: Cast, case: Case) -> None:
    from tests.cast import a_submission
    from valedor.review.office.actions.admit import admit

    file = bring_first_hand(a_submission(cast), by=COMPLAINANT, at=days(1)).file
    admit(file, by=staff(cast.felix), at=days(2))
    with refusing(file, "no_case"):
        proposed(file, at=3)
    other = bring_first_hand(a_submission(cast), by=COMPLAINANT, at=days(1)).file
    pass_on(other, by=staff(cast.felix), at=days(2))
    with refusing(other, "too_early"):
        proposed(other, at=3)


def test_whoever_is_recused_or_of_elsewhere_does_not_propose_for_the_company(
    cast: Cast, case: Case, file: Case
) -> None:
    proposed(file, at=5)
    hearing = asked_of_company()
    for account in (cast.gia, cast.felix, cast.ines):
        with refusing(file, "not_permitted"):
            propose_from_hearing(
                case, hearing=hearing, option="apology", text="Sorry.", answer_by=days(20),
                by=staff(account), at=days(6),
            )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(recused=[cast.bruno.pk])
    with refusing(file, "recused"):
        propose_from_hearing(
            again(case), hearing=hearing, option="apology", text="Sorry.", answer_by=days(20),
            by=staff(cast.bruno), at=days(6),
        )  # fmt: skip


def test_a_proposal_stands_until_its_day_and_both_hear_that_it_lapsed(
    cast: Cast, case: Case, file: Case
) -> None:
    offer = proposed(file, at=5)
    hearing = asked_of_company()
    late = days(16)
    with refusing(file, "offer_lapsed"):
        answer(file, offer=offer, side=Side.COMPANY, accept=True, by=staff(cast.bruno), at=late)
    assert "valedor.review.tasks.let_proposals_lapse" in {task for _n, _w, task in TIMETABLE}
    before = Letter.objects.filter(case=file).count()
    assert _lapsed(at=days(14)) == 0
    assert (_lapsed(at=late), _lapsed(at=late)) == (1, 0)
    offer.refresh_from_db()
    hearing.refresh_from_db()
    assert (offer.state, hearing.ended_at) == (State.LAPSED, late)
    assert Letter.objects.filter(case=file).count() == before + 1
    assert Alarm.objects.filter(case=file, settled_at=None).exists()
    proposed(file, at=17, side=Side.COMPANY, by=staff(cast.bruno))
    assert _lapsed(at=days(30)) == 1
    told = Hearing.objects.filter(case=case, what=Hearing.What.NOTICE)
    assert told.count() == 1


def _lapsed(*, at: datetime) -> int:
    return lapse_late(at=at)


def test_nothing_waits_for_a_word_once_the_person_does_not_go_on(case: Case, file: Case) -> None:
    proposed(file, at=5)
    withdraw(file, by=COMPLAINANT, at=days(6))
    assert Offer.objects.get().state == State.LAPSED
    assert Hearing.objects.get(what=Hearing.What.OFFER).ended_at == days(6)
    assert Entry.objects.filter(case=file, kind="office.offer_lapsed").count() == 1
