"""The queues: one page costs the same however many cases, and shows what its viewer may see."""

from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from tests import cast as people
from tests.cast import Cast
from valedor.casefile import search as searching
from valedor.casefile.models import Stage
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import words_of
from valedor.desk.views import search as search_view
from valedor.handling.alarms import raise_alarm
from valedor.handling.models import Alarm

QUEUE_PAGE = 10
"""Session, account with roles; who looks, in a transaction (4 in a test); the keys
of the page, its rows, their next limits, and the frame.
"""
SEARCH_PAGE = 13
"""Session, account with roles; who looks, in a transaction (4 in a test); the words,
how many hold them, the first of them, their rows, the forms to mark, their limits, and the frame.
"""


def _queries(client: object, address: str) -> int:
    client.get(address)  # type: ignore[attr-defined]
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200  # type: ignore[attr-defined]
    return len(captured)


def test_a_queue_costs_the_same_with_one_case_and_with_many(cast: Cast, sign_in: SignIn) -> None:
    bruno = sign_in(cast.bruno)
    people.a_case(cast)
    few = _queries(bruno, "/desk/?queue=open")
    for _ in range(6):
        people.a_case(cast, stage=Stage.INVESTIGATION)
    many = _queries(bruno, "/desk/?queue=open")
    assert (few, many) == (QUEUE_PAGE, QUEUE_PAGE)


def test_search_has_its_budget(cast: Cast, sign_in: SignIn) -> None:
    for _ in range(3):
        people.a_case(cast)
    assert _queries(sign_in(cast.bruno), "/desk/search?q=factura") == SEARCH_PAGE


def test_mine_shows_what_one_holds_and_who_calls(cast: Cast, sign_in: SignIn) -> None:
    mine = people.a_case(cast, stage=Stage.ASSESSED)
    free = people.a_case(cast)
    with people.acting(cast):
        raise_alarm(people.again(mine), Alarm.Cause.PERSON_WROTE, at=people.days(1))
    page = words_of(sign_in(cast.bruno).get("/desk/"))
    assert mine.reference in page
    assert free.reference not in page
    assert "The person wrote: read it and answer." in page


def test_another_entity_sees_nothing(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    dario = sign_in(cast.dario)
    for address in ("/desk/?queue=open", "/desk/search?q=factura", "/desk/letters"):
        assert case.reference not in words_of(dario.get(address))
    assert words_of(dario.get(f"/desk/search?q={case.reference}")).count("No case with") == 1


def test_filters_stand_in_the_address_and_can_be_taken_away(cast: Cast, sign_in: SignIn) -> None:
    complaint = people.a_case(cast)
    claim = people.a_case(cast, kind="claim")
    bruno = sign_in(cast.bruno)
    page = bruno.get("/desk/?queue=open&kind=claim")
    assert claim.reference in words_of(page)
    assert complaint.reference not in words_of(page)
    assert page.context["chips"][0]["url"] == "/desk/?queue=open"
    wrong = words_of(bruno.get("/desk/?queue=open&kind=riddle"))
    assert "There is no “riddle” to filter by" in wrong
    form = bruno.get("/desk/filters?queue=open&kind=claim", headers={"hx-request": "true"})
    assert b"<html" not in form.content
    assert b'value="claim" selected' in form.content


def test_a_cursor_that_nobody_gave_shows_the_first_page(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    page = words_of(sign_in(cast.bruno).get("/desk/?queue=open&cursor=%00nonsense"))
    assert case.reference in page
    assert "here is the first one" in page


def test_a_reference_goes_straight_to_its_case(cast: Cast, sign_in: SignIn) -> None:
    case = people.a_case(cast)
    typed = case.reference.replace("-", " ").lower()
    answer = sign_in(cast.bruno).get("/desk/search", {"q": typed})
    assert answer.status_code == 302
    assert answer["Location"] == f"/desk/cases/{case.reference}"


def test_what_was_found_is_marked_and_hostile_text_is_not_markup(
    cast: Cast, sign_in: SignIn
) -> None:
    people.a_case(cast, narrative="La <script>alert(1)</script> factura vino doble.")
    page = sign_in(cast.bruno).get("/desk/search?q=facturas").content.decode()
    assert "<mark>factura</mark>" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("who", "leads_to"),
    [("ines", "/desk/inquiries"), ("felix", "/desk/office")],
)
def test_whoever_sees_no_cases_is_led_to_what_is_theirs(
    cast: Cast, sign_in: SignIn, who: str, leads_to: str
) -> None:
    answer = sign_in(getattr(cast, who)).get("/desk/")
    assert answer.status_code == 302
    assert answer["Location"] == leads_to


def test_the_demonstration_says_that_the_second_factor_is_off(cast: Cast, sign_in: SignIn) -> None:
    assert "The second factor is off here" in words_of(sign_in(cast.bruno).get("/desk/"))


def test_a_limit_that_passed_is_overdue_before_the_sweep_says_so(
    cast: Cast, sign_in: SignIn
) -> None:
    case = people.a_case(cast)
    with people.acting(cast):
        passed = people.hours(20)
        type(case).objects.filter(pk=case.pk).update(urgency="due_soon", next_due_at=passed)
    bruno = sign_in(cast.bruno)
    late = bruno.get("/desk/?queue=overdue")
    assert case.reference in words_of(late)
    counts = {item.name: item.count for item in late.context["queue_items"]}
    assert (counts["Overdue"], counts["Due soon"]) == (1, 0)
    assert case.reference not in words_of(bruno.get("/desk/?queue=due_soon"))


def test_what_many_cases_hold_is_counted_apart(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        people.a_case(cast)
    monkeypatch.setattr(searching, "_FEW", 0)
    monkeypatch.setattr(searching, "_WALK_ABOVE_ROOT_TIMES", 0)
    monkeypatch.setattr(search_view, "search", partial(searching.search, size=2))
    bruno = sign_in(cast.bruno)
    page = bruno.get("/desk/search?q=factura")
    address = page.context["count_url"]
    assert len(page.context["rows"]) == 2
    assert f'href="{escape(address)}"' in page.content.decode()
    part = bruno.get(address, headers={"hx-request": "true"})
    assert words_of(part) == "3 cases found"
    assert b"<html" not in part.content
    whole = bruno.get(address)
    assert "3 cases found" in words_of(whole)
    assert len(whole.context["rows"]) == 2
