"""Internal targets: promises of an entity that are stricter than the law."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from valedor.foundation.moments import local_day
from valedor.foundation.refusals import refuse_if
from valedor.people import rules
from valedor.people.acts import Act
from valedor.people.changes import lock_settings, record_setting
from valedor.people.models import Account, Entity
from valedor.people.queries import roles_of
from valedor.procedures import setting_rules
from valedor.procedures.applicable import own_rule
from valedor.procedures.catalogue import catalogue
from valedor.procedures.models import InternalTarget


@transaction.atomic
def set_target(
    entity: Entity,
    meets: str,
    *,
    name: Mapping[str, str],
    length: int,
    unit: str,
    kinds: Sequence[str] = (),
    is_public: bool = False,
    by: Account | None,
    at: datetime,
) -> InternalTarget:
    """Set the one target that an entity has for a duty and some kinds of contact.

    An earlier one ends; one that says the same is returned as it is.
    """
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    refuse_if(setting_rules.why_not_target_words(meets, kinds, length, unit))
    refuse_if(
        setting_rules.why_not_words(
            name, entity.languages if is_public else entity.languages[:1], what=meets
        )
    )
    refuse_if(
        setting_rules.why_not_stricter(
            meets,
            own_rule(length, unit).limit,
            kinds,
            regimes=entity.regimes,
            facts=entity.facts,
            country=entity.country,
            on=local_day(at, entity.timezone),
            packs=catalogue(),
        )
    )
    before = InternalTarget.objects.filter(
        entity=entity, meets=meets, kinds=sorted(kinds), ended_at=None
    ).first()
    target = InternalTarget(
        entity=entity,
        meets=meets,
        kinds=sorted(kinds),
        name=dict(name),
        length=length,
        unit=unit,
        is_public=is_public,
    )
    if before is not None and said(before) == said(target):
        return before
    if before is not None:
        before.ended_at = at
        before.save(update_fields=["ended_at"])
    target.save(force_insert=True)
    record_setting(
        Act.TARGET_SET,
        entity.key,
        before=said(before) if before else None,
        after=said(target),
        by=by,
        at=at,
    )
    return target


@transaction.atomic
def end_target(
    target: InternalTarget, *, by: Account | None, at: datetime, reason: str = ""
) -> bool:
    """Give a target up for cases to come; False when it had ended already."""
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    if not InternalTarget.objects.filter(pk=target.pk, ended_at=None).update(ended_at=at):
        return False
    record_setting(
        Act.TARGET_ENDED, target.entity.key, before=said(target), by=by, at=at, reason=reason
    )
    return True


def said(target: InternalTarget) -> dict[str, object]:
    """What a target promises, as the log keeps it."""
    return {
        "meets": target.meets,
        "kinds": sorted(target.kinds),
        "name": dict(target.name),
        "length": target.length,
        "unit": target.unit,
        "is_public": target.is_public,
    }
