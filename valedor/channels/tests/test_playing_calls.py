"""Whoever tries the demonstration lets it ring, and it goes the way of a switchboard's call."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from valedor.casefile.viewing import the_house, viewing
from valedor.channels.models import Call, CallEvent
from valedor.channels.tests.switchboard import a_line, the_call
from valedor.channels.tests.test_chat import an_agent

ADDRESS = "/demo/call/"


@pytest.fixture(autouse=True)
def _line(committed_database: str, settings: Settings) -> None:
    settings.DEMO = True
    a_line()


def test_it_rings_is_answered_by_somebody_and_ends() -> None:
    nuria, browser = an_agent(), Client()
    page = browser.post(ADDRESS, {"entity": "besos", "number": "600 100 200"}, follow=True)
    assert the_call().caller == "+34600100200"
    found = re.search(r'name="call" value="(\d+)"', page.content.decode())
    assert found is not None
    browser.post(ADDRESS, {"call": found[1], "do": "answer", "operator": nuria.username})
    assert (the_call().state, the_call().operator) == (Call.State.RUNNING, nuria)
    browser.post(ADDRESS, {"call": found[1], "do": "hang_up"})
    assert the_call().state == Call.State.ENDED
    with viewing(the_house()):
        assert CallEvent.objects.filter(raw__content__isnull=False).count() == 3, "kept raw"
    assert browser.post(ADDRESS, {"call": found[1], "do": "hang_up"}).status_code == 404


def test_somebody_hangs_up_before_anybody_answers() -> None:
    browser = Client()
    browser.post(ADDRESS, {"entity": "besos", "number": ""})
    call = the_call()
    assert call.caller == ""
    browser.post(ADDRESS, {"call": call.pk, "do": "hang_up"})
    assert the_call().state == Call.State.ABANDONED


@pytest.mark.parametrize("wrong", [{"entity": "nowhere"}, {"entity": "besos", "number": "rosa"}])
def test_what_cannot_ring_is_said(wrong: dict[str, str]) -> None:
    assert Client().post(ADDRESS, wrong).status_code == 422
    with viewing(the_house()):
        assert not Call.objects.exists()


def test_outside_a_demonstration_nothing_rings(settings: Settings) -> None:
    settings.DEMO = False
    assert Client().get(ADDRESS).status_code == 404
