"""In each house leads gave out cases in bulk, several at once and everything of whoever went."""

from datetime import UTC, datetime

import pytest

from valedor.casefile.models import Case, Entry
from valedor.casefile.verification import verify
from valedor.casefile.viewing import the_house, viewing
from valedor.config.demonstration.giving_out import givings_out, told
from valedor.config.demonstration.perform import perform
from valedor.config.demonstration.stories import Story
from valedor.config.demonstration.tests.conftest import SettledIn
from valedor.handling.models import Assignment

NOW = datetime(2026, 11, 26, 11, tzinfo=UTC)  # A Thursday.
ENOUGH = 5


def under_way(entity: str, language: str, days_ago: float) -> Story:
    return Story(
        entity=entity,
        title="X",
        days_ago=days_ago,
        language=language,
        narrative="X",
        category="billing",
        person={"name": "X", "email": "x@example.org"},
        findings=[{"side": "company", "text": "X"}],
        until="find",
    )


@pytest.mark.parametrize("what", ["several", "all_of"])
def test_each_is_told_of_five_times_and_always_with_its_own_reason(what: str) -> None:
    for entity in ("besos", "ipe"):
        rows = told()[entity][what]
        assert len(rows) >= ENOUGH
        assert len({row["reason"] for row in rows}) == len(rows)


def test_each_is_done_five_times_at_its_moment_and_leaves_nothing_with_nobody(
    settled_in: SettledIn,
) -> None:
    household = settled_in(NOW)
    for entity, language in (("besos", "ca"), ("ipe", "pt-br")):
        done = givings_out(entity, household, NOW)
        stories = [under_way(entity, language, 46 - number / 10) for number in range(6)]
        perform(stories, household, until=NOW, strictly=True, also=done)
        for one in done:
            assert one.done.refused == []
            assert one.done.done >= 1, one.told
            with viewing(the_house(one.entity)):
                made = Assignment.objects.filter(reason=one.told["reason"])
                assert {row.at for row in made} == {one.begins_at}
                assert {row.by_id for row in made} == {one.lead.pk}
    with viewing(the_house()):
        assert not Case.objects.filter(closed_at=None, holder=None).exists()
        assert Entry.objects.filter(kind="case.assigned").exists()
        assert verify().broken == []
