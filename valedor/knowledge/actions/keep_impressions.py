"""Set how long an entity keeps what its people noticed."""

from datetime import datetime

from django.db import transaction

from valedor.foundation.refusals import refuse_if
from valedor.knowledge import guidance_rules
from valedor.knowledge.actions.editing import lock_for
from valedor.knowledge.models import ImpressionRule
from valedor.people.acts import Act
from valedor.people.changes import change_row, record_setting
from valedor.people.models import Account, Entity


@transaction.atomic
def keep_impressions(
    entity: Entity, *, days: int, by: Account | None, at: datetime
) -> ImpressionRule:
    """Keep them for so many days. What is there goes when it was said to go. Raises ``Refused``."""
    lock_for(by, {entity.pk})
    refuse_if(guidance_rules.why_not_keep(days))
    rule = ImpressionRule.objects.filter(entity=entity).first()
    if rule is None:
        rule = ImpressionRule.objects.create(entity=entity, days=days)
        record_setting(Act.IMPRESSIONS_KEPT, entity.key, after={"days": days}, by=by, at=at)
        return rule
    change_row(rule, Act.IMPRESSIONS_KEPT, entity.key, {"days": days}, by=by, at=at)
    return rule
