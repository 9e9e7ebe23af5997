"""Whoever tries the demonstration lets something arrive, and it goes the usual way."""

import pytest
from django.test import Client
from pytest_django import Settings

from valedor.casefile.models import Case
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.email.actions.set_mailbox import set_mailbox
from valedor.channels.post.models import Scan
from valedor.channels.tests.post_room import FILED_AT, a_house
from valedor.channels.tests.sms_room import a_gateway, cases
from valedor.foundation import jobs

MAIL = {
    "entity": "besos", "way": "mail", "name": "Rosa Farré", "address": "rosa@example.org",
    "subject": "Sense aigua", "text": "Des d'ahir no tinc aigua.",
}  # fmt: skip
SMS = {"entity": "besos", "way": "sms", "address": "600 100 200", "text": "Sense aigua"}


@pytest.fixture(autouse=True)
def house(committed_database: str, settings: Settings) -> None:
    settings.DEMO = True
    entity = a_house()
    set_mailbox(entity, "care", address="care@besos.example", language="ca", by=None, at=FILED_AT)
    a_gateway(entity)


@pytest.mark.parametrize(
    ("typed", "channel", "subject"),
    [(MAIL, Case.Channel.EMAIL, "Sense aigua"), (SMS, Case.Channel.SMS, "Sense aigua")],
)
def test_it_becomes_a_case_that_is_acknowledged(
    typed: dict[str, str], channel: str, subject: str
) -> None:
    answer = Client().post("/demo/play-in/", typed, follow=True)
    assert answer.redirect_chain[-1][0] == "/demo/mail/"
    jobs.work(concurrency=1, wait=False)
    (case,) = cases()
    assert (case.channel, case.subject) == (channel, subject)
    assert case.reference in Client().get("/demo/mail/").content.decode()


def test_a_letter_is_scanned_and_waits_for_somebody() -> None:
    letter = {"entity": "besos", "way": "letter", "text": "Reclamació\nDes d'ahir no tinc aigua."}
    assert Client().post("/demo/play-in/", letter).status_code == 302
    jobs.work(concurrency=1, wait=False)
    assert cases() == []
    with viewing(the_house()):
        scan = Scan.objects.select_related("raw").get()
    assert (scan.raw.state, scan.pages) == ("held", 1)
    assert "no tinc aigua" in scan.text


@pytest.mark.parametrize(
    "wrong",
    [
        MAIL | {"address": "rosa"},
        MAIL | {"address": ""},
        MAIL | {"way": "office_mail"},  # Nobody holds the office: there is no mailbox of it.
        MAIL | {"text": ""},
        SMS | {"address": "rosa@example.org"},
        SMS | {"entity": "nowhere"},
        {},
    ],
)
def test_what_could_not_arrive_is_said(wrong: dict[str, str]) -> None:
    answer = Client().post("/demo/play-in/", wrong)
    assert answer.status_code == (422 if wrong else 200)
    assert cases() == []
