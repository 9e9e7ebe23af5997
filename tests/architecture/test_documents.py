"""What the written pages leave out, nobody finds."""

import dataclasses
import re

from tests.architecture.layers import ROOT
from valedor.acts import ACTS
from valedor.config.demonstration.stories import Story
from valedor.config.reference_pages import facts, permissions
from valedor.people.permissions import Permission


def test_every_field_of_a_story_is_described() -> None:
    guide = (ROOT / "docs/guides/stories.md").read_text("utf-8")
    described = set(re.findall(r"`(\w+)`", guide))
    fields = {one.name for one in dataclasses.fields(Story)} - {"entity"}
    assert fields - described == set()


def test_every_fact_of_the_code_is_on_its_page() -> None:
    page = facts.page()
    sources = [path for path in (ROOT / "valedor").rglob("*.py") if "tests" not in path.parts]
    kinds = {
        kind
        for path in sources
        for kind in re.findall(r"\(Fact, kind=\"([\w.]+)\"", path.read_text("utf-8"))
    }
    assert len(kinds) > 50
    assert {kind for kind in kinds if f"`{kind}`" not in page} == set()


def test_every_act_and_permission_is_on_its_page() -> None:
    page = permissions.page()
    names = [*ACTS, *(permission.value for permission in Permission)]
    assert [name for name in names if f"`{name}`" not in page] == []


def test_whoever_only_reads_does_nothing() -> None:
    """The page asks the rules themselves: an auditor is left out of every act."""
    acts = [
        cells
        for line in permissions.page().splitlines()
        if len(cells := [cell.strip() for cell in line.split("|")]) == 9
        and cells[2].strip("`") in ACTS
    ]
    assert len(acts) == len(ACTS)
    assert [cells for cells in acts if cells[7]] == []
