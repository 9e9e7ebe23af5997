"""People as the desk knows them, and their consents to promotional contact."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from valedor.acts import persons
from valedor.acts.desk import Desk
from valedor.acts.persons import Known
from valedor.acts.reading.persons import consents_of
from valedor.api.acting_at_desk import acts_on
from valedor.api.asking import as_json
from valedor.api.looking import (
    LIST_PROBLEMS,
    ONE_PROBLEMS,
    as_person,
    local,
    looking,
    there,
)
from valedor.api.schemas import DeskActView
from valedor.people.models import PromotionConsent
from valedor.people.permissions import Permission

router = Router()


class ContactPointView(Schema):
    """A way to reach somebody."""

    kind: str
    value: str
    verified_at: datetime | None


class PersonLine(Schema):
    """A record of somebody, by their cases that the person acting sees; at most five."""

    number: int
    name: str
    is_company: bool
    counts_as: int | None
    contact_points: list[ContactPointView]
    cases: list[str]


class Persons(Schema):
    """Who has an address, a number, an identity number, or a case of this reference."""

    persons: list[PersonLine]


class ConsentView(Schema):
    """A yes to promotional contact of one entity, as it was given; in force until withdrawn."""

    entity: str
    given_at: datetime
    channel: str
    occasion: str
    giver: str
    words: str
    version: str
    language: str
    recorded_at: datetime
    recorded_by: str | None
    withdrawn_at: datetime | None
    withdrawn_through: str | None


class PersonView(PersonLine):
    """One record, with every consent to promotional contact, the one in force first."""

    language: str
    consents: list[ConsentView]
    acts: list[DeskActView]


@router.get(
    "/persons",
    auth=as_person(Permission.REGISTER, Permission.CORRECT, Permission.AUDIT),
    response={200: Persons} | LIST_PROBLEMS,
    summary="Find somebody",
    operation_id="find_persons",
    tags=["persons"],
)
def find_persons(
    request: HttpRequest,
    known: str = Query(..., min_length=1, max_length=200),  # type: ignore[type-arg]
) -> HttpResponse:
    """By their e-mail, telephone or identity number, or by the reference of a case of theirs; only
    whom the person sees a case of.
    """
    with looking(request, "person", "known") as (viewer, _at):
        found = persons.known_as(viewer, known.replace("\0", ""))
        return as_json(Persons(persons=[PersonLine(**_person(one)) for one in found]))


@router.get(
    "/persons/{int:number}",
    auth=as_person(Permission.REGISTER, Permission.CORRECT, Permission.AUDIT),
    response={200: PersonView} | ONE_PROBLEMS,
    summary="Read what is known of somebody",
    operation_id="read_person",
    tags=["persons"],
)
def read_person(request: HttpRequest, number: int) -> HttpResponse:
    """How they are reached, their cases, and what they said to promotional contact."""
    with looking(request, "person") as (viewer, at):
        one = persons.person_known(viewer, number)
        if one is None:
            raise Http404
        consents = consents_of(one.person, {case.entity_id for case in one.cases})
        view = PersonView(
            **_person(one),
            language=one.person.language,
            consents=[_consent(consent) for consent in consents],
            acts=acts_on(Desk(viewer, at, str(number)), "consent", "consent-withdrawal"),
        )
        return as_json(view)


def _person(one: Known) -> dict[str, Any]:
    return {
        "number": one.person.pk,
        "name": one.person.name,
        "is_company": one.person.is_company,
        "counts_as": one.counts_as.kept_id if one.counts_as else None,
        "contact_points": [
            ContactPointView(kind=point.kind, value=point.value, verified_at=point.verified_at)
            for point in one.points
        ],
        "cases": [case.reference for case in one.cases],
    }


def _consent(one: PromotionConsent) -> ConsentView:
    return ConsentView(
        entity=one.entity.key,
        given_at=there(one.given_at, one.entity),
        channel=one.channel,
        occasion=one.occasion,
        giver=one.giver,
        words=one.words,
        version=one.version,
        language=one.language,
        recorded_at=there(one.recorded_at, one.entity),
        recorded_by=one.recorded_by.username if one.recorded_by else None,
        withdrawn_at=local(one.withdrawn_at, one.entity),
        withdrawn_through=one.withdrawn_through or None,
    )
