"""A short message that was read: a wish to get none, words of a case, or something new."""

from datetime import datetime

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import SYSTEM, By
from valedor.casefile.at_once import at_once
from valedor.casefile.models import Case, Kind, RawMessage
from valedor.casefile.seats import EVERYONE
from valedor.casefile.viewing import the_house
from valedor.channels.sms.events import Incoming
from valedor.channels.sms.facts import SmsStopped
from valedor.channels.sms.language import language_of
from valedor.channels.sms.models import Gateway, SmsStop
from valedor.channels.sms.numbers import digest_of, number_of
from valedor.channels.sms.threads import case_of
from valedor.handling.actions.receive_message import receive_message
from valedor.intake import attempts
from valedor.intake.actions.receive import receive
from valedor.intake.models import Attempt
from valedor.intake.submission import PersonGiven, Submission
from valedor.review.office.actions.hear import hear

REGISTERED_AN_HOUR = 10
"""New cases from one number; what comes beyond waits for a person."""
TOO_MANY = "too many SMS"
_LONGEST_SUBJECT = 80


def settle(gateway: Gateway, raw: RawMessage, incoming: Incoming, *, at: datetime) -> None:
    """Do what the message asks for, in the current transaction."""
    number = number_of(incoming.sender, gateway.entity)
    found = case_of(incoming.text, number, gateway.entity_id, at=at)
    if incoming.stops or incoming.starts:
        _heed(gateway, number, incoming, raw, found, at)
    elif found is not None:
        case, speaker = found
        if case.is_of_the_office:
            hear(case, text=incoming.text, by=speaker, at=incoming.at, channel=Case.Channel.SMS)
            RawMessage.objects.filter(pk=raw.pk).update(
                case=case, state=RawMessage.State.REGISTERED, seats=int(case.seated(EVERYONE))
            )
            return
        receive_message(
            case, text=incoming.text, channel=Case.Channel.SMS, by=speaker, at=incoming.at,
            raw=raw, recorded_at=at,
        )  # fmt: skip
    elif _recent(gateway, number, at) >= REGISTERED_AN_HOUR:
        RawMessage.objects.filter(pk=raw.pk).update(state=RawMessage.State.HELD, trouble=TOO_MANY)
    else:
        _begin(gateway, raw, incoming, number, at)


def _heed(
    gateway: Gateway,
    number: str,
    incoming: Incoming,
    raw: RawMessage,
    found: tuple[Case, By] | None,
    at: datetime,
) -> None:
    """Who asks for no more gets none, from the next letter on; who takes it back is written to."""
    stops = SmsStop.objects.filter(entity=gateway.entity_id, digest=digest_of(number))
    if incoming.starts:
        stops.delete()
    else:
        SmsStop.objects.bulk_create(
            [SmsStop(entity_id=gateway.entity_id, digest=digest_of(number), stopped_at=at)],
            ignore_conflicts=True,
        )
    case, speaker = found or (None, SYSTEM)
    if case is not None and incoming.stops:
        fact = SmsStopped(raw=raw.pk)
        timeline.record(locked(case), fact, by=speaker, at=incoming.at, recorded_at=at)
    seats = case.seated(EVERYONE) if case else EVERYONE
    RawMessage.objects.filter(pk=raw.pk).update(
        case=case, state=RawMessage.State.REGISTERED, seats=int(seats)
    )


def _recent(gateway: Gateway, number: str, at: datetime) -> int:
    asked = attempts.counting(Attempt.What.MAIL, number, at=at, up_to=REGISTERED_AN_HOUR)
    ((recent,),) = at_once([asked], viewer=the_house(gateway.entity_id))
    return int(recent)


def _begin(
    gateway: Gateway, raw: RawMessage, incoming: Incoming, number: str, at: datetime
) -> None:
    first_line = " ".join(incoming.text.splitlines()[0].split())
    submission = Submission(
        entity_id=gateway.entity_id,
        kind=Kind(gateway.kind),
        channel=Case.Channel.SMS,
        language=language_of(incoming.text, gateway.entity.languages) or gateway.language,
        received_at=incoming.at,
        person=PersonGiven(telephone=number),
        answer_channel=Case.Channel.SMS,
        subject=first_line[:_LONGEST_SUBJECT],
        narrative=incoming.text,
        raw_id=raw.pk,
        team=gateway.team,
    )
    noted = attempts.noting(Attempt.What.MAIL, number, at=at)
    receive(submission, at=at, also=lambda _case: [noted])
