"""Let a paused webhook go on."""

from datetime import datetime

from django.db import transaction

from valedor.announcing import rules
from valedor.announcing.actions.set_webhook import wake
from valedor.announcing.models import Subscription
from valedor.foundation.refusals import refuse_if
from valedor.people import rules as settings_rules
from valedor.people.acts import Act
from valedor.people.changes import lock_settings, record_setting
from valedor.people.models import Account
from valedor.people.queries import roles_of


@transaction.atomic
def resume(subscription: Subscription, *, by: Account | None, at: datetime) -> int:
    """Forget what was against an address, and send it what waited; how many events that are.
    Raises ``Refused``.
    """
    lock_settings()
    refuse_if(settings_rules.why_not_administer(by=by, roles=roles_of(by)))
    found = (
        Subscription.objects.select_for_update().select_related("entity").get(pk=subscription.pk)
    )
    refuse_if(rules.why_not_resume(found))
    found.failures, found.failing_since, found.rests_until = 0, None, None
    found.paused_at, found.paused_why = None, ""
    found.save(
        update_fields=["failures", "failing_since", "rests_until", "paused_at", "paused_why"]
    )
    record_setting(Act.WEBHOOK_RESUMED, f"{found.entity.key}/{found.key}", by=by, at=at)
    return wake(found, at=at)
