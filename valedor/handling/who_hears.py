"""The very bodies that hear a case, by where the person lives, the entity's trade and the day."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from valedor.bodies.finding import Dispute, who_hears
from valedor.bodies.queries import bodies_of
from valedor.bodies.told import in_a_line
from valedor.foundation.moments import local_day
from valedor.people.queries import whereabouts_of
from valedor.procedures.house_rules import HouseRules

_MOST_IN_A_LETTER = 2


def dispute_of(
    house: HouseRules,
    person_id: int | None,
    *,
    town: str = "",
    amount: Decimal | None = None,
    currency: str = "",
) -> Dispute:
    """What decides who hears it. The person's place is looked up only where a body of their town
    may be known, and not where it is given.
    """
    by_town = any(body.municipality for body in bodies_of(house))
    if by_town and not town and person_id is not None:
        town = whereabouts_of([person_id]).get(person_id, "")
    return _dispute(house, town, amount, currency)


def disputes_of(house: HouseRules, people: Iterable[int]) -> dict[int, Dispute]:
    """The same for many people at once."""
    by_town = any(body.municipality for body in bodies_of(house))
    places = whereabouts_of(people) if by_town else {}
    return {person: _dispute(house, places.get(person, ""), None, "") for person in people}


def _dispute(house: HouseRules, town: str, amount: Decimal | None, currency: str) -> Dispute:
    entity = house.entity
    return Dispute(
        country=entity.country,
        region=entity.region,
        town=town,
        sector=entity.sector,
        amount=amount,
        currency=currency,
    )


def named_in_a_letter(
    kind: str, dispute: Dispute, house: HouseRules, language: str, *, at: datetime
) -> str:
    """The bodies of a kind that are there on the day of a letter, the nearest first, with address
    and form; empty where none is known.
    """
    on: date = local_day(at, house.entity.timezone)
    found = who_hears(kind, dispute, bodies_of(house), on=on)
    return " ".join(in_a_line(body, language) for body in found[:_MOST_IN_A_LETTER])
