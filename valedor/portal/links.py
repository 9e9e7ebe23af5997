"""A new link for somebody whose link is too old, to an address known to be theirs."""

from datetime import datetime, timedelta

from valedor.casefile import letters
from valedor.casefile.letters import MailedLink
from valedor.casefile.models import Case, Letter
from valedor.people.models import ContactPoint, Person
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.letter_templates import render

KIND = "new_link"
AT_MOST_EVERY = timedelta(minutes=10)


def send_new_link(house: HouseRules, link: MailedLink, *, at: datetime) -> Letter | None:
    """Queue the letter, where there is an address and none is on its way already.

    For a link that was revoked too: it goes to the address that the house has now, not to whoever
    holds the old link.
    """
    case = (
        Case.objects.select_related("entity")
        .filter(pk=link.case_id, entity=house.entity, erased_at=None)
        .first()
    )
    template = house.letters.get(KIND)
    if case is None or template is None or link.person_id is None:
        return None
    person = Person.objects.filter(pk=link.person_id, erased_at=None).first()
    point = _address_of(person)
    if person is None or point is None or _sent_lately(case, at):
        return None
    subject, body = render(template, case.language, letters.frame_of(case, recipient=person))
    letter = letters.compose_letter(
        case, kind=KIND, subject=subject, body=body, at=at, recipient=person, contact_point=point
    )
    return letters.queue(letter)


def _address_of(person: Person | None) -> ContactPoint | None:
    """The e-mail address that was verified, else the one known."""
    if person is None:
        return None
    points = ContactPoint.objects.filter(
        person=person, kind=ContactPoint.Kind.EMAIL, ended_at=None, failed_at=None
    )
    return min(points, key=lambda point: (point.verified_at is None, -point.pk), default=None)


def _sent_lately(case: Case, at: datetime) -> bool:
    return Letter.objects.filter(case=case, kind=KIND, queued_at__gt=at - AT_MOST_EVERY).exists()
