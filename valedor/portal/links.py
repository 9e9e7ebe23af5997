"""A new link for somebody whose link is too old, to an address known to be theirs."""

from datetime import datetime, timedelta

from valedor.casefile import letters
from valedor.casefile.letters import MailedLink
from valedor.casefile.models import Case, Letter
from valedor.foundation.moments import local_day
from valedor.participants.models import Participant
from valedor.participants.queries import participant_with_record
from valedor.participants.rules import why_out
from valedor.people.models import ContactPoint, Person
from valedor.people.queries import email_points_of, person_unless_erased
from valedor.portal import access
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.letter_templates import render

KIND = "new_link"
AT_MOST_EVERY = timedelta(minutes=10)


def send_new_link(house: HouseRules, link: MailedLink, *, at: datetime) -> Letter | None:
    """Queue the letter, where there is an address and none is on its way already.

    For a link that was revoked too: it goes to the address that the house has now, not to whoever
    holds the old link.
    """
    case = access.case_to_write_about(house.entity, link.case_id)
    template = house.letters.get(KIND)
    if case is None or template is None or link.person_id is None:
        return None
    who = participant_with_record(link.person_id)
    if who is not None and _is_out(who, case, house, at):
        return None
    person = person_unless_erased(link.person_id)
    point = _address_of(person)
    if person is None or point is None or _sent_lately(case, at):
        return None
    language = person.language if who is not None else case.language
    frame = letters.frame_of(case, recipient=person, language=language)
    subject, body = render(template, language, frame)
    letter = letters.compose_letter(
        case, kind=KIND, subject=subject, body=body, at=at, recipient=person, contact_point=point,
        language=language,
    )  # fmt: skip
    return letters.queue(letter)


def _is_out(who: Participant, case: Case, house: HouseRules, at: datetime) -> bool:
    """Whether somebody let in gets no new link: out again, or in to another case."""
    today = local_day(at, house.entity.timezone)
    return who.case_id != case.pk or why_out(who, case, today=today, at=at) is not None


def _address_of(person: Person | None) -> ContactPoint | None:
    """The e-mail address that was verified, else the one known."""
    if person is None:
        return None
    points = email_points_of(person)
    return min(points, key=lambda point: (point.verified_at is None, -point.pk), default=None)


def _sent_lately(case: Case, at: datetime) -> bool:
    return access.was_queued_since(case, KIND, at - AT_MOST_EVERY)
