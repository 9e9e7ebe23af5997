"""Send events to a webhook again: one, every failed one of a period, or a trial."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from valedor.announcing import rules, tasks
from valedor.announcing.events import TEST
from valedor.announcing.models import Announcement, Subscription
from valedor.announcing.outbox import body_of
from valedor.foundation.jobs import enqueue_many
from valedor.foundation.refusals import refuse_if
from valedor.people import rules as settings_rules
from valedor.people.acts import Act
from valedor.people.changes import record_setting
from valedor.people.models import Account
from valedor.people.queries import roles_of


@transaction.atomic
def send_again(announcement: Announcement, *, by: Account | None, at: datetime) -> None:
    """Send one event again, under the name it had: a receiver that has it knows it. Raises
    ``Refused``.
    """
    refuse_if(settings_rules.why_not_administer(by=by, roles=roles_of(by)))
    found = (
        Announcement.objects.select_for_update(of=("self",))
        .select_related("subscription__entity")
        .get(pk=announcement.pk)
    )
    refuse_if(rules.why_not_send_again(found))
    _wait_again([found.pk], at=at)
    _note(found.subscription, {"event": found.name}, by=by, at=at)


@transaction.atomic
def send_failed_again(
    subscription: Subscription, begins: datetime, ends: datetime, *, by: Account | None,
    at: datetime,
) -> int:  # fmt: skip
    """Send everything that was given up of a period again; how many events that are. Raises
    ``Refused``.
    """
    refuse_if(settings_rules.why_not_administer(by=by, roles=roles_of(by)))
    refuse_if(rules.why_not_send(subscription))
    failed = Announcement.objects.select_for_update().filter(
        subscription=subscription,
        state=Announcement.State.FAILED,
        made_at__gte=begins,
        made_at__lt=ends,
    )
    found = list(failed.values_list("pk", flat=True))
    if found:
        _wait_again(found, at=at)
        _note(subscription, {"number": len(found), "from": begins, "to": ends}, by=by, at=at)
    return len(found)


@transaction.atomic
def try_out(subscription: Subscription, *, by: Account | None, at: datetime) -> Announcement:
    """Send something that happened to no case, to see whether it arrives. Raises ``Refused``."""
    refuse_if(settings_rules.why_not_administer(by=by, roles=roles_of(by)))
    refuse_if(rules.why_not_send(subscription))
    made = Announcement.objects.create(
        subscription=subscription,
        event=TEST,
        body=body_of(TEST, at=at, entity=subscription.entity.key),
        made_at=at,
        next_try_at=at,
    )
    enqueue_many(tasks.deliver, [{"announcement_id": str(made.pk)}])
    return made


def enqueue_these(announcements: Sequence[uuid.UUID], *, at: datetime) -> int:
    """Have waiting announcements go now."""
    Announcement.objects.filter(pk__in=announcements).update(next_try_at=at)
    enqueue_many(tasks.deliver, [{"announcement_id": str(pk)} for pk in announcements])
    return len(announcements)


def _wait_again(announcements: Sequence[uuid.UUID], *, at: datetime) -> None:
    Announcement.objects.filter(pk__in=announcements).update(
        state=Announcement.State.WAITING, tries=0, delivered_at=None, next_try_at=at
    )
    enqueue_many(tasks.deliver, [{"announcement_id": str(pk)} for pk in announcements])


def _note(
    subscription: Subscription, what: dict[str, object], *, by: Account | None, at: datetime
) -> None:
    subject = f"{subscription.entity.key}/{subscription.key}"
    record_setting(Act.WEBHOOK_SENT_AGAIN, subject, after=what, by=by, at=at)
