"""Letters to the person, filled in from the house's wordings and queued in the act's own
transaction.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import override

from valedor.casefile import letters
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Deadline, Entry, Letter, Message
from valedor.foundation.spoken_dates import day_in_words, moment_in_words
from valedor.handling.queries import CaseState
from valedor.people.models import ContactPoint, Mandate, Person
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.letter_templates import render
from valedor.procedures.models import LetterTemplate


def addressee_of(case: Case, mandate: Mandate | None) -> Person | None:
    """To whom letters of a case go.

    Whoever speaks for the person, else the person; nobody if anonymous.
    """
    return mandate.representative if mandate is not None else case.complainant


def contact_point_of(case: Case, person: Person) -> ContactPoint | None:
    """Where a letter reaches them, the newest address first."""
    points = list(ContactPoint.objects.filter(person=person, ended_at=None).order_by("-pk"))
    return letters.way_to(case, points)


def template_of(state: CaseState, key: str) -> LetterTemplate:
    """The wording of a letter that holds at the entity now. Raises ``LookupError`` without one."""
    try:
        return state.house.letters[key]
    except KeyError:
        raise LookupError(f"no wording of the letter {key} is published") from None


def frame_places(state: CaseState, person: Person | None, *, by: By) -> dict[str, Any]:
    """What stands around every letter: greeting, page of the case, telephone, signature."""
    case, zone = state.case, state.house.entity.timezone
    signed_by = by.account.name if by.account else ""
    return {
        **letters.frame_of(case, recipient=person, signed_by=signed_by),
        "received": moment_in_words(case.received_at, zone, case.language),
    }


def written(
    state: CaseState, key: str, places: Mapping[str, Any], *, by: By, person: Person | None = None
) -> tuple[str, str]:
    """Subject and body of a letter as it would go.

    Raises ``WordingError`` for a place left empty.
    """
    recipient = person or addressee_of(state.case, state.mandate)
    frame = frame_places(state, recipient, by=by)
    with override(state.case.language):
        return render(template_of(state, key), state.case.language, {**frame, **places})


def send(
    state: CaseState,
    key: str,
    places: Mapping[str, Any],
    *,
    by: By,
    at: datetime,
    meets: Deadline | None = None,
    due_at: datetime | None = None,
    person: Person | None = None,
    contact_point: ContactPoint | None = None,
    held_for: timedelta = timedelta(0),
) -> Letter | None:
    """Write a letter and queue it. None for an anonymous case: there is nobody to write to.

    ``held_for`` is how long it waits before it leaves.

    Raises ``WordingError`` for a place left empty.
    """
    person = person or addressee_of(state.case, state.mandate)
    if person is None:
        return None
    point = contact_point or contact_point_of(state.case, person)
    subject, body = written(state, key, places, by=by, person=person)
    letter = letters.compose_letter(
        state.case,
        kind=key,
        subject=subject,
        body=body,
        at=at,
        by=by,
        recipient=person,
        contact_point=point,
        meets=meets,
        due_at=due_at or (meets.due_at if meets else None),
        waits=state.case.is_marked_abuse,
        contents=tuple(template_of(state, key).contents),
    )
    if letter.state == Letter.State.QUEUED:
        letter.next_attempt_at = at + held_for
    return letters.queue(letter)


def keep_message(case: Case, entry: Entry, letter: Letter | None, *, at: datetime) -> Message:
    """The correspondence that an entry tells of."""
    message = message_of(case, entry, letter, at=at)
    message.save(force_insert=True)
    return message


def message_of(case: Case, entry: Entry, letter: Letter | None, *, at: datetime) -> Message:
    """The same, not written yet."""
    return Message(
        case=case,
        entity_id=case.entity_id,
        entry=entry,
        direction=Message.Direction.OUT,
        channel=letter.channel if letter else case.answer_channel,
        letter=letter,
        at=at,
    )


def day(moment: datetime | date | None, house: HouseRules, language: str) -> str:
    """A day in the words of a letter; nothing for none."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        moment = moment.astimezone(ZoneInfo(house.entity.timezone)).date()
    return day_in_words(moment, language)


def last_day(moment: datetime | None, house: HouseRules, language: str) -> str:
    """The last day of a limit that ends at this moment.

    A limit that ends at midnight ends the day before.
    """
    return "" if moment is None else day(moment - timedelta(microseconds=1), house, language)


def moment(at: datetime, house: HouseRules, language: str) -> str:
    """A moment in the words of a letter, with the zone named."""
    return moment_in_words(at, house.entity.timezone, language)
