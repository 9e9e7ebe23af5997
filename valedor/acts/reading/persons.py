"""What is written down of one person, beside their cases."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Prefetch

from valedor.acts.persons import Known
from valedor.casefile.access import cases_visible_to
from valedor.casefile.viewing import Viewer
from valedor.people.actions.merge_persons import same_person
from valedor.people.models import ContactPoint, Contract, Person, PromotionConsent
from valedor.people.permissions import Permission


def consents_of(person: Person, entities: Collection[int]) -> list[PromotionConsent]:
    """Their consents to promotional contact by some entities, the one in force first."""
    found = PromotionConsent.objects.filter(person__in=same_person(person), entity__in=entities)
    rows = list(found.select_related("entity", "recorded_by").order_by("-given_at", "-pk"))
    return sorted(rows, key=lambda one: one.withdrawn_at is not None)


def consents_at(viewer: Viewer) -> Iterator[PromotionConsent]:
    """Every consent at the entities whose records a viewer corrects or audits, the latest first: of
    people of whom they see a case, each with how they are reached (``reached``).
    """
    entities = viewer.entities_where(Permission.CORRECT, Permission.AUDIT)
    seen = cases_visible_to(viewer).exclude(complainant=None).values("complainant")
    found = PromotionConsent.objects.filter(
        entity__in=entities, person__in=seen, person__erased_at=None
    )
    points = ContactPoint.objects.filter(ended_at=None).order_by("pk")
    return (
        found.select_related("entity", "person")
        .prefetch_related(Prefetch("person__contact_points", points, to_attr="reached"))
        .order_by("-given_at", "-pk")
        .iterator(chunk_size=2000)
    )


def everything_of(known: Known) -> dict[str, Any]:
    """A record with all that hangs on it, as far as the viewer sees cases of theirs."""
    person = known.person
    entities = {case.entity_id for case in known.cases}
    return {
        "person": {
            "name": person.name,
            "is_company": person.is_company,
            "language": person.language,
            "identity_number": person.identity_number,
            "place": person.place,
            "known_since": person.created_at.isoformat(),
        },
        "contact_points": [
            {
                "kind": one.kind,
                "value": one.value,
                "since": one.created_at.isoformat(),
                "verified_at": _moment(one.verified_at),
            }
            for one in known.points
        ],
        "contracts": [
            {"entity": one.entity.key, "number": one.number, "product": one.product}
            for one in Contract.objects.filter(person=person, entity__in=entities)
            .select_related("entity")
            .order_by("pk")
        ],
        "cases": [
            {
                "reference": one.reference,
                "entity": one.entity.key,
                "subject": one.subject,
                "received_at": one.received_at.isoformat(),
            }
            for one in known.cases
        ],
        "consents_to_promotion": [
            {
                "entity": one.entity.key,
                "given_at": one.given_at.isoformat(),
                "channel": one.channel,
                "occasion": one.occasion,
                "giver": one.giver,
                "words": one.words,
                "version": one.version,
                "language": one.language,
                "recorded_at": one.recorded_at.isoformat(),
                "withdrawn_at": _moment(one.withdrawn_at),
                "withdrawn_through": one.withdrawn_through or None,
            }
            for one in consents_of(person, entities)
        ],
    }


def _moment(at: Any) -> str | None:
    return at.isoformat() if at else None
