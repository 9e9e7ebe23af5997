"""Say what can be ordered at an entity and what is asked for it, or offer it no longer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from valedor.bookings.rules import why_not_team
from valedor.foundation.refusals import refuse_if
from valedor.orders import rules
from valedor.orders.models import Product
from valedor.people import rules as people_rules
from valedor.people.acts import Act
from valedor.people.changes import as_asked, change_row, lock_settings, record_setting
from valedor.people.models import Account, Entity, Team
from valedor.people.queries import roles_of
from valedor.procedures import setting_rules


class ProductFields(TypedDict, total=False):
    """What is told; what is left out stays as it is."""

    name: Mapping[str, str]
    about: Mapping[str, str]
    questions: Mapping[str, str]
    at_home: bool
    team: Team | None
    is_offered: bool


@transaction.atomic
def set_product(
    entity: Entity, key: str, *, by: Account | None, at: datetime, **said: Unpack[ProductFields]
) -> Product:
    """Set one thing that can be ordered. Raises ``Refused``."""
    lock_settings()
    refuse_if(people_rules.why_not_administer(by=by, roles=roles_of(by)))
    refuse_if(people_rules.why_not_key(key))
    product = Product.objects.filter(entity=entity, key=key).first()
    fields: dict[str, Any] = dict(said)
    is_offered = fields.pop("is_offered", product is None or product.ended_at is None)
    ended_at = product.ended_at if product else None
    fields["ended_at"] = None if is_offered else (ended_at or at)
    asked = as_asked(product or Product(entity=entity, key=key), fields)
    refuse_if(setting_rules.why_not_words(asked.name, entity.languages, what=key))
    if asked.questions:
        refuse_if(setting_rules.why_not_words(asked.questions, entity.languages, what=key))
    refuse_if(rules.why_not_product(asked))
    refuse_if(why_not_team(asked.team, serves=_serves(asked.team, entity)))
    subject = f"{entity.key}/{key}"
    if product is None:
        asked.save(force_insert=True)
        record_setting(Act.PRODUCT_SET, subject, after=fields, by=by, at=at)
        return asked
    change_row(product, Act.PRODUCT_SET, subject, fields, by=by, at=at)
    return product


def _serves(team: Team | None, entity: Entity) -> bool:
    return team is not None and team.entities.filter(pk=entity.pk).exists()
