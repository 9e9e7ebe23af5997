"""What is written is handed over, at least once, for days, and nowhere inside the house."""

import base64
import hmac
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection
from pytest_django import Settings

from tests.ground import _environment
from valedor.announcing import delivering, keeping, tasks
from valedor.announcing.actions.resume import resume
from valedor.announcing.actions.send_again import send_again, send_failed_again, try_out
from valedor.announcing.actions.set_webhook import draw_other_secret, set_webhook
from valedor.announcing.events import Event
from valedor.announcing.models import Announcement, Subscription
from valedor.announcing.signatures import draw_secret
from valedor.announcing.telling_of_pause import tell_of_pause
from valedor.announcing.tests.receiver import Received, Receiver, receiving
from valedor.foundation import jobs, moments
from valedor.foundation.refusals import Refused
from valedor.people.models import Account, Entity, Role, RoleGrant

WAITING, DELIVERED, FAILED = Announcement.State
AT = moments.now() + timedelta(seconds=1)


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    settings.WEBHOOK_NETWORKS = ["127.0.0.1"]
    with receiving() as found:
        yield found


def an_entity() -> Entity:
    return Entity.objects.create(
        key="besos", name="Besòs", country="ES", region="ES-CT", timezone="Europe/Madrid",
        languages=["ca"], default_language="ca",
    )  # fmt: skip


def a_webhook(receiver: Receiver, secret: str = "") -> Subscription:
    return set_webhook(
        an_entity(),
        "billing",
        address=receiver.address,
        events=[Event.REGISTERED],
        secret=secret,
        by=None,
        at=AT,
    )


def a_trial(webhook: Subscription, at: datetime = AT) -> Announcement:
    return try_out(webhook, by=None, at=at)


def deliver(one: Announcement, at: datetime) -> Announcement:
    delivering.deliver(str(one.pk), at=at)
    return Announcement.objects.get(pk=one.pk)


