"""To settle before the ombudsman, on the person's pages and on the company's."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.test import Client

from tests.cast import Cast, a_case, acting
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, RawMessage, Stage
from valedor.foundation.moments import now
from valedor.handling.models import Redress
from valedor.review.office.actions.admit import admit
from valedor.review.office.actions.settle import propose
from valedor.review.office.models import Hearing, Offer, Proceeding, Statement

from .test_case import act, let_in, url_of
from .test_office import gone_there
from .walking import Visitor, text_of, token_of


def heard(cast: Cast) -> tuple[Visitor, Case]:
    """Ana's file before the ombudsman, while both sides are heard."""
    office, visitor, file = gone_there(cast)
    admit(file, by=office.by, at=now())
    return visitor, file


def in_days(number: int) -> str:
    return (now() + timedelta(days=number)).date().isoformat()


def a_proposal(**more: Any) -> dict[str, Any]:
    return {
        "option": "refund", "amount": "24,50", "text": "And no more.", "answer_by": in_days(9),
        **more,
    }  # fmt: skip


def the_companys(cast: Cast, file: Case) -> Offer:
    return propose(
        file, side=Statement.Side.COMPANY, option="refund", text="", amount=Decimal(5),
        currency="EUR", answer_by=now() + timedelta(days=9), by=staff(cast.bruno), at=now(),
    )  # fmt: skip


def at_the_desk(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.bruno)
    return client


def test_the_person_proposes_and_the_company_accepts(cast: Cast) -> None:
    visitor, file = heard(cast)
    assert "Propose to settle" in text_of(visitor.get(url_of(file)))
    sent = act(visitor, file, "/proposal", **a_proposal())
    assert sent.status_code == 302
    page = text_of(visitor.get(url_of(file)))
    assert "Your proposal waits for an answer" in page
    assert "€24.50" in page
    why = text_of(visitor.get(url_of(file, "/proposal")))  # Why there is no second one.
    assert "Your proposal waits for the other side" in why
    with acting(cast):
        hearing = Hearing.objects.get(what=Hearing.What.OFFER)
        assert not RawMessage.objects.filter(case=file).exclude(seats=5).exists()
    desk = at_the_desk(cast)
    shown = text_of(desk.get(f"/desk/hearings/{hearing.pk}"))
    assert "Accept it" in shown
    assert f"/desk/hearings/{hearing.pk}/proposal" in shown
    assert desk.post(f"/desk/hearings/{hearing.pk}", {"answer": "yes"}).status_code == 302
    with acting(cast):
        assert Proceeding.objects.get(case=file).state == Proceeding.State.SETTLED
        assert Redress.objects.get(kind="refund").amount == Decimal("24.50")
        case = Proceeding.objects.select_related("about__entity").get(case=file).about
    assert "Both sides have agreed already." in text_of(visitor.get(url_of(file)))
    assert case is not None
    at_home = text_of(desk.get(f"/desk/cases/{case.reference}"))
    assert "It is our turn: what was agreed is carried out." in at_home


def test_the_persons_counter_and_the_companys_in_one_form_each(cast: Cast) -> None:
    visitor, file = heard(cast)
    the_companys(cast, file)
    assert "Decline it and propose something else" in text_of(visitor.get(url_of(file)))
    asked = text_of(visitor.get(url_of(file, "/proposal")))
    assert "The company proposes: Refund, €5.00." in asked
    assert act(visitor, file, "/proposal", **a_proposal()).status_code == 302
    with acting(cast):
        hearing = Hearing.objects.get(what=Hearing.What.OFFER)
        assert [one.state for one in Offer.objects.order_by("pk")] == ["declined", "open"]
    desk, address = at_the_desk(cast), f"/desk/hearings/{hearing.pk}/proposal"
    assert "What the person proposes, and this declines" in text_of(desk.get(address))
    wrong = desk.post(address, {"option": "refund", "amount": "12", "answer_by": in_days(-1)})
    assert wrong.status_code == 422
    given = {"option": "refund", "amount": "12", "text": "", "answer_by": in_days(9)}
    assert desk.post(address, given).status_code == 302
    again = desk.post(address, given)  # Sent twice: said, and nothing done twice.
    assert again.status_code == 422
    assert "This was answered already." in text_of(again)
    assert "€12.00" in text_of(visitor.get(url_of(file)))


def test_a_proposal_that_cannot_be_read_comes_back_with_what_is_wrong(cast: Cast) -> None:
    visitor, file = heard(cast)
    for wrong in (
        {"amount": "a lot"},
        {"amount": "1.000"},
        {"amount": "9" * 30},
        {"text": "And no more.\0"},
        {"option": "a-castle"},
        {"option": ""},
        {"answer_by": "soon"},
        {"answer_by": ""},
    ):
        back = act(visitor, file, "/proposal", **a_proposal(**wrong))
        assert back.status_code == 422, wrong
        assert "And no more." in text_of(back), wrong
    for late in ({"answer_by": in_days(-2)}, {"answer_by": in_days(200)}, {"amount": "0"}):
        assert act(visitor, file, "/proposal", **a_proposal(**late)).status_code == 409, late
    forged = visitor.post(url_of(file, "/proposal"), a_proposal(token="forged"))
    assert forged.status_code == 422
    with acting(cast):
        assert not Offer.objects.exists()


def test_before_it_is_admitted_the_page_says_that_it_is_too_early(cast: Cast) -> None:
    _office, visitor, file = gone_there(cast)
    assert "The ombudsman has not admitted it yet" in text_of(visitor.get(url_of(file)))
    page = visitor.get(url_of(file, "/proposal"))
    assert "The ombudsman has not admitted it yet" in text_of(page)
    sent = visitor.post(url_of(file, "/proposal"), a_proposal(token=token_of(text_of(page))))
    assert sent.status_code == 409


def test_a_proposal_whose_day_is_over_is_no_longer_on_the_page(cast: Cast) -> None:
    visitor, file = heard(cast)
    the_companys(cast, file)
    with acting(cast):
        Offer.objects.update(answer_by=now() - timedelta(hours=1))
    page = text_of(visitor.get(url_of(file)))
    assert "Accept it" not in page
    assert "Propose to settle" in page
    shown = text_of(visitor.get(url_of(file, "/offer?answer=yes")))
    late = visitor.post(url_of(file, "/offer?answer=yes"), {"token": token_of(shown)})
    assert late.status_code == 409
    assert "This proposal stood until" in text_of(late)
    assert act(visitor, file, "/proposal", **a_proposal()).status_code == 302


def test_strangers_and_other_cases_have_no_such_page(cast: Cast) -> None:
    _visitor, file = heard(cast)
    assert Visitor().get(url_of(file, "/proposal")).status_code == 302
    case = a_case(cast, stage=Stage.ANSWERED, received_at=now() - timedelta(days=3))
    assert let_in(cast, case).get(url_of(case, "/proposal")).status_code == 404
