"""The redress catalogue, and up to which amount each role offers on its own."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from valedor.foundation.refusals import refuse_if
from valedor.people import rules
from valedor.people.acts import Act
from valedor.people.changes import change_row, lock_settings, record_setting
from valedor.people.models import Account, Entity
from valedor.people.queries import roles_of
from valedor.procedures import setting_rules
from valedor.procedures.models import AuthorityLimit, RedressOption


@transaction.atomic
def set_redress_option(
    entity: Entity,
    key: str,
    *,
    name: Mapping[str, str],
    has_amount: bool = False,
    needs_proof: bool = True,
    days_to_carry_out: int = 14,
    is_offered: bool = True,
    by: Account | None,
    at: datetime,
) -> RedressOption:
    """Add a kind of redress to what the entity offers, change it, or take it out."""
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    refuse_if(rules.why_not_key(key.replace("_", "-")))
    refuse_if(setting_rules.why_not_words(name, entity.languages, what=key))
    refuse_if(setting_rules.why_not_days(days_to_carry_out))
    fields = {
        "name": dict(name),
        "has_amount": has_amount,
        "needs_proof": needs_proof,
        "days_to_carry_out": days_to_carry_out,
    }
    subject = f"{entity.key}/{key}"
    option = RedressOption.objects.filter(entity=entity, key=key).first()
    if option is None:
        option = RedressOption.objects.create(
            entity=entity, key=key, ended_at=None if is_offered else at, **fields
        )
        record_setting(Act.REDRESS_SET, subject, after=fields, by=by, at=at)
        return option
    ended_at = None if is_offered else (option.ended_at or at)
    change_row(option, Act.REDRESS_SET, subject, {**fields, "ended_at": ended_at}, by=by, at=at)
    return option


@transaction.atomic
def set_authority_limit(
    entity: Entity,
    role: str,
    amount: Decimal,
    currency: str,
    *,
    by: Account | None,
    at: datetime,
) -> AuthorityLimit:
    """Set up to which amount a role offers redress on its own; above it an approver says yes."""
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    refuse_if(setting_rules.why_not_authority(role, amount, currency))
    amount = amount.quantize(Decimal("0.01"))
    subject = f"{entity.key}/{role}"
    fields = {"amount": amount, "currency": currency}
    limit = AuthorityLimit.objects.filter(entity=entity, role=role).first()
    if limit is None:
        limit = AuthorityLimit.objects.create(entity=entity, role=role, **fields)
        record_setting(Act.AUTHORITY_SET, subject, after=fields, by=by, at=at)
        return limit
    change_row(limit, Act.AUTHORITY_SET, subject, fields, by=by, at=at)
    return limit
