"""Whether an entity has joined a body on a day, and so accepts it beforehand."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from valedor.bodies.finding import is_valid
from valedor.bodies.models import Adhesion, Body
from valedor.bodies.queries import adhesions_of, bodies_of
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.vocabulary_tables import vocabulary

_SCHEMES = "adr_schemes"


def adhesion_to(house: HouseRules, body: Body, *, on: date) -> Adhesion | None:
    """The adhesion of the entity to a body that holds on a day."""
    return next(
        (one for one in adhesions_of(house) if one.body == body.key and is_valid(one, on)), None
    )


def covers(adhesion: Adhesion, amount: Decimal | None, currency: str) -> bool:
    """Whether an adhesion reaches as far as an amount; one that nobody has named, it does."""
    if adhesion.amount_until is None or amount is None:
        return True
    return adhesion.currency == currency and amount <= adhesion.amount_until


def joined_on(house: HouseRules, *, on: date) -> list[tuple[Adhesion, Body]]:
    """The schemes of dispute resolution that the entity belongs to on a day, each with its body."""
    schemes = {
        body.key: body for body in bodies_of(house) if _is_scheme(body) and is_valid(body, on)
    }
    return [
        (one, schemes[one.body])
        for one in adhesions_of(house)
        if one.body in schemes and is_valid(one, on)
    ]


def takes_part(house: HouseRules, facts: Mapping[str, bool | None], *, on: date) -> bool | None:
    """Whether it takes part in a scheme: by its dated adhesions where any was ever written down,
    else by what it answered once; None while nobody has said.
    """
    schemes = {body.key for body in bodies_of(house) if _is_scheme(body)}
    if any(one.body in schemes for one in adhesions_of(house)):
        return bool(joined_on(house, on=on))
    return facts.get("trader_adhered")


def _is_scheme(body: Body) -> bool:
    return vocabulary("bodies")[body.kind].content == _SCHEMES
