"""The dated tree of subjects."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from valedor.foundation.moments import local_day
from valedor.foundation.refusals import Refusal, Refused, refuse_if
from valedor.people import rules
from valedor.people.acts import Act
from valedor.people.changes import change_row, lock_settings, record_setting
from valedor.people.models import Account, Entity, Team
from valedor.people.queries import roles_of
from valedor.procedures import setting_rules
from valedor.procedures.models import Area, Category


class CategoryFields(TypedDict, total=False):
    """What may be said of a category. Its place in the tree stays: move it by a new one."""

    name: Mapping[str, str]
    facts: Mapping[str, bool]
    area: Area | None
    team: Team | None
    is_public: bool
    valid_from: date
    valid_until: date | None


@transaction.atomic
def add_category(
    entity: Entity,
    key: str,
    *,
    parent: Category | None = None,
    by: Account | None,
    at: datetime,
    **fields: Unpack[CategoryFields],
) -> Category:
    """Add a subject, to be chosen from the given day on; today where the entity is, by default."""
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    if Category.objects.filter(entity=entity, key=key).exists():
        raise Refused(
            Refusal("key_taken", _("There is a category “%(key)s” already."), {"key": key})
        )
    category = Category(entity=entity, key=key, parent=parent)
    for name, value in ({"valid_from": local_day(at, entity.timezone)} | dict(fields)).items():
        setattr(category, name, value)
    _refuse_unless_whole(category)
    category.save(force_insert=True)
    record_setting(
        Act.CATEGORY_ADDED,
        f"{entity.key}/{key}",
        after={"parent": parent, **fields},
        by=by,
        at=at,
    )
    return category


@transaction.atomic
def change_category(
    category: Category,
    *,
    by: Account | None,
    at: datetime,
    reason: str = "",
    **fields: Unpack[CategoryFields],
) -> bool:
    """Change what is said of a subject; False when all of it is so already."""
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    rows = Category.objects.select_related("entity", "area", "team")
    category, planned = rows.get(pk=category.pk), rows.get(pk=category.pk)
    for name, value in fields.items():
        setattr(planned, name, value)
    if all(getattr(planned, name) == getattr(category, name) for name in fields):
        return False
    _refuse_unless_whole(planned)
    subject = f"{category.entity.key}/{category.key}"
    return change_row(
        category, Act.CATEGORY_CHANGED, subject, dict(fields), by=by, at=at, reason=reason
    )


def end_category(
    category: Category, on: date, *, by: Account | None, at: datetime, reason: str = ""
) -> bool:
    """Offer a subject for the last time on a day. Cases that have it keep it."""
    last = max(on, category.valid_from - timedelta(days=1))
    return change_category(category, valid_until=last, by=by, at=at, reason=reason)


def _refuse_unless_whole(category: Category) -> None:
    refuse_if(
        setting_rules.why_not_category(
            category.key,
            category.name,
            languages=category.entity.languages,
            is_public=category.is_public,
            facts=category.facts,
            valid_from=category.valid_from,
            valid_until=category.valid_until,
        )
    )
