"""Which bodies hear a dispute: by kind, day, place, trade and amount. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from valedor.bodies.models import Adhesion, Body


@dataclass(frozen=True)
class Dispute:
    """What decides who hears it: where the person lives, the entity works, its trade, the amount.

    ``region`` is the entity's, a key of calendars; ``town`` is whatever is known of the person's
    place, in words: a town, or a whole postal address. Without ``amount`` nobody has said it.
    """

    country: str
    region: str
    town: str = ""
    sector: str = ""
    amount: Decimal | None = None
    currency: str = ""


def valid_on(day: date, versions: Iterable[Body]) -> list[Body]:
    """The versions that hold on a day: of each body one at most."""
    return [one for one in versions if is_valid(one, day)]


def is_valid(one: Body | Adhesion, day: date) -> bool:
    """Whether a version of a body, or an adhesion, holds on a day."""
    return one.valid_from <= day and (one.valid_until is None or day <= one.valid_until)


def who_hears(
    kind: str, dispute: Dispute, versions: Iterable[Body], *, on: date
) -> tuple[Body, ...]:
    """Every body of a kind that hears the dispute on a day, the one nearest to the person first."""
    found = [one for one in in_reach(kind, dispute, versions, on=on) if hears(one, dispute)]
    return tuple(sorted(found, key=_nearness))


def in_reach(kind: str, dispute: Dispute, versions: Iterable[Body], *, on: date) -> list[Body]:
    """Those of the person's place and the entity's trade, whatever the amount."""
    return [
        one
        for one in valid_on(on, versions)
        if one.kind == kind
        and one.country == dispute.country
        and (not one.sectors or dispute.sector in one.sectors)
        and _serves(one, dispute)
    ]


def hears(body: Body, dispute: Dispute) -> bool:
    """Whether a body hears disputes about this amount. One that nobody has named bars nobody."""
    amount = dispute.amount
    if amount is None or (body.currency and dispute.currency not in {"", body.currency}):
        return True
    too_little = body.amount_from is not None and amount < body.amount_from
    too_much = body.amount_until is not None and amount > body.amount_until
    return not too_little and not too_much


def _serves(body: Body, dispute: Dispute) -> bool:
    """Whether somebody of this place may turn to it: its town, else its region or country."""
    around = dispute.region == body.place or dispute.region.startswith(f"{body.place}-")
    if not body.municipality:
        return around
    nearby = around or body.place.startswith(f"{dispute.region}-")
    return nearby and _is_named(body.municipality, dispute.town)


def _nearness(body: Body) -> tuple[bool, int, str]:
    return (not body.municipality, -len(body.place), body.key)


def _is_named(town: str, where: str) -> bool:
    """Whether a place in words names a town as a word of its own: “08911 Badalona”."""
    wanted = re.escape(folded(town))
    return bool(re.search(rf"(?<!\w){wanted}(?!\w)", folded(where)))


def folded(text: str) -> str:
    """Without accents and capitals, as people type the names of towns."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(one for one in plain if not unicodedata.combining(one)).casefold().strip()
