"""Set up a webhook, change it, or give it another secret."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.conf import settings
from django.db import transaction

from valedor.announcing import rules
from valedor.announcing.actions.send_again import enqueue_these
from valedor.announcing.events import Event
from valedor.announcing.models import Announcement, Subscription
from valedor.announcing.networks import networks_of
from valedor.announcing.signatures import PURPOSE, draw_secret
from valedor.foundation.refusals import refuse_if
from valedor.foundation.sealed import seal
from valedor.people import rules as settings_rules
from valedor.people.acts import Act
from valedor.people.changes import as_asked, change_row, lock_settings, record_setting
from valedor.people.models import Account, Entity
from valedor.people.queries import roles_of


class WebhookFields(TypedDict, total=False):
    """What a webhook is told; what is left out stays as it is."""

    address: str
    events: Sequence[str]
    is_active: bool


@transaction.atomic
def set_webhook(
    entity: Entity,
    key: str,
    *,
    secret: str = "",
    by: Account | None,
    at: datetime,
    **said: Unpack[WebhookFields],
) -> Subscription:
    """Set a webhook of an entity. An empty ``secret`` leaves the one that is there, or draws one
    for a new webhook. What waits for one that is switched on again goes. Raises ``Refused``.
    """
    lock_settings()
    refuse_if(settings_rules.why_not_administer(by=by, roles=roles_of(by)))
    refuse_if(settings_rules.why_not_key(key))
    found = Subscription.objects.filter(entity=entity, key=key).first()
    fields: dict[str, Any] = dict(said)
    if "address" in fields:
        fields["address"] = fields["address"].strip()
    if "events" in fields:
        # In the order in which they are offered, so that two who choose the same say the same.
        asked_for = list(dict.fromkeys(fields["events"]))
        known = [event for event in Event.values if event in asked_for]
        fields["events"] = known + [event for event in asked_for if event not in known]
    asked = as_asked(
        found or Subscription(entity=entity, key=key, events=[], secret_drawn_at=at), fields
    )
    networks = networks_of(settings.WEBHOOK_NETWORKS)
    refuse_if(rules.why_not_subscription(asked, networks=networks))
    if secret:
        refuse_if(rules.why_not_secret(secret))
    subject = f"{entity.key}/{key}"
    if found is None:
        asked.secret = seal(secret or draw_secret(), purpose=PURPOSE)
        asked.save(force_insert=True)
        record_setting(Act.WEBHOOK_ADDED, subject, after=fields, by=by, at=at)
        return asked
    if secret:
        _give_secret(found, secret, subject, by=by, at=at)
    if change_row(found, Act.WEBHOOK_CHANGED, subject, fields, by=by, at=at) and found.is_active:
        wake(found, at=at)
    return found


@transaction.atomic
def draw_other_secret(subscription: Subscription, *, by: Account | None, at: datetime) -> str:
    """Give a webhook another secret, which is returned here and never again; the one before signs
    too for a day. Raises ``Refused``.
    """
    lock_settings()
    refuse_if(settings_rules.why_not_administer(by=by, roles=roles_of(by)))
    found = Subscription.objects.select_for_update().get(pk=subscription.pk)
    secret = draw_secret()
    _give_secret(found, secret, f"{subscription.entity.key}/{found.key}", by=by, at=at)
    return secret


def _give_secret(
    subscription: Subscription, secret: str, subject: str, *, by: Account | None, at: datetime
) -> None:
    subscription.secret_before = subscription.secret
    subscription.secret, subscription.secret_drawn_at = seal(secret, purpose=PURPOSE), at
    subscription.save(update_fields=["secret", "secret_before", "secret_drawn_at"])
    record_setting(Act.WEBHOOK_SECRET_SET, subject, by=by, at=at)


def wake(subscription: Subscription, *, at: datetime) -> int:
    """Have everything that waits for an address go now; how many events that are."""
    waiting = subscription.announcements.filter(state=Announcement.State.WAITING)
    return enqueue_these(list(waiting.values_list("pk", flat=True)), at=at)
