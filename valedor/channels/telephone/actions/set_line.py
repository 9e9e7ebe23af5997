"""Set up a line, change it, or give it another secret."""

from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from valedor.channels.channel_rules import why_not_secret
from valedor.channels.telephone import line_rules
from valedor.channels.telephone.models import Line
from valedor.channels.telephone.numbers import number_of
from valedor.channels.telephone.signatures import PURPOSE
from valedor.foundation.refusals import refuse_if
from valedor.foundation.sealed import seal
from valedor.people import rules
from valedor.people.acts import Act
from valedor.people.changes import as_asked, change_row, lock_settings, record_setting
from valedor.people.models import Account, Entity, Team
from valedor.people.queries import roles_of


class LineFields(TypedDict, total=False):
    """What a line is told; what is left out stays as it is."""

    name: str
    number: str
    other_number: str
    opening: str
    team: Team | None
    format: str
    is_active: bool


@transaction.atomic
def set_line(
    entity: Entity,
    key: str,
    *,
    secret: str = "",
    by: Account | None,
    at: datetime,
    **said: Unpack[LineFields],
) -> Line:
    """Set a line of an entity. An empty ``secret`` leaves the one that is there. Raises
    ``Refused``.
    """
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    refuse_if(rules.why_not_key(key))
    line = Line.objects.filter(entity=entity, key=key).first()
    fields: dict[str, Any] = dict(said)
    typed = {name: fields[name] for name in ("number", "other_number") if name in fields}
    fields |= {name: number_of(number, entity.country) for name, number in typed.items()}
    asked = as_asked(line or Line(entity=entity, key=key), fields)
    team = asked.team
    refuse_if(
        line_rules.why_not_line(
            asked,
            said_number=typed.get("number", asked.number),
            said_other=typed.get("other_number", asked.other_number),
            team_serves=team is not None and team.entities.filter(pk=entity.pk).exists(),
        )
    )
    if secret:
        refuse_if(why_not_secret(secret))
        asked.secret = seal(secret, purpose=PURPOSE)
    subject = f"{entity.key}/{key}"
    if line is None:
        asked.save(force_insert=True)
        record_setting(Act.LINE_ADDED, subject, after=fields, by=by, at=at)
        return asked
    if secret:
        asked.save(update_fields=["secret"])
        record_setting(Act.LINE_SECRET_SET, subject, by=by, at=at)
    change_row(line, Act.LINE_CHANGED, subject, fields, by=by, at=at)
    return asked
