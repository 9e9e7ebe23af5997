"""Letters of the office to the person: its own name on them, its own wordings, its own seats."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import override

from valedor.casefile import letters
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Deadline, Entry, Letter, Message
from valedor.foundation.spoken_dates import day_in_words
from valedor.handling.outgoing import addressee_of, contact_point_of
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.letter_templates import render
from valedor.review.office.queries import name_of_office

RECEIVED, WORD, OPINION = "office_received", "office_word", "office_opinion"


def write(
    file: Case,
    house: HouseRules,
    key: str,
    places: Mapping[str, Any],
    *,
    by: By,
    at: datetime,
    meets: Deadline | None = None,
) -> Letter | None:
    """Write to the person and queue it, in the current transaction. None where nobody can be
    written to. Raises ``WordingError`` for a place left empty.
    """
    person = addressee_of(file, file.mandate)
    if person is None:
        return None
    template = house.letters[key]
    office = name_of_office(house, at=at).in_language(file.language)
    frame = letters.frame_of(
        file, recipient=person, signed_by=by.account.name if by.account else ""
    ) | {"entity": office, "office": office, "company": house.entity.name, "telephone": ""}
    with override(file.language):
        subject, body = render(template, file.language, {**frame, **places})
    letter = letters.compose_letter(
        file,
        kind=key,
        subject=subject,
        body=body,
        at=at,
        by=by,
        recipient=person,
        contact_point=contact_point_of(file, person),
        meets=meets,
        contents=tuple(template.contents),
    )
    return letters.queue(letter)


def say(
    file: Case,
    house: HouseRules,
    title: Promise,
    words: str,
    *,
    by: By,
    at: datetime,
    answer_by: date | None = None,
    doors: Sequence[Mapping[str, str]] = (),
    meets: Deadline | None = None,
) -> Letter | None:
    """A word of the office to the person, under a title in their language."""
    with override(file.language):
        name = str(title)
    places: dict[str, Any] = {
        "title": name,
        "words": words,
        "answer_by": day_in_words(answer_by, file.language) if answer_by else "",
        "next_steps": list(doors),
    }
    return write(file, house, WORD, places, by=by, at=at, meets=meets)


def keep(file: Case, entry: Entry, letter: Letter | None, *, at: datetime) -> Message:
    """The correspondence that a line tells of."""
    return Message.objects.create(
        case=file,
        entity_id=file.entity_id,
        seats=entry.seats,
        entry=entry,
        direction=Message.Direction.OUT,
        channel=letter.channel if letter else file.answer_channel,
        letter=letter,
        at=at,
    )


def keep_in(file: Case, entry: Entry, *, channel: str, at: datetime) -> Message:
    """The same of what came in."""
    return Message.objects.create(
        case=file,
        entity_id=file.entity_id,
        seats=entry.seats,
        entry=entry,
        direction=Message.Direction.IN,
        channel=channel,
        at=at,
    )
