"""Within how long calls are answered: a promise until the law binds, then the law."""

from datetime import date

import pytest

from valedor.channels.telephone.service_limits import ServiceLimit, limit_of
from valedor.channels.tests.post_room import a_house
from valedor.people.models import Entity
from valedor.procedures.house_rules import forget, house_rules

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2026, 12, 27), date(2026, 12, 28)


def limit(house: Entity, on: date) -> ServiceLimit:
    house.save()
    forget()
    return limit_of(house_rules(house.pk), on=on)


def test_a_promise_until_it_binds() -> None:
    house = a_house()
    house.regimes, house.promised_regimes = ["es-lsac-2025"], ["es-lsac-2025"]
    promised, binding = limit(house, BEFORE), limit(house, AFTER)
    assert (promised.seconds, promised.share, promised.is_promise) == (180, 95, True)
    assert "10" in promised.article
    assert (binding.article, binding.is_promise) == (promised.article, False)


def test_a_promise_of_a_law_that_never_binds_the_house() -> None:
    house = a_house()
    house.regimes, house.promised_regimes = ["iso-10002"], ["es-lsac-2025"]
    assert limit(house, AFTER).is_promise


def test_without_either_it_is_only_measured() -> None:
    house = a_house()
    house.regimes, house.promised_regimes = ["es-lsac-2025"], []
    assert limit(house, BEFORE).article == ""
    assert limit(house, AFTER).article != ""
    house.regimes = ["iso-10002"]
    assert limit(house, AFTER).article == ""
