"""What ``valedor check`` asks about webhooks."""

from collections.abc import Iterator

from django.conf import settings

from valedor.announcing.models import Announcement, Subscription
from valedor.announcing.networks import networks_of
from valedor.foundation.checkup import Finding, question
from valedor.foundation.environment import BadSetting


@question("webhooks")
def webhooks() -> Iterator[Finding]:
    """None is paused, and nothing was given up."""
    try:
        networks_of(settings.WEBHOOK_NETWORKS)
    except BadSetting as wrong:
        yield Finding(str(wrong), "set WEBHOOK_NETWORKS")
    paused = Subscription.objects.filter(is_active=True).exclude(paused_at=None)
    for one in paused.select_related("entity"):
        yield Finding(
            f"The webhook {one.key} is paused: {one.get_paused_why_display()}.",
            f"open /desk/settings/entities/{one.entity.key}/webhooks/{one.key}/",
        )
    failed = Announcement.objects.filter(
        state=Announcement.State.FAILED, subscription__is_active=True
    ).count()
    if failed:
        yield Finding(
            f"{failed} events could not be delivered to a webhook.",
            "open /desk/settings/, the entity, Webhooks, and send them again",
        )
    if not paused and not failed:
        yield Finding("Every webhook takes what it is told.")
