"""From the persons a submission names to rows: a new person each time, unless the channel knows
them.

Two filings under one name are not one person until somebody says so with a reason
(``PersonMerge``).
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import models

from valedor.foundation.moments import local_day
from valedor.foundation.rows import fresh
from valedor.intake.submission import PersonGiven, Submission
from valedor.people.contact_points import normalised
from valedor.people.models import ContactPoint, Entity, Mandate, Person


@dataclass
class PeopleOfCase:
    """The complainant, whoever speaks for them, and where letters go."""

    complainant: Person
    mandate: Mandate | None
    recipient: Person  # The representative where there is one.
    points: list[ContactPoint]
    names: list[str]
    rows: list[models.Model] = field(default_factory=list)

    def point(self, kind: str) -> ContactPoint | None:
        """The recipient's address of one kind."""
        return next((point for point in self.points if point.kind == kind), None)


def people_of(submission: Submission, entity: Entity, *, at: datetime) -> PeopleOfCase:
    """The rows for a submission's persons, not written yet. A number without its country is one of
    the entity's, and a day is its day.
    """
    sender, points = _person(submission.person, submission, entity.country, at)
    rows: list[models.Model] = [] if submission.person.person_id else [sender, *points]
    complainant, mandate = sender, None
    names = [submission.person.name]
    if submission.mandate:
        given = submission.mandate.represented
        complainant, theirs = _person(given, submission, entity.country, at)
        if not given.person_id:
            rows += [complainant, *theirs]
        mandate = Mandate(
            represented=complainant,
            representative=sender,
            basis=submission.mandate.basis,
            begins_on=local_day(submission.received_at, entity.timezone),
            expires_on=submission.mandate.expires_on,
        )
        rows.append(mandate)
        names.append(given.name)
    return PeopleOfCase(
        complainant, mandate, sender, points, [name for name in names if name], rows
    )


def _person(
    given: PersonGiven, submission: Submission, country: str, at: datetime
) -> tuple[Person, list[ContactPoint]]:
    if given.person_id:
        known = Person.objects.get(pk=given.person_id)
        return known, list(known.contact_points.filter(ended_at=None).order_by("pk"))
    person = fresh(
        Person,
        name=given.name,
        is_company=given.is_company,
        language=submission.language,
        identity_number=given.identity_number,
        place=given.place,
        created_at=at,
    )
    values = [
        (ContactPoint.Kind.EMAIL, given.email),
        (ContactPoint.Kind.TELEPHONE, given.telephone),
        (ContactPoint.Kind.POST, given.postal_address),
    ]
    points = [
        fresh(
            ContactPoint,
            person=person,
            kind=kind,
            value=value,
            normalised=normalised(kind, value, country),
            created_at=at,
        )
        for kind, value in values
        if value
    ]
    return person, points
