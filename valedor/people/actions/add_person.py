"""Write down somebody who turns to the organisation, with where they are reached."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from valedor.people.contact_points import normalised
from valedor.people.models import ContactPoint, Person


@transaction.atomic
def add_person(
    name: str,
    *,
    language: str,
    country: str,
    reached_at: Mapping[ContactPoint.Kind, str],
    at: datetime,
    identity_number: str = "",
) -> Person:
    """A new record: that it is one person with another is said by ``merge_persons``."""
    person = Person.objects.create(
        name=name.strip(),
        language=language,
        identity_number=identity_number.strip(),
        created_at=at,
    )
    ContactPoint.objects.bulk_create(
        ContactPoint(
            person=person,
            kind=kind,
            value=value.strip(),
            normalised=normalised(kind, value, country),
            created_at=at,
        )
        for kind, value in reached_at.items()
        if value.strip()
    )
    return person
