"""Offer talk by chat at an entity, change how, or offer it no longer."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from valedor.casefile.models import Kind
from valedor.channels.channel_rules import why_not_team, why_not_words
from valedor.channels.chat import chat_rules
from valedor.channels.chat.models import ChatDesk
from valedor.foundation.refusals import refuse_if
from valedor.people import rules
from valedor.people.acts import Act
from valedor.people.changes import as_asked, change_row, lock_settings, record_setting
from valedor.people.models import Account, Entity, Team
from valedor.people.queries import roles_of


class ChatDeskFields(TypedDict, total=False):
    """What is told; what is left out stays as it is."""

    team: Team | None
    kind: str
    most_at_once: int
    is_active: bool


@transaction.atomic
def set_chat_desk(
    entity: Entity, *, by: Account | None, at: datetime, **said: Unpack[ChatDeskFields]
) -> ChatDesk:
    """Set how an entity is talked to by chat. Raises ``Refused``."""
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    desk = ChatDesk.objects.filter(entity=entity).first()
    asked = as_asked(desk or ChatDesk(entity=entity), said)
    refuse_if(why_not_words([(asked.kind, list(Kind.values))]))
    serves = asked.team is not None and asked.team.entities.filter(pk=entity.pk).exists()
    refuse_if(why_not_team(asked.team, serves=serves))
    refuse_if(chat_rules.why_not_desk(asked.most_at_once))
    if desk is None:
        asked.save(force_insert=True)
        record_setting(Act.CHAT_OFFERED, entity.key, after=said, by=by, at=at)
        return asked
    change_row(desk, Act.CHAT_CHANGED, entity.key, said, by=by, at=at)
    return desk
