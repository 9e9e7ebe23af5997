"""Who is let in to a case, and what the house knows of an address that is to be let in."""

from datetime import date, datetime

from django.db.models.functions import Lower

from valedor.casefile.actors import By, Speaker, let_in
from valedor.casefile.models import Case
from valedor.participants.models import Participant
from valedor.participants.rules import Invited, Known
from valedor.people.contact_points import normalised
from valedor.people.models import Account, ContactPoint


def participants_of(case: Case) -> list[Participant]:
    """Everybody who is or was let in to a case, the last one first."""
    found = Participant.objects.filter(case=case).select_related("person")
    return list(found.order_by("-let_in_at", "-pk"))


def participant_of_case(case: Case, participant_id: int) -> Participant | None:
    """One of those who are or were let in to a case."""
    found = Participant.objects.filter(case=case, pk=participant_id).select_related("person")
    return found.first()


def participants_inside(case: Case) -> list[Participant]:
    """Whoever was let in and not out again. Whether their time is over the rules say."""
    found = Participant.objects.filter(case=case, ended_at=None).select_related("person")
    return list(found.order_by("let_in_at", "pk"))


def participant_with_record(person_id: int) -> Participant | None:
    """Whoever a record is of, if it is of somebody who was let in somewhere. As the house."""
    found = Participant.objects.filter(person=person_id).select_related("person")
    return found.first()


def codes_of(case_id: int) -> list[Participant]:
    """Whoever has a code of their own for a case; nobody for a case that does not exist."""
    found = Participant.objects.filter(case=case_id, code_digest__isnull=False)
    return list(found.select_related("person"))


def with_a_day_before(at: datetime) -> list[Participant]:
    """Whoever is in until a day that may be over somewhere by now. As the house."""
    found = Participant.objects.filter(
        ended_at=None, expires_on__lte=at.date(), case__erased_at=None
    )
    return list(found.select_related("case__entity", "case__mandate").order_by("pk"))


def address_of(invited: Invited) -> str:
    """Where somebody is reached, as addresses are compared. On paper their name belongs to it,
    since two people may live in one house.
    """
    if invited.email.strip():
        return normalised(ContactPoint.Kind.EMAIL, invited.email)
    return _on_paper(invited.name, invited.postal_address)


def _on_paper(name: str, address: str) -> str:
    kind = ContactPoint.Kind.POST
    return f"{normalised(kind, name)}, {normalised(kind, address)}"


def known_of(case: Case, *, today: date) -> Known:
    """What the house knows of the addresses of a case and of its staff. As the house."""
    theirs = {case.complainant_id}
    if case.mandate is not None:
        theirs |= {case.mandate.representative_id, case.mandate.represented_id}
    inside = participants_inside(case)
    persons = [one.person_id for one in inside]
    staff = Account.objects.filter(is_active=True).exclude(email="")
    return Known(
        today=today,
        addresses_of_person=frozenset(_addresses_of(theirs - {None})),
        addresses_of_staff=frozenset(staff.values_list(Lower("email"), flat=True)),
        addresses_inside=frozenset(_addresses_of(persons)),
        inside=len(inside),
        mandate=case.mandate,
    )


def _addresses_of(persons: "list[int] | set[int | None]") -> list[str]:
    points = ContactPoint.objects.filter(person__in=persons, ended_at=None)
    return [
        one.normalised
        if one.kind == ContactPoint.Kind.EMAIL
        else _on_paper(one.person.name, one.value)
        for one in points.exclude(kind=ContactPoint.Kind.TELEPHONE).select_related("person")
    ]


def author_of(participant: Participant) -> By:
    """As whom somebody let in acts."""
    return let_in(
        Speaker(
            participant.pk,
            participant.person.name,
            str(participant.role),
            participant.organisation,
        )
    )


def note_last_opened(participant: Participant, what: str, *, at: datetime) -> None:
    """Keep what somebody let in looked at last."""
    Participant.objects.filter(pk=participant.pk).update(last_opened=what, last_opened_at=at)
