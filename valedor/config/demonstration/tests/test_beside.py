"""Somebody is away, messages wait to be read, and an old register left rows behind: in each house,
by the same actions as anywhere else.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from valedor.acts.unread_text import reading_of, reference_of
from valedor.casefile.models import Case, RawMessage
from valedor.casefile.verification import verify
from valedor.casefile.viewing import the_house, viewing
from valedor.config.demonstration import beside
from valedor.config.demonstration.house import Household
from valedor.config.demonstration.perform import perform
from valedor.config.demonstration.stories import Story
from valedor.config.demonstration.tests.conftest import SettledIn
from valedor.intake.models import ImportedFile, ImportReject
from valedor.people.models import Absence

NOW = datetime(2026, 11, 26, 11, tzinfo=UTC)  # A Thursday.


@pytest.fixture
def house(settled_in: SettledIn) -> Iterator[Household]:
    """Both houses, with one case under way in each, and what happens beside them."""
    household = settled_in(NOW)
    outcomes = [
        outcome
        for key, language in (("besos", "ca"), ("ipe", "pt-br"))
        for outcome in perform([under_way(key, language)], household, until=NOW, strictly=True)
    ]
    beside.happen(household, outcomes, until=NOW)
    with viewing(the_house()):
        yield household


def under_way(entity: str, language: str) -> Story:
    return Story(
        entity=entity,
        title="X",
        days_ago=6,
        language=language,
        narrative="X",
        category="billing",
        person={"name": "X", "email": "x@example.org"},
        findings=[{"side": "company", "text": "X"}],
        until="find",
    )


def test_each_house_has_what_its_pages_are_for(house: Household) -> None:
    today = NOW.date()
    for entity in house.entities.values():
        people = {
            house.accounts[one.username] for one in house.people if entity.key in one.entities
        }
        away = Absence.objects.filter(account__in=people)
        assert away.filter(from_on__lte=today, to_on__gte=today).count() == 1
        assert away.filter(from_on__gt=today).count() == 1
        held = RawMessage.objects.filter(entity=entity, state=RawMessage.State.HELD)
        assert set(held.values_list("trouble", flat=True)) == {
            "incomplete",
            "not from a page of the case",
        }
        assert all(reading_of(one).narrative for one in held)
        file = ImportedFile.objects.get(entity=entity)
        assert file.finished_at is not None
        assert ImportReject.objects.filter(file=file, settled_at=None).count() == 2
        assert Case.objects.filter(entity=entity, source="spreadsheet").count() == 4
        raw = held.get(trouble="not from a page of the case")
        assert Case.objects.get(reference=reference_of(raw)).entity == entity
    assert verify().broken == []
