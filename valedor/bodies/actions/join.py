"""Say that an entity has joined a body, with which limits, and on which day it leaves.

Leaving the Spanish consumer arbitration system takes effect a month after the notice (RD 713/2024):
the last day is the one before it takes effect.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction

from valedor.bodies import rules
from valedor.bodies.models import Adhesion, Body
from valedor.foundation.refusals import refuse_if
from valedor.people import rules as people_rules
from valedor.people.acts import Act
from valedor.people.changes import as_asked, change_row, lock_settings, record_setting
from valedor.people.models import Account, Entity
from valedor.people.queries import roles_of
from valedor.procedures import setting_rules


class AdhesionFields(TypedDict, total=False):
    """What is told; what is left out stays as it is."""

    subjects: Mapping[str, str]
    amount_until: Decimal | None
    currency: str
    valid_until: date | None


@transaction.atomic
def join(
    entity: Entity,
    body: str,
    *,
    valid_from: date,
    by: Account | None,
    at: datetime,
    **said: Unpack[AdhesionFields],
) -> Adhesion:
    """An adhesion from a day on; one that begins on it already is corrected. Raises ``Refused``."""
    lock_settings()
    refuse_if(people_rules.why_not_administer(by=by, roles=roles_of(by)))
    mine = Adhesion.objects.filter(entity=entity)
    standing = mine.filter(body=body, valid_from=valid_from).first()
    new = Adhesion(entity=entity, body=body, valid_from=valid_from)
    asked = as_asked(standing or new, said)
    known = Body.objects.filter(country=entity.country)
    refuse_if(rules.why_not_adhesion(asked, known, mine))
    if asked.subjects:
        refuse_if(setting_rules.why_not_words(asked.subjects, entity.languages, what=body))
    subject = f"{entity.key}/{body}"
    if standing is not None:
        change_row(standing, Act.ADHESION_SET, subject, said, by=by, at=at)
        return standing
    asked.save(force_insert=True)
    after = {"valid_from": valid_from, **said}
    record_setting(Act.ADHESION_SET, subject, after=after, by=by, at=at)
    return asked
