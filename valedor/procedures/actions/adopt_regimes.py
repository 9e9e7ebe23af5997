"""Say which bodies of rules an entity follows, how it reads them, and what is true of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from valedor.foundation.refusals import refuse_if
from valedor.people import rules
from valedor.people.acts import Act
from valedor.people.changes import change_row, lock_settings
from valedor.people.models import Account, Entity
from valedor.people.queries import roles_of
from valedor.procedures import setting_rules
from valedor.procedures.catalogue import catalogue


@transaction.atomic
def adopt_regimes(
    entity: Entity,
    *,
    regimes: Sequence[str] | None = None,
    promised: Sequence[str] | None = None,
    readings: Mapping[str, str] | None = None,
    facts: Mapping[str, bool] | None = None,
    by: Account | None,
    at: datetime,
    reason: str = "",
) -> bool:
    """Change what is given; False when all of it is so already.

    Cases that are open keep the version and the reading they came in under.
    """
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    entity = Entity.objects.get(pk=entity.pk)
    fields = {
        "regimes": list(entity.regimes if regimes is None else dict.fromkeys(regimes)),
        "promised_regimes": list(
            entity.promised_regimes if promised is None else dict.fromkeys(promised)
        ),
        "readings": dict(entity.readings if readings is None else readings),
        "facts": dict(entity.facts if facts is None else facts),
    }
    followed = [*fields["regimes"], *fields["promised_regimes"]]
    packs = catalogue()
    refuse_if(setting_rules.why_not_regimes(followed, packs=packs, country=entity.country))
    refuse_if(
        setting_rules.why_not_readings(dict(fields["readings"]), regimes=followed, packs=packs)
    )
    refuse_if(setting_rules.why_not_facts(dict(fields["facts"])))
    return change_row(entity, Act.REGIMES_ADOPTED, entity.key, fields, by=by, at=at, reason=reason)
