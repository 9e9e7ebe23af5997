"""Let somebody in to a case: with a link by mail, or a code of their own shown once."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Document, Letter
from valedor.casefile.viewing import the_house, viewing
from valedor.foundation.access_codes import digest_of, draw_access_code
from valedor.foundation.moments import local_day
from valedor.foundation.refusals import refuse_if
from valedor.handling.outgoing import addressee_of
from valedor.participants import letters, rules
from valedor.participants.facts import ParticipantLetIn
from valedor.participants.models import Participant
from valedor.participants.queries import address_of, known_of
from valedor.participants.rules import Invited
from valedor.participants.standing import why_not_of
from valedor.participants.words import until_words
from valedor.people.contact_points import normalised
from valedor.people.models import ContactPoint, Person
from valedor.procedures.house_rules import HouseRules, house_rules


@dataclass(frozen=True)
class LetIn:
    """Somebody who is in now. ``code`` is their own, told this once; empty for whoever gets a
    link by mail.
    """

    participant: Participant
    code: str = ""


def let_in(
    case: Case,
    invited: Invited,
    *,
    by: By,
    at: datetime,
    basis: str = "",
    document: Document | None = None,
) -> LetIn:
    """Let somebody in. They are written to at once, and so is the person, who may not have been
    the one who did it. Raises ``Refused``.

    ``basis`` and ``document`` are of a mandate on paper that the house records.
    """
    with viewing(the_house(case.entity_id)):
        case = locked(case)
        house = house_rules(case.entity_id)
        refuse_if(why_not_of(case, by, at=at))
        known = known_of(case, today=local_day(at, house.entity.timezone))
        refuse_if(
            rules.why_not_let_in(
                case,
                invited,
                by_participant=by.speaker is not None,
                actor=by.actor,
                known=known,
                address=address_of(invited),
                at=at,
            )
        )
        code = "" if invited.email.strip() else draw_access_code()
        person, point = _record_of(invited, at)
        participant = Participant.objects.create(
            case=case,
            entity_id=case.entity_id,
            seats=int(case.seats),
            person=person,
            role=invited.role,
            organisation=invited.organisation.strip(),
            scope=invited.scope,
            gets_letters=invited.gets_letters,
            code_digest=digest_of(code, key=settings.SECRET_KEY) if code else None,
            basis=basis.strip(),
            document=document,
            recorded_by=by.account,
            let_in_at=at,
            expires_on=invited.expires_on,
        )
        letter = _invite(case, house, participant, point, by=by, at=at)
        fact = ParticipantLetIn(
            participant=participant.pk,
            name=person.name,
            organisation=participant.organisation,
            role=str(participant.role),
            scope=str(participant.scope),
            expires_on=invited.expires_on.isoformat() if invited.expires_on else "",
            letter=letter.pk if letter else None,
        )
        timeline.record(case, fact, by=by, at=at, body=participant.basis)
        _tell_person(case, house, participant, by=by, at=at)
        return LetIn(participant, code)


def _record_of(invited: Invited, at: datetime) -> tuple[Person, ContactPoint]:
    """A record of their own, even where the house knows somebody of that address: what else it
    knows of them is none of this case's business.
    """
    person = Person.objects.create(
        name=invited.name.strip(), language=invited.language, created_at=at
    )
    kind, value = ContactPoint.Kind.EMAIL, invited.email.strip()
    if not value:
        kind, value = ContactPoint.Kind.POST, invited.postal_address.strip()
    point = ContactPoint.objects.create(
        person=person, kind=kind, value=value, normalised=normalised(kind, value), created_at=at
    )
    return person, point


def _invite(
    case: Case,
    house: HouseRules,
    participant: Participant,
    point: ContactPoint,
    *,
    by: By,
    at: datetime,
) -> Letter | None:
    person = participant.person

    def say() -> tuple[str, str]:
        told = {
            "person": (case.complainant.name if case.complainant else "") or _("Somebody"),
            "scope": participant.get_scope_display(),
            "until": until_words(participant.expires_on, person.language),
        }
        words = _(
            "%(person)s has let you in to their case.\n\nHow far: %(scope)s.\nUntil when: "
            "%(until)s.\n\nWhat you do there is told under your name. The way in is yours alone: "
            "whoever you pass it on to would act under your name. You can leave at any time on "
            "the page of the case."
        )
        if point.kind == ContactPoint.Kind.POST:
            words += "\n\n" + _(
                "You need a code of your own to get in. Whoever let you in has it and gives it to "
                "you; nobody else knows it."
            )
        return _("You have been let in to a case"), words % told

    return letters.write(
        case, house, person, say, language=person.language, by=by, at=at, contact_point=point
    )


def _tell_person(
    case: Case, house: HouseRules, participant: Participant, *, by: By, at: datetime
) -> None:
    """To the person, or whoever speaks for them: it may not have been they who did it."""
    recipient = addressee_of(case, case.mandate)
    if recipient is None:
        return

    def say() -> tuple[str, str]:
        told = {
            "name": participant.person.name,
            "role": participant.get_role_display(),
            "scope": participant.get_scope_display(),
            "until": until_words(participant.expires_on, case.language),
        }
        words = _(
            "%(name)s (%(role)s) was let in to your case.\n\nHow far: %(scope)s.\nUntil when: "
            "%(until)s.\n\nOn the page of your case you see who is in and what they last opened, "
            "and let them out again at once. If it was not you who did this, let them out there "
            "and draw a new access code."
        )
        return _("Somebody was let in to your case"), words % told

    letters.write(case, house, recipient, say, language=case.language, by=by, at=at)
