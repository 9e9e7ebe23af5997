"""Letters about being let in: to whoever is let in, and to the person, each in their language."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import override

from valedor.casefile import letters
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Letter
from valedor.handling.outgoing import contact_point_of
from valedor.people.models import ContactPoint, Person
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.letter_templates import render
from valedor.review.office.queries import name_of_office

KIND = "access_word"
COPY = "letter_copy"


def write(
    case: Case,
    house: HouseRules,
    recipient: Person,
    say: Callable[[], tuple[str, str]],
    *,
    language: str,
    by: By,
    at: datetime,
    contact_point: ContactPoint | None = None,
    kind: str = KIND,
    in_reply_to: str = "",
) -> Letter | None:
    """Write to somebody and queue it. ``say`` gives title and words, in the language of the moment.

    None where the house has published no such wording yet.
    """
    template = house.letters.get(KIND)
    if template is None:
        return None
    frame = letters.frame_of(case, recipient=recipient, language=language)
    if case.is_of_the_office:
        office = name_of_office(house, at=at).in_language(language)
        frame |= {"entity": office, "telephone": ""}
    with override(language):
        title, words = say()
        subject, body = render(template, language, {**frame, "title": title, "words": words})
    point = contact_point or contact_point_of(case, recipient)
    letter = letters.compose_letter(
        case,
        kind=kind,
        subject=subject,
        body=body,
        at=at,
        by=by,
        recipient=recipient,
        contact_point=point,
        language=language,
        contents=tuple(template.contents),
        in_reply_to=in_reply_to,
        waits=case.is_marked_abuse,
    )
    return letters.queue(letter)
