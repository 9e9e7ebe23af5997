"""What an entity has joined, and what that means on a day."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import FRIDAY, Cast, a_body
from valedor.bodies.actions.join import join
from valedor.bodies.adhesions import adhesion_to, joined_on, takes_part
from valedor.bodies.models import Adhesion
from valedor.foundation.refusals import Refused
from valedor.people.models import AdministrationEntry
from valedor.procedures.house_rules import house_rules

TODAY = date(2026, 11, 20)


def joins(cast: Cast, body: str = "junta", **more: Any) -> Adhesion:
    values: dict[str, Any] = {"valid_from": date(2026, 1, 1), "by": None, "at": FRIDAY}
    return join(cast.besos, body, **(values | more))


def test_an_adhesion_holds_from_its_first_day_to_its_last(cast: Cast) -> None:
    board = a_body("junta")
    joins(cast, valid_until=date(2026, 12, 31), amount_until=Decimal(600), currency="EUR")
    house = house_rules(cast.besos.pk)
    assert [body.key for _adhesion, body in joined_on(house, on=TODAY)] == ["junta"]
    assert adhesion_to(house, board, on=date(2026, 12, 31)) is not None
    assert adhesion_to(house, board, on=date(2027, 1, 1)) is None
    line = AdministrationEntry.objects.latest("sequence")
    assert (line.act, line.subject) == ("adhesion.set", "besos/junta")


def test_once_adhesions_are_written_down_they_say_whether_it_takes_part(cast: Cast) -> None:
    """The entity once answered that it had joined; the dated rows know better."""
    a_body("junta")
    facts = {"trader_adhered": True}
    assert takes_part(house_rules(cast.besos.pk), facts, on=TODAY) is True
    assert takes_part(house_rules(cast.besos.pk), {}, on=TODAY) is None
    joins(cast, valid_until=date(2026, 3, 31))
    assert takes_part(house_rules(cast.besos.pk), facts, on=date(2026, 3, 31)) is True
    assert takes_part(house_rules(cast.besos.pk), facts, on=TODAY) is False


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"body": "junt"}, "unknown_body"),
        ({"valid_until": date(2025, 1, 1)}, "ends_before_it_begins"),
        ({"amount_until": Decimal(-5), "currency": "EUR"}, "impossible_amount"),
        ({"amount_until": Decimal(5)}, "currency_unreadable"),
        ({"valid_from": date(2026, 6, 1)}, "adhesions_overlap"),
        ({"body": "closed", "valid_from": date(2026, 6, 1)}, "body_ended"),
        ({"subjects": {"ca": "aigua"}, "valid_from": date(2026, 1, 1)}, "language_missing"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, wrong: dict[str, Any], code: str) -> None:
    a_body("junta")
    a_body("closed", kind="adr_entity", valid_until=date(2025, 12, 31))
    joins(cast)
    with pytest.raises(Refused) as caught:
        joins(cast, **wrong)
    assert caught.value.code == code
    assert str(caught.value.refusal)
    assert Adhesion.objects.count() == 1
