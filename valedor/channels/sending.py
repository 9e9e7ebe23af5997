"""Sending a letter: claimed, handed to its carrier, settled.

The carrier is a mail server or an SMS gateway. The claim is committed before a word is said to it,
so two workers never send the same letter at once and a killed one leaves a trace. Accepted means
that the carrier said so: only then is the duty done. A letter whose acceptance is unknown goes
again under the same Message-ID, marked as sent again. What a carrier refuses for good, or too
often, becomes work for a person (lessons: a notice that did not arrive is no notice).
"""

import logging
import random
from datetime import datetime, timedelta
from types import ModuleType

from django.db.models import F, QuerySet

from valedor.casefile import letters, limits, receipts, timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import SYSTEM
from valedor.casefile.facts_letters import LetterAccepted, LetterRefused
from valedor.casefile.models import Case, Letter
from valedor.casefile.seats import Seat
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.carriers import AcceptanceUnknown, NotTaken
from valedor.channels.email import carrier as by_mail
from valedor.channels.sms import carrier as by_sms
from valedor.people.models import ContactPoint

logger = logging.getLogger(__name__)

# A claim that is older belongs to a worker that died: the server's longest silence is shorter.
LEASE = timedelta(minutes=7)
ATTEMPTS = 10
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=2)
_STATES = Letter.State


def deliver(letter_id: int, *, at: datetime) -> datetime | None:
    """Send one letter; the moment of the next attempt where there must be one.

    Runs twice without harm: a letter that is accepted, cancelled or in other hands is left alone.
    """
    letter = _claim(letter_id, at)
    if not isinstance(letter, Letter):
        return letter
    try:
        answer = _carrier_of(letter).hand_over(letter, at=at)
    except AcceptanceUnknown as unknown:
        return _try_later(letter, unknown, at)
    except NotTaken as refusal:
        if refusal.for_good or letter.attempts >= ATTEMPTS:
            _refuse(letter, refusal.answer, at, address_refused=refusal.address_refused)
            return None
        return _try_later(letter, refusal, at)
    except (ValueError, FileNotFoundError) as fault:  # An address or a paper that makes no message.
        logger.exception("letter cannot be composed", extra={"letter": letter.pk})
        _refuse(letter, f"{type(fault).__name__}: {fault}", at)
        return None
    _accept(letter, answer, at)
    return None


def _claim(letter_id: int, at: datetime) -> Letter | datetime | None:
    """The letter, taken in hand; nothing where none is to be sent; while somebody else has it in
    hand, when that ends: the one who died with it is then followed at once.
    """
    with viewing(the_house()):
        letter = (
            Letter.objects.select_related("case__entity", "recipient", "contact_point")
            .filter(pk=letter_id, state__in=[_STATES.QUEUED, _STATES.SENDING])
            .first()
        )
        if letter is None:
            return None
        was_left = letter.state == _STATES.SENDING
        if was_left and letter.next_attempt_at is not None and letter.next_attempt_at > at:
            return letter.next_attempt_at
        if not letter.attempts and letter.next_attempt_at and letter.next_attempt_at > at:
            return letter.next_attempt_at  # Whoever wrote it can still take it back.
        mine = Letter.objects.filter(pk=letter.pk, state=letter.state, attempts=letter.attempts)
        if not _is_carried(letter, mine, at):
            return None
        if letter.attempts >= ATTEMPTS + 3:  # Whoever took it up died each time.
            letter.attempts += 1
            if mine.update(attempts=F("attempts") + 1, state=_STATES.SENDING):
                _refuse(letter, letter.last_answer or "no answer", at)
            return None
        taken = mine.update(
            state=_STATES.SENDING,
            attempts=F("attempts") + 1,
            next_attempt_at=at + LEASE,
            sent_again=letter.sent_again or was_left,
        )
        if not taken:
            return None
        letter.state, letter.attempts = _STATES.SENDING, letter.attempts + 1
        letter.sent_again = letter.sent_again or was_left
    return letter


def _is_carried(letter: Letter, mine: QuerySet[Letter], at: datetime) -> bool:
    """Whether a carrier can take it; else it waits, and says for what."""
    # A code proves something only at the address that was chosen, and was asked for just now.
    chosen = None if letter.kind == letters.IDENTITY_CODE else letter.contact_point
    if chosen is not None and by_sms.is_stopped(chosen, letter.case.entity):
        _go_another_way(letter, mine)
    point = letter.contact_point
    if point is None or point.kind == ContactPoint.Kind.POST:
        mine.update(state=_STATES.WAITING, channel=Case.Channel.LETTER, next_attempt_at=None)
        return False
    why = _carrier_of(letter).why_it_waits(letter)
    if why:
        mine.update(state=_STATES.WAITING, next_attempt_at=None, last_answer=why)
        if letter.with_receipt and letter.case.erased_at is None:
            receipts.receipt_of(letter.case, at=at)
    return not why


