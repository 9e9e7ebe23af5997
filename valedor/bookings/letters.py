"""What is written to the person about their booking, with the file for their calendar."""

from dataclasses import replace
from datetime import datetime

from valedor.bookings.calendar_file import MEDIA_TYPE, calendar_file, place_of
from valedor.bookings.models import Booking
from valedor.bookings.words import slot_in_words
from valedor.casefile.actors import By
from valedor.casefile.documents import add_document, keep_file
from valedor.casefile.models import Document, Letter, LetterDocument
from valedor.handling import outgoing
from valedor.handling.queries import CaseState

_WITHOUT_FILE = frozenset({"booking_missed"})


def confirm(
    state: CaseState, booking: Booking, key: str, *, by: By, at: datetime, reason: str = ""
) -> Letter | None:
    """Write a letter about a booking and queue it; the file for the calendar goes along.

    None for an anonymous case.
    """
    case, house = state.case, state.house
    service, language = booking.service, case.language
    file = None
    if key not in _WITHOUT_FILE:
        content = calendar_file(booking, case, at=at)
        kept = keep_file(f"{case.reference}.ics", [content], claimed_type=MEDIA_TYPE)
        file = add_document(
            case,
            replace(kept, media_type=MEDIA_TYPE),
            side=Document.Side.COMPANY,
            purpose="calendar",
            by=by,
            at=at,
        )
    places = {
        "service": service.name.in_language(language),
        "slot": slot_in_words(booking.starts_at, booking.ends_at, house.entity.timezone, language),
        "place": place_of(booking, language),
        "about": service.about.in_language(language),
        "reason": reason,
    }
    letter = outgoing.send(state, key, places, by=by, at=at)
    if letter is not None and file is not None:
        LetterDocument.objects.create(letter=letter, document=file, ordinal=1)
    return letter
