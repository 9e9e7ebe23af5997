"""A text travels from a telephone to a case and back through a real gateway."""

import time
from collections.abc import Callable

import pytest
from pytest_django import Settings

from tests import kannel
from tests.ground import LiveSite
from valedor.casefile.letters import short_code_of
from valedor.casefile.models import Case, Letter
from valedor.channels import sending
from valedor.channels.tests.post_room import a_case, a_house, letter_now, lines_of
from valedor.channels.tests.sms_room import SECRET, a_gateway, cases, letters_of
from valedor.foundation import moments
from valedor.intake.submission import PersonGiven


def test_there_and_back(live_site: LiveSite, settings: Settings) -> None:
    settings.PUBLIC_URL = live_site.url
    host = live_site.url.removeprefix("http://")
    with kannel.running(door=f"http://kannel:{SECRET}@{host}/webhooks/sms/besos/main") as gateway:
        a_gateway(
            a_house(),
            address=gateway.address,
            login=kannel.LOGIN,
            password=kannel.PASSWORD,
        )
        gateway.write("34600100200", "Avui no hi ha aigua: ¿què passa, això és normal? 😀")
        until(lambda: bool(cases()))
        (case,) = cases()
        assert case.subject == "Avui no hi ha aigua: ¿què passa, això és normal? 😀"
        (letter,) = letters_of(case)

        sending.deliver(letter.pk, at=moments.now())
        sent = letter_now(letter)
        assert (sent.state, sent.last_answer) == (
            Letter.State.ACCEPTED,
            "202 0: Accepted for delivery",
        )
        until(lambda: letter_now(letter).arrived_at is not None)
        until(lambda: case.reference in gateway.taken())
        assert f"{live_site.url}/s/{short_code_of(letter.pk)}" in gateway.taken()
        assert "letter.delivered" in lines_of(case)


@pytest.mark.usefixtures("committed_database")
def test_a_wrong_password_is_told() -> None:
    with kannel.running(door="http://127.0.0.1:9/") as gateway:
        house = a_house()
        a_gateway(house, address=gateway.address, login=kannel.LOGIN, password="wrong")
        person = PersonGiven(name="Ana", telephone="600 100 200")
        letter = a_case(house, person=person, answer_channel=Case.Channel.SMS).letter
        assert letter is not None
        sending.deliver(letter.pk, at=moments.now())
        refused = letter_now(letter)
        assert refused.state == Letter.State.REFUSED
        assert refused.last_answer == "403 Authorization failed for sendsms"


def until(is_so: Callable[[], bool]) -> None:
    ends = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < ends, "it did not come"
        time.sleep(0.1)
