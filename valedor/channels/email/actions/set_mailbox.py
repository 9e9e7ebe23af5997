"""Set up a mailbox, change it, or give it another password."""

import json
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from valedor.channels.email import mailbox_rules
from valedor.channels.email.fetching import PURPOSE
from valedor.channels.email.models import Mailbox
from valedor.foundation.refusals import Refusal, Refused, refuse_if
from valedor.foundation.sealed import seal
from valedor.people import rules
from valedor.people.acts import Act
from valedor.people.changes import as_asked, change_row, lock_settings, record_setting
from valedor.people.models import Account, Entity, Team
from valedor.people.queries import roles_of


class MailboxFields(TypedDict, total=False):
    """What a mailbox is told; what is left out stays as it is."""

    team: Team | None
    address: str
    language: str
    kind: str
    host: str
    port: int
    security: str
    login: str
    signs_in: str
    token_url: str
    client_id: str
    folder: str
    afterwards: str
    done_folder: str
    is_fax: bool
    is_of_the_office: bool
    is_active: bool


@transaction.atomic
def set_mailbox(
    entity: Entity,
    key: str,
    *,
    secret: str = "",
    client_secret: str = "",
    by: Account | None,
    at: datetime,
    **said: Unpack[MailboxFields],
) -> Mailbox:
    """Set a mailbox of an entity. An empty ``secret`` leaves the one that is there.

    What is said of the server is believed; whether it lets us in shows at the next look. Raises
    ``Refused``.
    """
    lock_settings()
    refuse_if(rules.why_not_administer(by=by, roles=roles_of(by)))
    refuse_if(rules.why_not_key(key))
    mailbox = Mailbox.objects.filter(key=key).first()
    if mailbox is not None:
        refuse_if(mailbox_rules.why_not_of_entity(mailbox, entity))
    asked = as_asked(
        mailbox or Mailbox(key=key, entity=entity, language=entity.default_language), said
    )
    if mailbox is not None:
        is_office = asked.is_of_the_office
        refuse_if(mailbox_rules.why_not_other_side(mailbox, is_of_the_office=is_office))
    team = asked.team
    refuse_if(
        mailbox_rules.why_not_mailbox(
            asked,
            has_secret=bool(secret or asked.secret),
            team_serves=team is not None and team.entities.filter(pk=entity.pk).exists(),
        )
    )
    if Mailbox.objects.filter(address__iexact=asked.address).exclude(pk=asked.pk).exists():
        taken = {"address": asked.address}
        raise Refused(Refusal("address_taken", mailbox_rules.ADDRESS_TAKEN, taken))
    if secret:
        words = {"secret": secret, "client_secret": client_secret}
        asked.secret = seal(json.dumps(words), purpose=PURPOSE)
    subject = f"{entity.key}/{key}"
    if mailbox is None:
        asked.save(force_insert=True)
        record_setting(Act.MAILBOX_ADDED, subject, after=dict(said), by=by, at=at)
        return asked
    if secret:
        asked.save(update_fields=["secret"])
        record_setting(Act.MAILBOX_SECRET_SET, subject, by=by, at=at)
    change_row(mailbox, Act.MAILBOX_CHANGED, subject, said, by=by, at=at)
    return asked
