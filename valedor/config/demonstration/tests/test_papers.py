"""Paper in each house: letters that wait to be filed, and one that the post brought back."""

from datetime import UTC, datetime

from valedor.casefile.models import Entry, Letter
from valedor.casefile.verification import verify
from valedor.casefile.viewing import the_house, viewing
from valedor.channels.post.models import Scan
from valedor.config.demonstration import papers
from valedor.config.demonstration.perform import perform
from valedor.config.demonstration.stories import Story
from valedor.config.demonstration.tests.conftest import SettledIn

NOW = datetime(2026, 11, 26, 11, tzinfo=UTC)  # A Thursday.


def by_letter(entity: str, language: str) -> Story:
    return Story(
        entity=entity,
        title="X",
        days_ago=40,
        language=language,
        narrative="X",
        category="other",
        answer_by="letter",
        person={"name": "X", "address": "Carrer Major 1\n08001 Barcelona"},
        findings=[{"side": "company", "text": "X"}],
        decisions=[{"outcome": "not_upheld", "grounds": "X", "reasons": "X"}],
        opening="X",
        reaction="silent",
        until="respond",
    )


def test_each_house_has_paper_in_and_out(settled_in: SettledIn) -> None:
    household = settled_in(NOW)
    for key, language in (("besos", "ca"), ("ipe", "pt-br")):
        perform([by_letter(key, language)], household, until=NOW, strictly=True)
    papers.happen(household, until=NOW)
    with viewing(the_house()):
        letters = Scan.objects.filter(parted_at=None)
        assert letters.filter(entity=household.entities["besos"]).count() == 3
        assert letters.filter(entity=household.entities["ipe"]).count() == 1
        assert not letters.exclude(raw__state="held").exists()
        assert "84 metres" in " ".join(letters.get(name="correu-del-mati-1.pdf").text.split())
        for entity in household.entities.values():
            back = Letter.objects.filter(entity=entity).exclude(returned="")
            assert [one.state for one in back] == [Letter.State.REFUSED]
            kinds = set(Entry.objects.filter(entity=entity).values_list("kind", flat=True))
            assert "letter.returned" in kinds
        assert verify().broken == []
