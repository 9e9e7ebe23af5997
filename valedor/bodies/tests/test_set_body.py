"""A body is written down, corrected, moves and ends; what cannot be is refused with a sentence."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import FRIDAY, Cast, a_body
from valedor.bodies.actions.set_body import end_body
from valedor.bodies.models import Body
from valedor.foundation.refusals import Refused
from valedor.people.models import AdministrationEntry, Configuration


def lines() -> list[AdministrationEntry]:
    return list(AdministrationEntry.objects.filter(act__startswith="body.").order_by("sequence"))


def test_it_is_written_down_with_a_line_and_read_by_every_process(cast: Cast) -> None:
    before = Configuration.objects.get().number
    a_body("junta", amount_until=Decimal("600.00"), currency="EUR")
    (line,) = lines()
    assert (line.act, line.subject) == ("body.set", "bodies/junta")
    assert (line.after or {})["amount_until"] == "600.00"
    assert Configuration.objects.get().number == before + 1


def test_the_same_first_day_corrects_it_and_the_same_words_change_nothing(cast: Cast) -> None:
    first = a_body("junta")
    a_body("junta")
    assert len(lines()) == 1
    a_body("junta", telephone="010")
    first.refresh_from_db()
    assert first.telephone == "010"
    assert (lines()[-1].before, lines()[-1].after) == ({"telephone": ""}, {"telephone": "010"})


def test_a_body_that_moves_keeps_its_old_address_for_the_days_before(cast: Cast) -> None:
    old = a_body("junta", address="Carrer Vell, 1")
    a_body("junta", address="Carrer Nou, 2", valid_from=date(2027, 1, 1))
    old.refresh_from_db()
    assert (old.address, old.valid_until) == ("Carrer Vell, 1", date(2026, 12, 31))
    assert Body.objects.get(valid_until=None).address == "Carrer Nou, 2"
    assert [line.act for line in lines()] == ["body.set", "body.ended", "body.set"]


def test_it_ends_once(cast: Cast) -> None:
    body = a_body("junta")
    assert end_body(body, date(2026, 12, 31), by=None, at=FRIDAY)
    with pytest.raises(Refused) as caught:
        end_body(body, date(2027, 12, 31), by=None, at=FRIDAY)
    assert caught.value.code == "ended_already"
    assert "2026-12-31" in str(caught.value.refusal)


@pytest.mark.parametrize(
    ("wrong", "code", "says"),
    [
        ({"kind": "consumer_arbitration_bord"}, "unknown_kind", "consumer_arbitration_board"),
        ({"kind": "higher_level"}, "unknown_kind", "try"),
        ({"method": "decisive"}, "unknown_method", "determinative"),
        ({"costs": "nothing"}, "unknown_costs", "try"),
        ({"binds": "all"}, "unknown_binds", "try"),
        ({"place": "ES-CAT"}, "unknown_place", "ES-CT"),
        ({"place": "BR-BANK", "country": "BR"}, "not_a_place", "not a place"),
        ({"country": "PT"}, "place_elsewhere", "does not lie in PT"),
        ({"amount_until": Decimal(-1), "currency": "EUR"}, "impossible_amount", "below zero"),
        (
            {"amount_from": Decimal(2), "amount_until": Decimal(1), "currency": "EUR"},
            "amounts_reversed",
            "lower amount",
        ),
        ({"amount_until": Decimal(600)}, "currency_unreadable", "EUR"),
        ({"valid_until": date(2024, 1, 1)}, "ends_before_it_begins", "before the first"),
        ({"name": {}}, "no_name", "name"),
        ({"source": " "}, "no_source", "where this was read"),
        ({"email": "nowhere"}, "address_unreadable", "https://"),
        ({"form_url": "javascript:alert(1)"}, "address_unreadable", "https://"),
        ({"languages": ["Catalan"]}, "language_unreadable", "two letters"),
        ({"sectors": ["Water!"]}, "sector_unreadable", "water"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    cast: Cast, wrong: dict[str, Any], code: str, says: str
) -> None:
    with pytest.raises(Refused) as caught:
        a_body("junta", **wrong)
    assert caught.value.code == code
    assert says in str(caught.value.refusal)
    assert not Body.objects.exists()
    assert lines() == []


def test_versions_do_not_overlap(cast: Cast) -> None:
    a_body("junta", valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31))
    with pytest.raises(Refused) as caught:
        a_body("junta", valid_from=date(2026, 6, 1))
    assert caught.value.code == "versions_overlap"
    assert "2026-01-01" in str(caught.value.refusal)
    a_body("junta", valid_from=date(2027, 1, 1))
    with pytest.raises(Refused) as caught:
        a_body("junta", valid_from=date(2025, 1, 1))  # Without an end it would run into both.
    assert caught.value.code == "versions_overlap"


def test_one_body_under_two_keys_is_refused(cast: Cast) -> None:
    a_body("junta", name={"ca": "Junta Arbitral", "es": "Junta"})
    with pytest.raises(Refused) as caught:
        a_body("junta-2", name={"ca": "junta arbitral "})
    assert (caught.value.code, "“junta”" in str(caught.value.refusal)) == ("body_twice", True)
    a_body("junta-2", name={"ca": "junta arbitral"}, municipality="Badalona")


def test_only_an_administrator_writes_down_bodies(cast: Cast) -> None:
    with pytest.raises(Refused):
        a_body("junta", by=cast.bruno)
    assert not Body.objects.exists()
