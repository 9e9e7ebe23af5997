"""What is written down of one person, beside their cases."""

from collections.abc import Collection
from typing import Any

from valedor.acts.persons import Known
from valedor.people.actions.merge_persons import same_person
from valedor.people.models import Contract, Person, PromotionConsent


def consents_of(person: Person, entities: Collection[int]) -> list[PromotionConsent]:
    """Their consents to promotional contact by some entities, the one in force first."""
    found = PromotionConsent.objects.filter(person__in=same_person(person), entity__in=entities)
    rows = list(found.select_related("entity", "recorded_by").order_by("-given_at", "-pk"))
    return sorted(rows, key=lambda one: one.withdrawn_at is not None)


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
