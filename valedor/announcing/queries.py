"""What the settings show of webhooks."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from valedor.announcing.models import Announcement, Subscription, Try
from valedor.people.models import Entity

_STATE = Announcement.State


@dataclass(frozen=True)
class Counted:
    """How the announcements of a webhook stand."""

    waiting: int
    failed: int


def webhooks_of(entity: Entity) -> list[Subscription]:
    """The webhooks of an entity, by key."""
    return list(Subscription.objects.filter(entity=entity).select_related("entity"))


def webhook_with(entity: Entity, key: str) -> Subscription | None:
    """One webhook."""
    return Subscription.objects.filter(entity=entity, key=key).select_related("entity").first()


def counted(entity: Entity) -> dict[int, Counted]:
    """By webhook what waits and what was given up."""
    rows = (
        Announcement.objects.filter(subscription__entity=entity)
        .exclude(state=_STATE.DELIVERED)
        .values("subscription")
        .annotate(
            waiting=Count("pk", filter=Q(state=_STATE.WAITING)),
            failed=Count("pk", filter=Q(state=_STATE.FAILED)),
        )
    )
    return {row["subscription"]: Counted(row["waiting"], row["failed"]) for row in rows}


def announcements_of(
    subscription: Subscription,
    *,
    state: str = "",
    begins: datetime | None = None,
    ends: datetime | None = None,
    before: tuple[datetime, uuid.UUID] | None = None,
    at_most: int,
) -> list[Announcement]:
    """What a webhook was told, the newest first, from below one on."""
    found = Announcement.objects.filter(subscription=subscription)
    if state:
        found = found.filter(state=state)
    if begins is not None:
        found = found.filter(made_at__gte=begins)
    if ends is not None:
        found = found.filter(made_at__lt=ends)
    if before is not None:
        made_at, pk = before
        found = found.filter(Q(made_at__lt=made_at) | Q(made_at=made_at, pk__gt=pk))
    return list(found.order_by("-made_at", "pk")[:at_most])


def announcement_with(subscription: Subscription, pk: uuid.UUID) -> Announcement | None:
    """One announcement of a webhook."""
    found = Announcement.objects.filter(subscription=subscription, pk=pk)
    return found.select_related("subscription__entity").first()


def tries_of(announcement: Announcement) -> list[Try]:
    """The tries of an announcement, the last first."""
    return list(announcement.made_tries.all())


def last_tries_of(announcements: list[Announcement]) -> dict[uuid.UUID, Try]:
    """The last try of each that was tried."""
    rows = Try.objects.filter(announcement__in=announcements).order_by("announcement", "-at", "-pk")
    return {row.announcement_id: row for row in rows.distinct("announcement")}
