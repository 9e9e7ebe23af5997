"""Handing announcements over: at least once, again and again for days, and not to the dead.

The row of an announcement is locked while it is posted, by the connection of its worker: when that
one dies the lock goes with it, the queue puts its job back, and it is posted again. An order is not
promised: what was refused comes after what happened later.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from valedor.announcing import posting, tasks
from valedor.announcing.models import Announcement, Subscription, Try
from valedor.announcing.networks import networks_of
from valedor.announcing.posting import Outcome
from valedor.announcing.signatures import PURPOSE, signature_of
from valedor.foundation.jobs import enqueue, enqueue_at
from valedor.foundation.sealed import CannotOpen, unseal

WAITS = tuple(
    timedelta(seconds=seconds)
    for seconds in (10, 60, 300, 1800, 7200, 21600, 43200, 86400, 86400, 86400)
)
"""From one try to the next; after the last one it is given up, some four days after the first."""
BOTH_SECRETS = timedelta(days=1)
"""How long the secret before signs too, once another one was drawn."""
RESTS_FROM = 5
"""After so many failures in a row the address is left alone for a while, each time longer."""
LONGEST_REST = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(days=3)
"""An address that took nothing for so long is paused, and the administrators are told."""
LONGEST_ASKED = timedelta(days=1)
_GONE = 410
_NOT_NOW = {429, 503}


@transaction.atomic
def deliver(announcement_id: str, *, at: datetime) -> None:
    """Try once, where it is due and its address takes anything; plan the next try."""
    found = (
        Announcement.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("subscription__entity")
        .filter(pk=announcement_id, state=Announcement.State.WAITING)
        .first()
    )
    if found is None or found.next_try_at is None:
        return
    subscription = found.subscription
    if not subscription.is_active or subscription.paused_at is not None or found.next_try_at > at:
        return
    if subscription.rests_until is not None and subscription.rests_until > at:
        _plan(found, subscription.rests_until + _spread(found))
        return
    outcome = _post(found, at)
    Try.objects.create(
        announcement=found,
        at=at,
        milliseconds=outcome.milliseconds,
        status=outcome.status,
        trouble=outcome.trouble,
        answer=outcome.answer,
    )
    found.tries += 1
    if outcome.is_taken:
        found.state, found.delivered_at, found.next_try_at = Announcement.State.DELIVERED, at, None
        found.save(update_fields=["state", "tries", "delivered_at", "next_try_at"])
        _note_success(subscription)
        return
    _note_failure(subscription, outcome, at)
    _plan_after(found, outcome, at)


def _post(announcement: Announcement, at: datetime) -> Outcome:
    subscription = announcement.subscription
    body = announcement.body.encode()
    timestamp = int(at.timestamp())
    try:
        signature = signature_of(_secrets_of(subscription, at), announcement.name, timestamp, body)
    except (CannotOpen, ValueError):
        return Outcome(trouble=Try.Trouble.UNREADABLE)
    return posting.post(
        subscription.address,
        body,
        {
            "Content-Type": "application/json",
            "User-Agent": "Valedor",
            "webhook-id": announcement.name,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature,
        },
        networks=networks_of(settings.WEBHOOK_NETWORKS),
    )


def _secrets_of(subscription: Subscription, at: datetime) -> list[str]:
    held = [bytes(subscription.secret)]
    if subscription.secret_before and at - subscription.secret_drawn_at < BOTH_SECRETS:
        held.append(bytes(subscription.secret_before))
    return [unseal(sealed, purpose=PURPOSE) for sealed in held]


def _note_success(subscription: Subscription) -> None:
    """The address takes things: what was against it is forgotten."""
    Subscription.objects.filter(pk=subscription.pk, failures__gt=0).update(
        failures=0, failing_since=None, rests_until=None
    )


def _note_failure(subscription: Subscription, outcome: Outcome, at: datetime) -> None:
    held = Subscription.objects.select_for_update().get(pk=subscription.pk)
    held.failures += 1
    held.failing_since = held.failing_since or at
    if held.failures >= RESTS_FROM:
        rest = min(timedelta(minutes=1) * 2 ** min(held.failures - RESTS_FROM, 10), LONGEST_REST)
        held.rests_until = at + rest
    is_gone = outcome.status == _GONE
    if held.paused_at is None and (is_gone or at - held.failing_since >= GIVEN_UP_AFTER):
        held.paused_at = at
        held.paused_why = Subscription.Pause.GONE if is_gone else Subscription.Pause.SILENT
        enqueue(tasks.tell_of_pause, subscription_id=held.pk)
    held.save(update_fields=["failures", "failing_since", "rests_until", "paused_at", "paused_why"])


def _plan_after(announcement: Announcement, outcome: Outcome, at: datetime) -> None:
    """The next try, or none: what an address was asked ten times is given up, and stays to be sent
    again by hand.
    """
    if announcement.tries > len(WAITS):
        announcement.state, announcement.next_try_at = Announcement.State.FAILED, None
        announcement.save(update_fields=["state", "tries", "next_try_at"])
        return
    wait = WAITS[announcement.tries - 1]
    if outcome.status in _NOT_NOW and outcome.retry_after is not None:
        wait = max(wait, min(timedelta(seconds=outcome.retry_after), LONGEST_ASKED))
    _plan(announcement, at + wait + _spread(announcement))


def _plan(announcement: Announcement, at: datetime) -> None:
    announcement.next_try_at = at
    announcement.save(update_fields=["tries", "next_try_at"])
    enqueue_at(at, tasks.deliver, announcement_id=str(announcement.pk))


def _spread(announcement: Announcement) -> timedelta:
    """Up to five seconds, so that what failed together does not come back together."""
    return timedelta(milliseconds=announcement.pk.int % 5000)
