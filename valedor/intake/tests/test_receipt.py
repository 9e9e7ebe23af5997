"""What the receipt tells beyond its days: who decides, what silence means, how to hear a call."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.cast import Cast, a_case, acting, days, the_cast, under
from valedor.casefile.models import Case, Letter
from valedor.people.models import Configuration, Entity


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The people, and a viewer that sees what the house holds."""
    cast = the_cast()
    with acting(cast):
        yield cast


def receipt_of(case: Case) -> str:
    return Letter.objects.get(case=case, kind="receipt").body


def test_names_the_team_that_decides(cast: Cast) -> None:
    case = a_case(cast)
    assert case.team is not None
    assert f"Quién lo resuelve: {case.team.name.in_language('es')}\n" in receipt_of(case)


def test_names_the_day_from_which_silence_is_a_no(cast: Cast) -> None:
    """Electricity: past the term the claim counts as rejected (RD 88/2026, art. 55.3)."""
    under(cast, "es-electricity", electricity_supplier=True)
    told = receipt_of(a_case(cast, facts={"matter_other": True}))
    assert "puede considerar rechazada" in told
    under(cast, "es-trlgdcu-21")
    assert "puede considerar rechazada" not in receipt_of(a_case(cast))


def test_says_until_when_a_call_can_be_heard_again(cast: Cast) -> None:
    """Brazil keeps the recordings of calls ninety days (Decreto 11.034/2022, art. 12)."""
    Entity.objects.filter(pk=cast.ipe.pk).update(facts={"consumer_relation": True})
    Configuration.objects.update(number=99)
    said: dict[str, Any] = {"entity_id": cast.ipe.pk, "language": "pt-br", "category_id": None}
    told = receipt_of(a_case(cast, channel=Case.Channel.TELEPHONE, **said))
    assert "pelo menos até 18 de fevereiro de 2027" in told
    assert "gravação" not in receipt_of(a_case(cast, **said))


def test_names_no_day_for_a_recording_where_no_rule_sets_one(cast: Cast) -> None:
    under(cast, "es-trlgdcu-21", "es-lsac-2025", large_company=True, basic_service=True)
    told = receipt_of(a_case(cast, channel=Case.Channel.TELEPHONE, received_at=days(60)))
    assert "Si su llamada se grabó" in told
    assert "al menos hasta el" not in told
