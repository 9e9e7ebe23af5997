"""Days on which an entity's offices are shut, beside the public holidays."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from valedor.foundation.refusals import Refusal, Refused, refuse_if
from valedor.people import rules
from valedor.people.acts import Act
from valedor.people.changes import lock_settings, record_setting
from valedor.people.models import Account, Closure, Entity
from valedor.people.queries import roles_of


@transaction.atomic
def add_closure(
    entity: Entity, on: date, *, name: Mapping[str, str], by: Account | None, at: datetime
) -> Closure:
    """Add such a day. The law's own clocks do not know it: only counts that name it do."""
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    if not any(text.strip() for text in name.values()):
        raise Refused(Refusal("no_name", _("Say in at least one language why it is shut.")))
    if Closure.objects.filter(entity=entity, on=on, withdrawn_at=None).exists():
        raise Refused(
            Refusal(
                "closed_already",
                _("%(day)s is such a day already."),
                {"day": on.isoformat()},
            )
        )
    closure = Closure.objects.create(entity=entity, on=on, name=dict(name), recorded_at=at)
    record_setting(Act.CLOSURE_ADDED, entity.key, after={"on": on, "name": name}, by=by, at=at)
    return closure


@transaction.atomic
def withdraw_closure(
    closure: Closure, *, by: Account | None, at: datetime, reason: str = ""
) -> bool:
    """Say that the offices are open after all; False when that was said already."""
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    if not Closure.objects.filter(pk=closure.pk, withdrawn_at=None).update(withdrawn_at=at):
        return False
    record_setting(
        Act.CLOSURE_WITHDRAWN,
        closure.entity.key,
        before={"on": closure.on, "name": closure.name},
        by=by,
        at=at,
        reason=reason,
    )
    return True
