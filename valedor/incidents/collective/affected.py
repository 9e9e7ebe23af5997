"""Who is known to be affected: people with cases or contracts at the entity, by where they are;
nobody whom the ombudsman alone knows.

A notice that a service fails is part of performing the contract and asks for no consent (see
docs/concepts/incidents.md), but it goes only where somebody chose to be reached: by e-mail, by SMS
to whoever asked for SMS, never to a number that said stop. On paper it would come too late.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from valedor.casefile import letters
from valedor.casefile.models import Case
from valedor.casefile.viewing import the_company, viewing
from valedor.channels.sms import carrier as by_sms
from valedor.foundation.moments import local_day
from valedor.incidents.collective.likeness import folded, is_there
from valedor.incidents.collective.models import Incident, IncidentLine, NoticeSent
from valedor.people.models import ContactPoint, Contract, Entity, Person

KNOWN_FOR = timedelta(days=730)
"""Whoever wrote longer ago may live elsewhere by now."""
MOST = 20_000


def affected(incident: Incident, *, at: datetime) -> list[tuple[Person, ContactPoint]]:
    """Each with the way by which they are told; nobody whom no quick way reaches."""
    if not incident.places:
        return []
    places = [folded(place) for place in incident.places]
    with viewing(the_company(incident.entity_id)):
        people = list(known_at(incident.entity, at=at)[:MOST])
        points = points_of(people)
        there = [person for person in people if is_there(places, where(person, points[person.pk]))]
        last = _last_cases(incident, there)
        return [
            (person, way)
            for person in there
            if (way := _way(incident, last.get(person.pk), points[person.pk])) is not None
        ]


def untold(line: IncidentLine, *, at: datetime) -> list[tuple[Person, ContactPoint]]:
    """Those affected who were not sent these words."""
    told = set(NoticeSent.objects.filter(line=line).values_list("person", flat=True))
    return [one for one in affected(line.incident, at=at) if one[0].pk not in told]


def known_at(entity: Entity, *, at: datetime) -> QuerySet[Person]:
    """Whoever has a case of the last years or a contract with an entity."""
    cases = Case.objects.filter(entity=entity, received_at__gt=at - KNOWN_FOR)
    contracts = Contract.objects.filter(entity=entity).filter(
        Q(ended_on=None) | Q(ended_on__gte=local_day(at, entity.timezone))
    )
    known = Person.objects.filter(erased_at=None).filter(
        Q(pk__in=cases.values("complainant")) | Q(pk__in=contracts.values("person"))
    )
    return known.order_by("pk")


def points_of(people: Sequence[Person]) -> dict[int, list[ContactPoint]]:
    """By person, how they are reached now, the newest first."""
    found: dict[int, list[ContactPoint]] = {person.pk: [] for person in people}
    points = ContactPoint.objects.filter(person__in=people, ended_at=None).order_by("-pk")
    for point in points:
        found[point.person_id].append(point)
    return found


def where(person: Person, points: Iterable[ContactPoint]) -> str:
    """Everything that is known of where somebody is; empty where nothing is."""
    addresses = [one.value for one in points if one.kind == ContactPoint.Kind.POST]
    return "\n".join(filter(None, [person.place, *addresses]))


def _last_cases(incident: Incident, people: Sequence[Person]) -> dict[int, Case]:
    cases = Case.objects.filter(entity=incident.entity_id, complainant__in=people)
    return {
        case.complainant_id: case for case in cases.order_by("received_at") if case.complainant_id
    }


def _way(incident: Incident, case: Case | None, points: list[ContactPoint]) -> ContactPoint | None:
    quick = [one for one in points if one.kind != ContactPoint.Kind.POST and not one.failed_at]
    wants_sms = case is not None and case.answer_channel == Case.Channel.SMS
    if wants_sms and case is not None:
        way = letters.way_to(case, quick)
        if way is not None and not by_sms.is_stopped(way, incident.entity):
            return way
    return next((one for one in quick if one.kind == ContactPoint.Kind.EMAIL), None)
