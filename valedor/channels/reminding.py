"""Telling those who can act that messages wait for a person: by mail, since whoever does not look
into the desk would not see them there.

What could not be read or filed is told of once, after some hours; mail held as spam once a day for
as long as any lies there, for a real complaint may be among it. The mails name no one.
"""

import logging
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Count, Min, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from valedor.casefile.models import RawMessage
from valedor.casefile.seats import OFFICE_FILE
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.carriers import NotTaken
from valedor.channels.email.sorting import SPAM
from valedor.foundation.spoken_dates import moment_in_words
from valedor.handling.alarms import accounts_able
from valedor.people.models import Account, Entity, Role, RoleGrant
from valedor.people.permissions import OFFICE_ROLES

WAITS = timedelta(hours=4)
"""How long what is held may lie before somebody is told."""
_SORTS = (Role.AGENT, Role.HANDLER, Role.LEAD)

logger = logging.getLogger(__name__)

Words = Callable[[Entity, int, datetime, str], tuple[str, str]]


def tell_of_held(at: datetime) -> int:
    """Tell of what has been held for hours, each once; how many messages that were."""
    with viewing(the_house()):
        late = _held().exclude(trouble=SPAM).filter(told_at=None, received_at__lt=at - WAITS)
        # What came to the ombudsman is told to the office, and the company does not count it.
        to_the_office = late.filter(seats=int(OFFICE_FILE))
        told = _tell_each(to_the_office, OFFICE_ROLES, at, "office/held")
        return told + _tell_each(late.exclude(seats=int(OFFICE_FILE)), _SORTS, at, "held")


def _tell_each(late: QuerySet[RawMessage], roles: Collection[str], at: datetime, place: str) -> int:
    told = 0
    for entity, _number, oldest in _by_entity(late):
        these = list(late.filter(entity=entity).values_list("pk", flat=True))
        if _tell(entity, roles, len(these), oldest, _words_of_held, at, place):
            RawMessage.objects.filter(pk__in=these).update(told_at=at)
            told += len(these)
    return told


def remind_of_spam(at: datetime) -> int:
    """Remind the team leads of mail that lies held as spam; of how many mails."""
    reminded = 0
    with viewing(the_house()):
        spam = _held().filter(trouble=SPAM).exclude(seats=int(OFFICE_FILE))
        for entity, number, oldest in _by_entity(spam):
            if _tell(entity, (Role.LEAD,), number, oldest, _words_of_spam, at, "held/spam"):
                reminded += number
    return reminded


def _held() -> QuerySet[RawMessage]:
    return RawMessage.objects.filter(state=RawMessage.State.HELD)


def _by_entity(held: QuerySet[RawMessage]) -> list[tuple[Entity, int, datetime]]:
    counted = held.values("entity").annotate(number=Count("pk"), oldest=Min("received_at"))
    entities = {one.pk: one for one in Entity.objects.all()}
    return [(entities[row["entity"]], row["number"], row["oldest"]) for row in counted]


def _tell(
    entity: Entity,
    roles: Collection[str],
    number: int,
    oldest: datetime,
    words: Words,
    at: datetime,
    place: str = "held",
) -> bool:
    """Whether a mail went to somebody who can act today."""
    if not (settings.SMTP_URL or settings.DEMO):
        return False
    went = False
    for account in _people(entity, roles, at):
        with translation.override(account.language):
            subject, text = words(entity, number, oldest, account.language)
        text += f"\n\n{settings.PUBLIC_URL}/desk/{place}\n"
        try:
            send_mail(subject, text, None, [account.email])
        except (NotTaken, OSError):
            logger.warning("reminder was not taken", extra={"account": account.pk})
        else:
            went = True
    return went


def _people(entity: Entity, roles: Collection[str], at: datetime) -> list[Account]:
    grants = RoleGrant.objects.filter(role__in=roles, ended_at=None).filter(
        Q(team__entities=entity) | Q(entities=entity)
    )
    found = Account.objects.filter(pk__in=grants.values("account")).exclude(email="")
    able = accounts_able(set(found.values_list("pk", flat=True)), at=at, zone=entity.timezone)
    return list(found.filter(pk__in=able).order_by("pk"))


def _words_of_held(entity: Entity, number: int, oldest: datetime, language: str) -> tuple[str, str]:
    subject = ngettext(
        "%(number)s message of %(entity)s waits for somebody",
        "%(number)s messages of %(entity)s wait for somebody",
        number,
    )
    text = _(
        "No program could tell what becomes of them. The limits run all the same: the oldest "
        "reached us on %(oldest)s. File them, register them or set them aside:"
    )
    return _filled(subject, text, entity, number, oldest, language)


def _words_of_spam(entity: Entity, number: int, oldest: datetime, language: str) -> tuple[str, str]:
    subject = ngettext(
        "%(number)s mail to %(entity)s is held as spam",
        "%(number)s mails to %(entity)s are held as spam",
        number,
    )
    text = _(
        "Look through them: whoever meant one loses time. The oldest reached us on %(oldest)s. "
        "One that is spared is registered from the moment it reached us:"
    )
    return _filled(subject, text, entity, number, oldest, language)


def _filled(
    subject: str, text: str, entity: Entity, number: int, oldest: datetime, language: str
) -> tuple[str, str]:
    said = moment_in_words(oldest, entity.timezone, language)
    return subject % {"number": number, "entity": entity.name}, text % {"oldest": said}
