"""Who else has a case open: a hint that costs one query, tells nothing across a wall, and goes."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests import cast as people
from tests.cast import Cast
from valedor.casefile.models import Case, Entry, Stage
from valedor.casefile.seats import Seat
from valedor.casefile.viewing import the_house, viewer_of, viewing
from valedor.desk.tests.conftest import SignIn
from valedor.desk.tests.reading import page_of, words_of
from valedor.handling.models import Draft, Presence
from valedor.handling.presence import forget_past, others_here


@pytest.fixture
def case(cast: Cast) -> Case:
    return people.a_case(cast, stage=Stage.ASSESSED)


def _said(client: Client, case: Case) -> str:
    return words_of(client.get(page_of(case)))


def test_shown_when_the_page_is_opened_and_when_it_asks_again(
    cast: Cast, sign_in: SignIn, case: Case
) -> None:
    bruno, carla = sign_in(cast.bruno), sign_in(cast.carla)
    assert "has this open" not in _said(bruno, case)
    assert "Bruno has this open." in _said(carla, case)
    again = words_of(bruno.get(page_of(case, "presence")))
    assert "Carla has this open." in again
    assert "Bruno has" not in again


def test_whoever_types_is_said_to_write_until_it_is_sent(
    cast: Cast, sign_in: SignIn, case: Case
) -> None:
    bruno, carla = sign_in(cast.bruno), sign_in(cast.carla)
    bruno.post(page_of(case, "drafts/message"), {"text": "Bue"})
    assert "Bruno has this open, and is writing to the person." in _said(carla, case)
    bruno.post(page_of(case, "message"), {"text": "Buenos días."})
    assert "Bruno has this open." in _said(carla, case)


def test_it_is_no_line_of_the_case(cast: Cast, sign_in: SignIn, case: Case) -> None:
    with people.acting(cast):
        before = Entry.objects.filter(case=case).count()
    sign_in(cast.bruno).get(page_of(case))
    with people.acting(cast):
        assert Entry.objects.filter(case=case).count() == before


def test_gone_after_minutes_and_removed(cast: Cast, sign_in: SignIn, case: Case) -> None:
    sign_in(cast.bruno).get(page_of(case))
    at = people.days(1)
    with viewing(viewer_of(cast.carla)) as carla:
        assert others_here(carla, case.reference, at=at + timedelta(seconds=119))
        assert others_here(carla, case.reference, at=at + timedelta(seconds=121)) == []
    with viewing(the_house()):
        assert forget_past(at=at + timedelta(minutes=10)) == 0
        assert forget_past(at=at + timedelta(minutes=13)) == 2
        assert not Presence.objects.exists()


def test_an_auditor_looks_unseen_and_sees(cast: Cast, sign_in: SignIn, case: Case) -> None:
    gia, bruno = sign_in(cast.gia), sign_in(cast.bruno)
    bruno.get(page_of(case))
    assert "Bruno has this open." in _said(gia, case)
    assert "has this open" not in _said(bruno, case)


def test_nobody_learns_of_anybody_behind_a_wall(cast: Cast, sign_in: SignIn, case: Case) -> None:
    ivan = cast.join("ivan")
    sign_in(cast.bruno).get(page_of(case))
    with people.acting(cast):
        Case.objects.filter(pk=case.pk).update(recused=[ivan.pk])
    for who in (ivan, cast.dario):
        assert sign_in(who).get(page_of(case, "presence")).status_code == 404
    with viewing(the_house()):
        assert {one.account_id for one in Presence.objects.filter(case=case)} == {cast.bruno.pk}


def test_another_seat_is_not_shown(cast: Cast, sign_in: SignIn, case: Case) -> None:
    with viewing(the_house()):
        Presence.objects.create(
            case=case, entity_id=case.entity_id, seats=int(Seat.OMBUDSMAN), account=cast.felix,
            seen_at=people.days(1),
        )  # fmt: skip
    assert "has this open" not in _said(sign_in(cast.bruno), case)


def test_asking_again_costs_one_query_of_its_own(
    cast: Cast, case: Case, django_assert_num_queries: Any
) -> None:
    with viewing(viewer_of(cast.bruno)) as bruno, django_assert_num_queries(1):
        others_here(bruno, case.reference, at=people.days(1))


def test_another_window_is_kept_beside_and_gone_on_with_or_thrown_away(
    cast: Cast, sign_in: SignIn, case: Case
) -> None:
    bruno = sign_in(cast.bruno)
    address = page_of(case, "drafts/message")
    form = page_of(case, "message")
    one = bruno.get(form).context["draft_place"]
    other = bruno.get(form).context["draft_place"]
    bruno.post(address, {"text": "From the first window", "draft_place": str(one)})
    told = bruno.post(
        address,
        {"text": "From the second", "draft_place": str(other)},
        headers={"hx-request": "true"},
    )
    assert "What you wrote in another window is kept beside it" in words_of(told)
    page = bruno.get(form)
    assert len(page.context["beside"]) == 1
    assert "From the first window" in words_of(page)
    assert "From the second" in words_of(page)
    (beside,) = page.context["beside"]
    assert "?draft=" in beside["use_url"]
    assert bruno.get(beside["use_url"]).status_code == 200
    assert sign_in(cast.carla).post(beside["drop_url"]).status_code == 404
    assert bruno.post(beside["drop_url"]).status_code == 302
    with people.acting(cast):
        assert Draft.objects.filter(case=case).count() == 1
