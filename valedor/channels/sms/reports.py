"""What became of a short message: the network's word on it, passed on by the gateway."""

import enum
from datetime import datetime

from django.core import signing
from django.db import transaction

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import SYSTEM
from valedor.casefile.models import Case, Letter
from valedor.casefile.seats import Seat
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.actions.come_back import come_back
from valedor.channels.sms import twilio
from valedor.channels.sms.carrier import REPORT_SALT
from valedor.channels.sms.facts import SmsDelivered
from valedor.channels.sms.models import Gateway


class Word(enum.Enum):
    """What networks say of a message, whichever gateway passes it on."""

    DELIVERED = enum.auto()
    FAILED = enum.auto()
    REJECTED = enum.auto()
    UNDERWAY = enum.auto()

    @classmethod
    def of(cls, status: str) -> "Word | None":
        """Kannel's number or Twilio's word; nothing for what is neither."""
        if status.isdecimal():
            known = {1: cls.DELIVERED, 2: cls.FAILED, 16: cls.REJECTED}
            return known.get(int(status), cls.UNDERWAY)
        if status in twilio.DELIVERED:
            return cls.DELIVERED
        if status in twilio.FAILED:
            return cls.FAILED
        return cls.UNDERWAY if status in _UNDERWAY else None


_UNDERWAY = frozenset({"accepted", "scheduled", "queued", "sending", "sent"})


class ReportRefused(Exception):
    """The report is not believed, or says nothing that we know."""


def take_report(gateway: Gateway, token: str, status: str, reply: str, *, at: datetime) -> None:
    """Note that a letter arrived, or did not. The same word said again changes nothing.

    Raises ``ReportRefused``.
    """
    try:
        number = int(signing.loads(token, salt=REPORT_SALT))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise ReportRefused("the letter is not named by us") from error
    word = Word.of(status)
    if word is None:
        raise ReportRefused("the status is none that we know")
    with viewing(the_house(gateway.entity_id)):
        letter = (
            Letter.objects.select_related("case", "entity")
            .filter(pk=number, entity=gateway.entity_id, channel=Case.Channel.SMS)
            .first()
        )
        if letter is None:
            raise ReportRefused("the letter is not of this gateway")
        if word is Word.DELIVERED:
            _arrived(letter, at)
        elif word in {Word.FAILED, Word.REJECTED}:
            why = " ".join(reply.split())[:200] or f"status {status}"
            is_final = word is Word.REJECTED or reply in twilio.FOR_GOOD
            come_back(letter, reason=why, at=at, for_good=is_final)


@transaction.atomic
def _arrived(letter: Letter, at: datetime) -> None:
    case = locked(letter.case)
    unsaid = Letter.objects.filter(pk=letter.pk, state=Letter.State.ACCEPTED, arrived_at=None)
    if unsaid.update(arrived_at=at):
        fact = SmsDelivered(letter=letter.pk, letter_kind=letter.kind)
        timeline.record(case, fact, by=SYSTEM, at=at, seats=Seat(letter.seats))