def _carrier_of(letter: Letter) -> ModuleType:
    return by_sms if letter.channel == Case.Channel.SMS else by_mail


def _go_another_way(letter: Letter, mine: QuerySet[Letter]) -> None:
    """Whoever wants no SMS any more is written to by mail, else on paper."""
    points = ContactPoint.objects.filter(person=letter.recipient_id, ended_at=None)
    others = points.exclude(kind=ContactPoint.Kind.TELEPHONE).order_by("-pk")
    letter.contact_point = letters.way_to(letter.case, list(others))
    letter.channel = letters.channel_of(letter.contact_point)
    mine.update(contact_point=letter.contact_point, channel=letter.channel)


def _accept(letter: Letter, answer: str, at: datetime) -> None:
    with viewing(the_house(letter.entity_id)):
        case = locked(letter.case)
        # Even if another worker took it up meanwhile: it has arrived, and need not go again.
        done = Letter.objects.filter(
            pk=letter.pk, state__in=[_STATES.SENDING, _STATES.QUEUED]
        ).update(state=_STATES.ACCEPTED, accepted_at=at, next_attempt_at=None, last_answer=answer)
        if not done:
            return
        fact = LetterAccepted(
            letter=letter.pk,
            letter_kind=letter.kind,
            channel=letter.channel,
            sent_again=letter.sent_again,
            to=letter.contact_point.value if letter.contact_point else "",
        )
        timeline.record(case, fact, by=SYSTEM, at=at, seats=Seat(letter.seats))
        meet_duty(case, letter, at=at)


def meet_duty(case: Case, letter: Letter, *, at: datetime) -> None:
    """The duty that a letter does is done when it reached the carrier, not when it was written."""
    deadline = letter.meets
    if deadline is not None:
        limits.meet(case, deadline.duty, by=SYSTEM, at=at, instance=deadline.instance)


def _try_later(letter: Letter, trouble: NotTaken, at: datetime) -> datetime | None:
    is_unknown = isinstance(trouble, AcceptanceUnknown)
    if letter.attempts >= ATTEMPTS:
        _refuse(letter, trouble.answer, at)
        return None
    wait = min(_FIRST_WAIT * 2 ** (letter.attempts - 1), _LONGEST_WAIT)
    again_at: datetime = at + wait * random.uniform(1, 1.2)  # noqa: S311 -- spreads retries, guards nothing
    with viewing(the_house(letter.entity_id)):
        Letter.objects.filter(pk=letter.pk, state=_STATES.SENDING, attempts=letter.attempts).update(
            state=_STATES.QUEUED,
            next_attempt_at=again_at,
            last_answer=trouble.answer,
            sent_again=letter.sent_again or is_unknown,
        )
    return again_at


def _refuse(letter: Letter, answer: str, at: datetime, *, address_refused: bool = False) -> None:
    with viewing(the_house(letter.entity_id)):
        case = locked(letter.case)
        done = Letter.objects.filter(
            pk=letter.pk, state=_STATES.SENDING, attempts=letter.attempts
        ).update(state=_STATES.REFUSED, next_attempt_at=None, last_answer=answer)
        if not done:
            return
        if address_refused and letter.contact_point_id is not None:
            ContactPoint.objects.filter(pk=letter.contact_point_id).update(failed_at=at)
        fact = LetterRefused(
            letter=letter.pk,
            letter_kind=letter.kind,
            attempts=letter.attempts,
            to=letter.contact_point.value if letter.contact_point else "",
            reason=answer,
        )
        timeline.record(case, fact, by=SYSTEM, at=at, seats=Seat.COMPANY)


def forgotten(at: datetime, *, most: int = 500) -> list[int]:
    """Letters whose moment has passed and that nobody has in hand: a job or a worker was lost.

    Those that waited for a mail server or a gateway are among them as soon as there is one.
    """
    with viewing(the_house()):
        late = Letter.objects.filter(
            state__in=[_STATES.QUEUED, _STATES.SENDING],
            next_attempt_at__lt=at - timedelta(seconds=30),
        ).order_by("next_attempt_at", "pk")
        found = list(late.values_list("pk", flat=True)[:most])
        waited = Letter.objects.filter(
            by_mail.can_go_now() | by_sms.can_go_now(),
            state=_STATES.WAITING,
            case__is_marked_abuse=False,
        )
        freed = list(waited.order_by("pk").values_list("pk", flat=True)[:most])
        Letter.objects.filter(pk__in=freed, state=_STATES.WAITING).update(
            state=_STATES.QUEUED, next_attempt_at=at
        )
    return found + freed
