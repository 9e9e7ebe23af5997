"""Keeping the announcements in order: nothing due is forgotten, nothing old is kept."""

from datetime import datetime, timedelta

from django.db.models import Q

from valedor.announcing import tasks
from valedor.announcing.models import Announcement
from valedor.foundation.jobs import enqueue_many

LEFT_OVER_AFTER = timedelta(minutes=10)
"""A due announcement that nobody tried for so long has lost its job."""
KEPT = timedelta(days=30)
"""How long what was delivered stays to be looked at and sent again."""
KEPT_LONGER = timedelta(days=90)
"""The same for what was not."""
_AT_ONCE = 1000


def take_up_left_over(*, at: datetime) -> int:
    """Enqueue what is due and whose job is gone; how many they were."""
    found = list(
        Announcement.objects.filter(
            state=Announcement.State.WAITING,
            next_try_at__lt=at - LEFT_OVER_AFTER,
            subscription__is_active=True,
            subscription__paused_at=None,
        )
        .filter(Q(subscription__rests_until=None) | Q(subscription__rests_until__lt=at))
        .order_by("next_try_at")
        .values_list("pk", flat=True)[:_AT_ONCE]
    )
    enqueue_many(tasks.deliver, [{"announcement_id": str(pk)} for pk in found])
    return len(found)


def forget_old(*, at: datetime) -> int:
    """Remove what was told long ago; how many rows went, tries included."""
    delivered = Q(state=Announcement.State.DELIVERED, made_at__lt=at - KEPT)
    removed, _rows = Announcement.objects.filter(
        delivered | Q(made_at__lt=at - KEPT_LONGER)
    ).delete()
    return removed
