"""Before the ombudsman on the portal: the way there, one's file, a proposal to settle."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.cast import Cast, a_case, acting
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, RawMessage, Stage
from valedor.casefile.viewing import viewer_of, viewing
from valedor.foundation.moments import now
from valedor.handling.models import Redress
from valedor.review.office.actions.admit import admit
from valedor.review.office.actions.settle import propose
from valedor.review.office.models import Offer, Proceeding, Statement
from valedor.review.tests.office_cast import Office, the_office

from .test_budgets import queries_of
from .test_case import let_in, url_of
from .walking import CODE, Visitor, text_of, token_of


def gone_there(cast: Cast) -> tuple[Office, Visitor, Case]:
    """Ana takes her answered case to the ombudsman."""
    office = the_office(cast)
    case = a_case(cast, stage=Stage.ANSWERED, received_at=now() - timedelta(days=3))
    visitor = let_in(cast, case)
    page = text_of(visitor.get(url_of(case, "/ombudsman")))
    filed = visitor.post(
        url_of(case, "/ombudsman"),
        {"token": token_of(page), "text": "Nobody looked at the meter.", "point": "Twice."},
    )
    assert filed.status_code == 200
    assert CODE.search(text_of(filed))
    with acting(cast):
        file = Proceeding.objects.get(about=case).case
    assert file.reference in text_of(filed)
    return office, visitor, file


def test_from_the_case_to_a_file_of_ones_own(cast: Cast) -> None:
    _office, visitor, file = gone_there(cast)
    page = text_of(visitor.get(url_of(file)))
    assert "The ombudsman is looking whether the office can deal with it." in page
    assert "Nobody looked at the meter." in page
    # What was posted lies behind the wall from its first byte.
    with acting(cast):
        raw = RawMessage.objects.get(case=file)
        assert not raw.seats & 2
    with viewing(viewer_of(cast.bruno)):
        assert not RawMessage.objects.filter(pk=raw.pk).exists()


def test_what_the_person_writes_goes_to_the_office_alone(cast: Cast) -> None:
    _office, visitor, file = gone_there(cast)
    page = text_of(visitor.get(url_of(file)))
    sent = visitor.post(
        url_of(file, "/messages"), {"token": token_of(page), "text": "One thing more."}
    )
    assert sent.status_code == 302
    assert "One thing more." in text_of(visitor.get(url_of(file)))
    with acting(cast):
        assert Statement.objects.get(case=file).text == "One thing more."


def test_pages_of_a_case_are_none_of_a_file(cast: Cast) -> None:
    _office, visitor, file = gone_there(cast)
    for page in ("/contest", "/acceptance", "/kind", "/print", "/ombudsman"):
        answer: Any = visitor.get(url_of(file, page))
        assert (answer.status_code, answer["Location"]) == (302, url_of(file)), page


def test_a_proposal_is_accepted_and_ends_the_matter(cast: Cast) -> None:
    office, visitor, file = gone_there(cast)
    admit(file, by=office.by, at=now())
    propose(
        file, side=Statement.Side.COMPANY, option="refund", text="", amount=Decimal(24),
        currency="EUR", answer_by=now() + timedelta(days=9), by=staff(cast.bruno), at=now(),
    )  # fmt: skip
    assert "Refund, €24.00." in text_of(visitor.get(url_of(file)))
    page = text_of(visitor.get(url_of(file, "/offer?answer=yes")))
    done = visitor.post(url_of(file, "/offer?answer=yes"), {"token": token_of(page)})
    assert done.status_code == 302
    with acting(cast):
        assert Offer.objects.get().state == Offer.State.ACCEPTED
        assert Redress.objects.get(kind="refund").state == Redress.State.ACCEPTED


def test_the_way_to_the_office_costs_its_pages_little(cast: Cast) -> None:
    """What any page of a case asks (``test_budgets``), and one question of the house itself: three
    statements more say who looks.
    """
    _office, visitor, file = gone_there(cast)
    with acting(cast):
        case = Proceeding.objects.select_related("about__entity").get(case=file).about
    assert case is not None
    assert queries_of(visitor, url_of(case)) <= 12
    assert queries_of(visitor, url_of(file)) <= 12


def test_who_holds_the_office_is_public(cast: Cast) -> None:
    visitor = Visitor()
    assert visitor.get("/besos/ombudsman").status_code == 404
    the_office(cast)
    page = text_of(visitor.get("/besos/ombudsman"))
    assert "Felix" in page
    assert "administració" in page
    assert "/besos/ombudsman" in text_of(visitor.get("/besos/"))


def test_brought_first_hand(cast: Cast) -> None:
    the_office(cast)
    visitor = Visitor()
    given = {
        "kind": "suggestion", "text": "Say on the bill how one complains.", "name": "Mar",
        "email": "mar@example.org",
    }  # fmt: skip
    assert visitor.post("/besos/ombudsman/bring", given).status_code == 422  # From elsewhere.
    given["token"] = token_of(text_of(visitor.get("/besos/ombudsman/bring")))
    assert visitor.post("/besos/ombudsman/bring", given | {"text": ""}).status_code == 422
    filed = visitor.post("/besos/ombudsman/bring", given)
    assert CODE.search(text_of(filed))
    assert visitor.post("/besos/ombudsman/bring", given).status_code == 302  # Sent twice is once.
    with acting(cast):
        assert Case.objects.filter(pk__lt=0).count() == 1
    with viewing(viewer_of(cast.carla)):
        assert not Case.objects.filter(subject__contains="bill").exists()
