"""Whoever wants to be called says when, gets a reference for it, and may take it back."""

from typing import Any

import pytest

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.models import Case, Kind
from valedor.channels.models import CallBack
from valedor.channels.telephone.actions.set_line import set_line
from valedor.portal.tests.walking import CODE, Visitor, text_of, token_of

ADDRESS = "/besos/call-me"


@pytest.fixture
def line(cast: Cast) -> Cast:
    set_line(
        cast.besos, "care", name="Atenció", number="900 106 240", opening="mon-fri 9:00-18:00",
        by=None, at=people.FRIDAY,
    )  # fmt: skip
    return cast


def first_hour(page: Any) -> str:
    """The first half hour that is offered."""
    return str(page.context["form"].fields["when"].choices[0][1][0][0])


def asked(visitor: Visitor, **more: Any) -> Any:
    page = visitor.get(ADDRESS)
    data = {
        "token": token_of(text_of(page)),
        "step": "send",
        "name": "Ana Puig",
        "number": "600 100 200",
        "when": first_hour(page),
        "text": "My bill is twice what it was.",
    }
    return visitor.post(ADDRESS, data | more)


def promises(cast: Cast) -> list[CallBack]:
    with people.acting(cast):
        return list(CallBack.objects.select_related("case"))


def test_without_a_line_nobody_is_promised_a_call(cast: Cast) -> None:
    assert Visitor().get(ADDRESS).status_code == 404
    assert ADDRESS not in text_of(Visitor().get("/besos/"))


def test_the_request_is_registered_promised_and_can_be_cancelled(line: Cast) -> None:
    visitor = Visitor()
    assert ADDRESS in text_of(visitor.get("/besos/"))
    answer = asked(visitor)
    assert answer.status_code == 302
    (promised,) = promises(line)
    case = promised.case
    assert (case.kind, case.channel) == (Kind.ENQUIRY, Case.Channel.WEB_FORM)
    assert promised.number == "+34600100200"
    assert answer.url == f"/besos/case/{case.reference}/call-back"
    page = text_of(visitor.get(answer.url))
    assert "+34 600 10 02 00" in page
    assert CODE.search(page), "the access code is shown"
    assert Visitor().get(answer.url).status_code == 302, "strangers are asked who they are"
    visitor.post(answer.url, {"token": token_of(page), "do": "cancel"})
    assert promises(line)[0].outcome == CallBack.Outcome.CANCELLED


def test_another_hour_is_chosen_on_the_page_of_the_case(line: Cast) -> None:
    visitor = Visitor()
    address = asked(visitor).url
    page = text_of(visitor.get(address))
    visitor.post(address, {"token": token_of(page), "do": "cancel"})
    again = visitor.get(address)
    data = {"token": token_of(text_of(again)), "do": "ask", "number": "600 100 300"}
    assert visitor.post(address, data).status_code == 422, "no hour was chosen"
    token = token_of(text_of(visitor.get(address)))
    data |= {"token": token, "when": first_hour(again)}
    assert visitor.post(address, data).status_code == 302
    assert {one.number for one in promises(line) if one.settled_at is None} == {"+34600100300"}


@pytest.mark.parametrize("wrong", [{"number": ""}, {"when": ""}, {"when": "2020-01-01"}])
def test_what_is_missing_is_asked_for(line: Cast, wrong: dict[str, str]) -> None:
    answer = asked(Visitor(), **wrong)
    assert answer.status_code == 422
    assert "My bill is twice" in text_of(answer)
    assert promises(line) == []


def test_a_number_that_is_none_registers_nothing(line: Cast) -> None:
    answer = asked(Visitor(), number="call me")
    assert answer.status_code == 409
    with people.acting(line):
        assert not Case.objects.exists()
