"""Whoever can act is told that messages wait: once, and of spam once a day."""

from datetime import timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from valedor.casefile.models import RawMessage
from valedor.casefile.viewing import the_house, viewing
from valedor.channels import reminding
from valedor.channels.email.sorting import SPAM
from valedor.channels.reminding import WAITS, remind_of_spam, tell_of_held
from valedor.channels.tests.mail_room import AT, a_mail, a_mailbox, take_in
from valedor.config.timetable import TIMETABLE
from valedor.people.models import Absence, Account, Role, RoleGrant, Team

pytestmark = pytest.mark.usefixtures("committed_database")
LATER = AT + WAITS + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _mail(settings: Settings) -> None:
    settings.DEMO = True


def somebody(name: str, role: str, language: str = "en") -> Account:
    account = Account.objects.create_account(username=name, name=name.title())
    account.email, account.language = f"{name}@besos.example", language
    account.save(update_fields=["email", "language"])
    team = Team.objects.order_by("pk")[0]
    RoleGrant.objects.create(account=account, role=role, team=team, granted_at=AT)
    return account


def held(*troubles: str) -> None:
    mailbox = a_mailbox()
    headers = {"Auto_Submitted": "auto-generated"}
    mails = [a_mail(Message_ID=f"<{n}@example.org>", **headers) for n in range(len(troubles))]
    take_in(mailbox, *mails)
    with viewing(the_house()):
        for raw, trouble in zip(RawMessage.objects.order_by("pk"), troubles, strict=True):
            RawMessage.objects.filter(pk=raw.pk).update(trouble=trouble)


def told() -> list[tuple[str, str]]:
    return sorted(
        (message.to[0].partition("@")[0], str(message.subject)) for message in mail.outbox
    )


def test_who_can_act_is_told_once_after_some_hours() -> None:
    held("unreadable mail", "from a machine", SPAM)
    somebody("nuria", Role.AGENT, "ca")
    somebody("ivan", Role.HANDLER)
    somebody("gia", Role.AUDITOR)
    away = somebody("omar", Role.HANDLER)
    Absence.objects.create(
        account=away, from_on=AT.date(), to_on=AT.date(), recorded_by=away, recorded_at=AT
    )
    assert tell_of_held(AT + WAITS / 2) == 0
    assert tell_of_held(LATER) == 2
    assert told() == [
        ("ivan", "2 messages of Aigües del Besòs wait for somebody"),
        ("nuria", "2 missatges a Aigües del Besòs esperen algú"),
    ]
    assert "/desk/held" in mail.outbox[0].body
    assert tell_of_held(LATER + WAITS) == 0
    assert len(mail.outbox) == 2


def test_leads_are_reminded_of_spam_for_as_long_as_it_lies_there() -> None:
    held(SPAM, "unreadable mail")
    somebody("ivan", Role.HANDLER)
    somebody("laia", Role.LEAD)
    assert remind_of_spam(LATER) == 1
    assert remind_of_spam(LATER + timedelta(days=1)) == 1
    assert told() == [("laia", "1 mail to Aigües del Besòs is held as spam")] * 2
    with viewing(the_house()):
        RawMessage.objects.filter(trouble=SPAM).update(state=RawMessage.State.SET_ASIDE)
    assert remind_of_spam(LATER + timedelta(days=2)) == 0


def test_where_nobody_can_be_told_it_is_tried_again(settings: Settings) -> None:
    held("unreadable mail")
    assert tell_of_held(LATER) == 0
    settings.DEMO, settings.SMTP_URL = False, ""
    somebody("ivan", Role.HANDLER)
    assert tell_of_held(LATER) == 0
    settings.DEMO = True
    assert tell_of_held(LATER) == 1


def test_the_timetable_does_both() -> None:
    tasks = {task for _name, _when, task in TIMETABLE}
    assert {f"valedor.channels.tasks.{one}" for one in ("tell_of_held", "remind_of_spam")} <= tasks
    assert timedelta(hours=1) < reminding.WAITS
