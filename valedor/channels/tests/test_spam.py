"""Unwanted mail, judged by a real rspamd: held with its date, spared by a person, never lost."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import Settings

from tests import rspamd
from tests.rspamd import SUBJECT
from valedor.casefile.models import RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.checkup import unwanted_mail
from valedor.channels.email import inbound, spam
from valedor.channels.email.actions.not_spam import not_spam
from valedor.channels.models import Mail
from valedor.channels.tests.mail_room import (
    AT,
    a_mail,
    a_mailbox,
    cases,
    letters,
    raws,
    take_in,
)
from valedor.foundation import jobs
from valedor.foundation.refusals import Refused
from valedor.people.models import Account, Role, RoleGrant, Team

pytestmark = pytest.mark.usefixtures("committed_database")
STATES = RawMessage.State


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with rspamd.running() as url:
        yield url


@pytest.fixture
def asked(server: str, settings: Settings) -> None:
    settings.RSPAMD_URL = server


def noted() -> list[str]:
    with viewing(the_house()):
        return list(Mail.objects.order_by("pk").values_list("verdict", flat=True))


def somebody(role: str) -> Account:
    account = Account.objects.create_account(username=role, name=role.title())
    team = Team.objects.order_by("pk")[0]
    RoleGrant.objects.create(account=account, role=role, team=team, granted_at=AT)
    return account


@pytest.mark.usefixtures("asked")
def test_what_is_unwanted_is_held_and_the_rest_becomes_a_case() -> None:
    mailbox = a_mailbox()
    unwanted = a_mail(subject=f"{SUBJECT} for you", Message_ID="<s@example.org>")
    take_in(mailbox, unwanted, a_mail())
    assert [case.subject for case in cases()] == ["Factura d'octubre"]
    (held,) = [raw for raw in raws() if raw.state == STATES.HELD]
    assert (held.trouble, held.received_at) == ("spam", AT)
    assert sorted(noted()) == ["0.0: no action", "9.0: add header"]
    assert all(one.is_fine for one in unwanted_mail())


@pytest.mark.usefixtures("asked")
def test_an_answer_to_a_case_is_never_unwanted() -> None:
    mailbox = a_mailbox()
    take_in(mailbox, a_mail())
    (case,) = cases()
    (receipt,) = letters(case)
    reply = a_mail(
        "Sí.", subject=SUBJECT, Message_ID="<r@example.org>", In_Reply_To=receipt.message_id
    )
    take_in(mailbox, reply)
    assert [raw.state for raw in raws()] == [STATES.REGISTERED] * 2


@pytest.mark.usefixtures("asked")
def test_what_somebody_spares_is_registered_from_when_it_arrived() -> None:
    mailbox = a_mailbox()
    take_in(mailbox, a_mail(subject=SUBJECT))
    (held,) = raws()
    with pytest.raises(Refused):
        not_spam(held, by=somebody(Role.AUDITOR), at=AT)
    agent, later = somebody(Role.AGENT), AT + timedelta(days=2)
    not_spam(held, by=agent, at=later)
    inbound.read_waiting(mailbox, now=lambda: later)
    (case,) = cases()
    assert (case.received_at, case.registered_at) == (AT, later)
    assert letters(case)[0].kind == "receipt"
    with pytest.raises(Refused):
        not_spam(held, by=agent, at=later)
    assert jobs.health().failed == 0


def test_where_nobody_answers_mail_is_wanted_and_it_is_noted(settings: Settings) -> None:
    settings.RSPAMD_URL = "http://127.0.0.1:9"
    mailbox = a_mailbox()
    take_in(mailbox, a_mail(subject=SUBJECT))
    assert len(cases()) == 1
    (said,) = noted()
    assert said.startswith("not judged: ")
    assert not any(finding.is_fine for finding in unwanted_mail())


@pytest.mark.usefixtures("asked")
def test_the_password_and_the_envelope_go_along(server: str, settings: Settings) -> None:
    settings.RSPAMD_URL = server.replace("http://", "http://:secret@")
    verdict = spam.verdict_on(a_mail(subject=SUBJECT).as_bytes(), sender="ana@example.org")
    assert (verdict.is_unwanted, verdict.score) == (True, 9.0)
