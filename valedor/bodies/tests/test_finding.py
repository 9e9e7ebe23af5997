"""Who hears a dispute: by day, place, trade and amount."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from valedor.bodies.finding import Dispute, who_hears
from valedor.bodies.models import Body

TODAY = date(2026, 11, 29)
HERE = Dispute(country="ES", region="ES-CT", town="Carrer Major, 1\n08911 Badalona", sector="water")


def body(key: str, **more: Any) -> Body:
    values: dict[str, Any] = {
        "kind": "consumer_arbitration_board",
        "country": "ES",
        "place": "ES-CT",
        "valid_from": date(2025, 1, 1),
    }
    return Body(key=key, **(values | more))


def found(*bodies: Body, dispute: Dispute = HERE, on: date = TODAY) -> list[str]:
    return [one.key for one in who_hears("consumer_arbitration_board", dispute, bodies, on=on)]


def test_the_town_comes_before_the_region_and_the_region_before_the_country() -> None:
    country, region = body("es", place="ES"), body("ct")
    town = body("bdn", municipality="Badalona")
    assert found(country, region, town) == ["bdn", "ct", "es"]


@pytest.mark.parametrize(
    ("where", "is_named"),
    [
        ("Badalona", True),
        ("BADALONA (Barcelonès)", True),
        ("Badalonès", False),
        ("Carrer de Badalona, 3\n08004 Barcelona", True),
        ("", False),
    ],
)
def test_a_body_of_a_town_serves_whoever_names_it(where: str, is_named: bool) -> None:
    town = body("bdn", municipality="Badalona")
    assert (found(town, dispute=replace(HERE, town=where)) == ["bdn"]) is is_named


def test_a_town_is_known_without_its_accents() -> None:
    assert found(
        body("x", municipality="Sant Adrià de Besòs"),
        dispute=replace(HERE, town="sant adria de besos"),
    ) == ["x"]


def test_a_body_of_another_region_or_country_is_not_named() -> None:
    assert found(body("md", place="ES-MD"), body("rj", country="BR", place="BR-RJ")) == []
    assert found(body("cat", place="ES-C")) == []


def test_a_trade_that_it_does_not_hear_of_is_not_its_own() -> None:
    assert found(body("w", sectors=["water"]), body("t", sectors=["telecom"])) == ["w"]


@pytest.mark.parametrize(
    ("amount", "heard"),
    [(None, True), ("99.99", False), ("100", True), ("600.00", True), ("600.01", False)],
)
def test_amounts_at_the_limit_are_heard_and_one_nobody_named_bars_nobody(
    amount: str | None, heard: bool
) -> None:
    limited = body("l", amount_from=Decimal(100), amount_until=Decimal(600), currency="EUR")
    asked = replace(HERE, amount=Decimal(amount) if amount else None, currency="EUR")
    assert (found(limited, dispute=asked) == ["l"]) is heard


def test_a_body_is_there_from_its_first_day_to_its_last() -> None:
    old = body("old", valid_until=TODAY)
    new = body("new", valid_from=date(2026, 11, 30))
    assert found(old, new) == ["old"]
    assert found(old, new, on=date(2026, 11, 30)) == ["new"]
    assert found(old, on=date(2024, 12, 31)) == []
