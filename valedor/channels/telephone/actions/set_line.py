"""Set up a line, change it, or give it another secret."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from valedor.channels.telephone import line_rules
from valedor.channels.telephone.models import Line
from valedor.channels.telephone.numbers import number_of
from valedor.channels.telephone.signatures import PURPOSE
from valedor.foundation.refusals import refuse_if
from valedor.foundation.sealed import seal
from valedor.people import rules
from valedor.people.acts import Act
from valedor.people.changes import change_row, lock_settings, record_setting
from valedor.people.models import Account, Entity, Team
from valedor.people.queries import roles_of


class LineFields(TypedDict, total=False):
    """What a line is told; what is left out stays as it is."""

    name: str
    number: str
    other_number: str
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
    found = Line.objects.filter(entity=entity, key=key).first()
    line = found or Line(entity=entity, key=key)
    typed = {"number": line.number, "other_number": line.other_number}
    for name in typed:
        if name in said:
            typed[name] = said[name]  # type: ignore[literal-required]
            said[name] = number_of(typed[name], entity.country)  # type: ignore[literal-required]
    before = {name: getattr(line, name) for name in said}
    for name, value in said.items():
        setattr(line, name, value)
    team = line.team
    refuse_if(
        line_rules.why_not_line(
            line,
            said_number=typed["number"],
            said_other=typed["other_number"],
            team_serves=team is not None and team.entities.filter(pk=entity.pk).exists(),
        )
    )
    if secret:
        refuse_if(line_rules.why_not_secret(secret))
        line.secret = seal(secret, purpose=PURPOSE)
    subject = f"{entity.key}/{key}"
    if found is None:
        line.save(force_insert=True)
        record_setting(Act.LINE_ADDED, subject, after=dict(said), by=by, at=at)
        return line
    if secret:
        line.save(update_fields=["secret"])
        record_setting(Act.LINE_SECRET_SET, subject, by=by, at=at)
    for name, value in before.items():  # As it was, so that the log can say what differs.
        setattr(line, name, value)
    change_row(line, Act.LINE_CHANGED, subject, said, by=by, at=at)
    return line
