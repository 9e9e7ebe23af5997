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
from valedor.people.changes import change_row, lock_settings, record_setting
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
    if mailbox is None:
        mailbox = Mailbox(key=key, entity=entity, language=entity.default_language)
        is_new = True
    else:
        is_new = False
        refuse_if(mailbox_rules.why_not_of_entity(mailbox, entity))
    before = {name: getattr(mailbox, name) for name in said}
    for name, value in said.items():
        setattr(mailbox, name, value)
    team = mailbox.team
    refuse_if(
        mailbox_rules.why_not_mailbox(
            mailbox,
            has_secret=bool(secret or mailbox.secret),
            team_serves=team is not None and team.entities.filter(pk=entity.pk).exists(),
        )
    )
    if Mailbox.objects.filter(address__iexact=mailbox.address).exclude(pk=mailbox.pk).exists():
        taken = {"address": mailbox.address}
        raise Refused(Refusal("address_taken", mailbox_rules.ADDRESS_TAKEN, taken))
    if is_new:
        _seal(mailbox, secret, client_secret)
        mailbox.save(force_insert=True)
        record_setting(Act.MAILBOX_ADDED, f"{entity.key}/{key}", after=dict(said), by=by, at=at)
        return mailbox
    if secret:
        _seal(mailbox, secret, client_secret)
        mailbox.save(update_fields=["secret"])
        record_setting(Act.MAILBOX_SECRET_SET, f"{entity.key}/{key}", by=by, at=at)
    for name, value in before.items():  # As it was, so that the log can say what differs.
        setattr(mailbox, name, value)
    change_row(mailbox, Act.MAILBOX_CHANGED, f"{entity.key}/{key}", said, by=by, at=at)
    return mailbox


def _seal(mailbox: Mailbox, secret: str, client_secret: str) -> None:
    if secret:
        words = {"secret": secret, "client_secret": client_secret}
        mailbox.secret = seal(json.dumps(words), purpose=PURPOSE)
