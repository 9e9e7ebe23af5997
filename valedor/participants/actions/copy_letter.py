"""Whoever is let in and asked for the letters gets each that the person gets: under a few words in
their own language, by their own channel. The person always gets theirs.
"""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from valedor.casefile.access import locked
from valedor.casefile.actors import SYSTEM
from valedor.casefile.letters import IDENTITY_CODE, name_of
from valedor.casefile.models import Case, Letter
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.moments import local_day
from valedor.foundation.spoken_dates import day_in_words
from valedor.participants import letters, rules
from valedor.participants.models import Participant
from valedor.participants.queries import participants_inside
from valedor.procedures.house_rules import HouseRules, house_rules

# About being let in itself, or with a way in or a proof of who the person is.
_NOT_COPIED = frozenset({letters.KIND, letters.COPY, "new_link", IDENTITY_CODE})


def copy_letter(case: Case, *, letter: Letter, at: datetime) -> int:
    """Send copies of a letter that left; how many were new. It may run twice."""
    with viewing(the_house(case.entity_id)):
        case = locked(case)
        if letter.kind in _NOT_COPIED or letter.recipient_id not in _addressees(case):
            return 0
        house = house_rules(case.entity_id)
        today = local_day(at, house.entity.timezone)
        wanting = [
            one
            for one in participants_inside(case)
            if one.gets_letters and rules.why_out(one, case, today=today, at=at) is None
        ]
        have = set(
            Letter.objects.filter(
                case=case, kind=letters.COPY, in_reply_to=letter.message_id
            ).values_list("recipient", flat=True)
        )
        new = [one for one in wanting if one.person_id not in have]
        for one in new:
            _copy(case, house, letter, one, at=at)
        return len(new)


def _addressees(case: Case) -> set[int | None]:
    speaker = case.mandate.representative_id if case.mandate is not None else None
    return {case.complainant_id, speaker} - {None}


def _copy(
    case: Case, house: HouseRules, letter: Letter, participant: Participant, *, at: datetime
) -> None:
    language = participant.person.language
    day = day_in_words(local_day(letter.queued_at, house.entity.timezone), language)

    def say() -> tuple[str, str]:
        with override(language):
            name = name_of(letter.kind)
        told = {
            "name": name,
            "day": day,
            "person": case.complainant.name if case.complainant else "",
        }
        words = _("For you to know, a letter of %(day)s to %(person)s: %(name)s.") % told
        return _("Copy"), f"{words}\n\n{letter.subject}\n\n{letter.body}"

    letters.write(
        case,
        house,
        participant.person,
        say,
        language=language,
        by=SYSTEM,
        at=at,
        kind=letters.COPY,
        in_reply_to=letter.message_id,
    )