def signed_with(secret: str, got: Received) -> bool:
    """As a receiver checks it, by the specification and without our code."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{got.headers['webhook-id']}.{got.headers['webhook-timestamp']}.".encode() + got.body
    expected = "v1," + base64.b64encode(hmac.new(key, content, "sha256").digest()).decode()
    return expected in got.headers["webhook-signature"].split()


@pytest.mark.django_db
def test_it_is_posted_signed_and_named(receiver: Receiver) -> None:
    secret = draw_secret()
    one = deliver(a_trial(a_webhook(receiver, secret)), AT)
    assert (one.state, one.tries, one.delivered_at) == (DELIVERED, 1, AT)
    (got,) = receiver.got
    assert got.path == "/valedor"
    assert got.headers["content-type"] == "application/json"
    assert got.headers["webhook-id"] == one.name
    assert got.headers["webhook-timestamp"] == str(int(AT.timestamp()))
    assert signed_with(secret, got)
    assert not signed_with(draw_secret(), got)
    assert json.loads(got.body)["type"] == "webhook.test"


@pytest.mark.django_db
def test_two_secrets_hold_for_a_day(receiver: Receiver) -> None:
    before = draw_secret()
    webhook = a_webhook(receiver, before)
    after = draw_other_secret(webhook, by=None, at=AT)
    deliver(a_trial(webhook), AT + timedelta(hours=23))
    deliver(a_trial(webhook), AT + timedelta(hours=25))
    assert [signed_with(before, got) for got in receiver.got] == [True, False]
    assert [signed_with(after, got) for got in receiver.got] == [True, True]


@pytest.mark.django_db
def test_a_refusal_is_tried_again_under_the_same_name_for_days(receiver: Receiver) -> None:
    receiver.answers = [500]
    webhook = a_webhook(receiver)
    one, waits = a_trial(webhook), []
    while one.state == WAITING:
        assert one.next_try_at is not None
        at = one.next_try_at
        Subscription.objects.update(rests_until=None, failing_since=None)  # Alone, not its address.
        one = deliver(one, at)
        if one.next_try_at is not None:
            waits.append(one.next_try_at - at)
    assert (one.state, one.tries) == (FAILED, 11)
    assert waits == sorted(waits)
    assert timedelta(days=3) < sum(waits, timedelta()) < timedelta(days=6)
    assert {got.headers["webhook-id"] for got in receiver.got} == {one.name}
    last = one.made_tries.first()
    assert last is not None
    assert (last.status, last.trouble, last.answer) == (500, "answered", "said the receiver")


@pytest.mark.django_db
def test_what_is_not_due_is_not_tried(receiver: Receiver) -> None:
    receiver.answers = [500, 204]
    one = deliver(a_trial(a_webhook(receiver)), AT)
    assert deliver(one, AT + timedelta(seconds=5)).tries == 1
    assert deliver(one, AT + timedelta(seconds=20)).state == DELIVERED
    assert deliver(one, AT + timedelta(seconds=30)).tries == 2
    assert len(receiver.got) == 2


@pytest.mark.django_db
def test_a_receiver_that_asks_for_time_gets_it(receiver: Receiver) -> None:
    receiver.answers, receiver.more = [429], {"Retry-After": "3600"}
    one = deliver(a_trial(a_webhook(receiver)), AT)
    assert one.next_try_at is not None
    assert one.next_try_at >= AT + timedelta(hours=1)


@pytest.mark.django_db
def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    receiver.answers, receiver.more = [307], {"Location": receiver.address}
    one = deliver(a_trial(a_webhook(receiver)), AT)
    assert one.state == WAITING
    assert [made.trouble for made in one.made_tries.all()] == ["moved"]
    assert len(receiver.got) == 1


@pytest.mark.django_db
def test_the_house_s_own_networks_are_not_reached(receiver: Receiver, settings: Settings) -> None:
    webhook = a_webhook(receiver)
    settings.WEBHOOK_NETWORKS = []
    one = deliver(a_trial(webhook), AT)
    assert [made.trouble for made in one.made_tries.all()] == ["forbidden"]
    assert receiver.got == []


@pytest.mark.django_db
def test_plain_http_goes_to_opened_networks_alone(receiver: Receiver, settings: Settings) -> None:
    webhook = a_webhook(receiver)
    settings.WEBHOOK_NETWORKS = ["10.0.0.0/8"]
    one = deliver(a_trial(webhook), AT)
    assert [made.trouble for made in one.made_tries.all()] == ["forbidden"]


@pytest.mark.django_db
def test_nobody_there_and_no_tls_are_told_apart(receiver: Receiver) -> None:
    webhook = a_webhook(receiver)
    troubles = []
    for address in ("http://127.0.0.1:9/", receiver.address.replace("http://", "https://")):
        Subscription.objects.update(address=address)
        one = deliver(a_trial(webhook), AT)
        troubles += [made.trouble for made in one.made_tries.all()]
    assert troubles == ["broken", "broken"]


@pytest.mark.django_db
def test_an_address_that_fails_rests_and_costs_the_others_no_tries(receiver: Receiver) -> None:
    receiver.answers = [503]
    webhook = a_webhook(receiver)
    for _number in range(delivering.RESTS_FROM):
        deliver(a_trial(webhook), AT)
    one = deliver(a_trial(webhook), AT + timedelta(seconds=1))
    assert one.tries == 0
    assert one.next_try_at is not None
    assert one.next_try_at >= AT + timedelta(minutes=1)
    receiver.answers = [204]
    assert deliver(one, one.next_try_at).state == DELIVERED
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.failing_since, webhook.rests_until) == (0, None, None)


@pytest.mark.django_db
def test_a_dead_address_is_paused_told_of_and_goes_on_where_it_was(
    receiver: Receiver, settings: Settings
) -> None:
    settings.SMTP_URL = "smtp://there"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    account = Account.objects.create(
        username="admin", name="Admin", email="admin@example.org", language="ca", is_active=True
    )
    RoleGrant.objects.create(account=account, role=Role.ADMINISTRATOR, granted_at=AT)
    receiver.answers = [500]
    webhook = a_webhook(receiver)
    one = deliver(a_trial(webhook), AT)
    Subscription.objects.update(rests_until=None)
    later = AT + timedelta(days=3, hours=1)
    other = deliver(a_trial(webhook, later), later)
    webhook.refresh_from_db()
    assert (webhook.paused_at, webhook.paused_why) == (later, "silent")
    assert tell_of_pause(webhook.pk) == 1
    (letter,) = mail.outbox
    assert letter.to == ["admin@example.org"]
    assert "/desk/settings/entities/besos/webhooks/billing/" in letter.body
    assert "billing" in letter.subject

    receiver.answers = [204]
    much_later = later + timedelta(days=2)
    assert deliver(other, much_later).tries == 1  # While it is paused nothing is sent.
    assert resume(webhook, by=None, at=much_later) == 2
    assert [deliver(each, much_later).state for each in (one, other)] == [DELIVERED, DELIVERED]


@pytest.mark.django_db
def test_an_address_that_says_it_is_gone_is_paused_at_once(receiver: Receiver) -> None:
    receiver.answers = [410]
    webhook = a_webhook(receiver)
    deliver(a_trial(webhook), AT)
    webhook.refresh_from_db()
    assert (webhook.paused_at, webhook.paused_why) == (AT, "gone")


@pytest.mark.django_db
def test_what_was_given_up_is_sent_again_one_or_all_of_a_period(receiver: Receiver) -> None:
    webhook = a_webhook(receiver)
    found = [a_trial(webhook, AT + timedelta(days=number)) for number in range(3)]
    Announcement.objects.update(state=FAILED, next_try_at=None, tries=11)
    end = AT + timedelta(days=9)
    begins, ends = AT + timedelta(days=1), AT + timedelta(days=2, seconds=1)
    assert send_failed_again(webhook, begins, ends, by=None, at=end) == 2
    send_again(Announcement.objects.get(pk=found[0].pk), by=None, at=end)
    with pytest.raises(Refused, match="waits_already"):
        send_again(found[0], by=None, at=end)
    assert [deliver(one, end).state for one in found] == [DELIVERED] * 3
    assert {got.headers["webhook-id"] for got in receiver.got} == {one.name for one in found}


@pytest.mark.django_db
def test_what_lost_its_job_is_taken_up_and_what_is_old_goes(receiver: Receiver) -> None:
    webhook = a_webhook(receiver)
    one = a_trial(webhook)
    assert keeping.take_up_left_over(at=AT + timedelta(minutes=5)) == 0
    assert keeping.take_up_left_over(at=AT + timedelta(minutes=15)) == 1
    deliver(one, AT)
    assert keeping.forget_old(at=AT + timedelta(days=29)) == 0
    assert keeping.forget_old(at=AT + timedelta(days=31)) == 2  # Its try goes with it.


def test_a_worker_that_is_killed_loses_nothing(committed_database: str) -> None:
    with receiving(holding=True) as receiver:
        environment = _environment(committed_database) | {"WEBHOOK_NETWORKS": "127.0.0.1"}
        webhook = Subscription(
            entity=an_entity(), key="billing", address=receiver.address,
            events=[Event.REGISTERED], secret=b"", secret_drawn_at=AT,
        )  # fmt: skip
        from valedor.foundation.sealed import seal

        webhook.secret = seal(draw_secret(), purpose="webhook")
        webhook.save()
        one = a_trial(webhook, moments.now())
        first = _worker(environment)
        assert receiver.arrived.wait(60)  # It has it, and the worker does not know.
        first.send_signal(signal.SIGKILL)
        first.wait(30)
        receiver.holds.set()
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
            )
        connection.close()
        second = _worker(environment, "--until-empty")
        assert second.wait(120) == 0
        one.refresh_from_db()
        assert (one.state, one.tries) == (DELIVERED, 1)
        names = [got.headers["webhook-id"] for got in receiver.got]
        assert names == [one.name, one.name]
        assert jobs.health().failed == 0
        assert tasks.deliver.queue in jobs.queues()


def _worker(environment: dict[str, str], *words: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "valedor.config.command_line", "worker", "--queue", "webhooks",
         *words],
        env=environment | {"PATH": os.environ["PATH"]},
        cwd=Path(__file__).resolve().parents[3],
    )  # fmt: skip
