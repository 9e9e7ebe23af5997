"""Every fact has a sentence that can be read, its seats, and an action that records it."""

import re
from pathlib import Path

import pytest

import valedor.handling.facts as facts_of_handling
from valedor.casefile.facts import Fact
from valedor.casefile.seats import BOTH_SIDES, Seat

ROOT = Path(facts_of_handling.__file__).parents[2]
FACTS = [
    fact
    for fact in vars(facts_of_handling).values()
    if isinstance(fact, type)
    and issubclass(fact, Fact)
    and fact.__module__.startswith(facts_of_handling.__name__)
]
INTERNAL = {
    "note",
    "find",
    "found",
    "area",
    "assign",
    "recus",
    "part_",
    "approv",
    "reject",
    "decided",
}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.kind)
def test_its_sentence_names_only_what_it_holds(fact: type[Fact]) -> None:
    named = set(re.findall(r"%\((\w+)\)s", str(fact.sentence)))
    assert named <= set(fact.__dataclass_fields__)
    assert fact.__doc__


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.kind)
def test_some_action_records_it(fact: type[Fact]) -> None:
    sources = ROOT.glob("handling/actions/*.py")
    assert any(re.search(rf"\b{fact.__name__}\b", source.read_text()) for source in sources)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.kind)
def test_what_is_internal_stays_inside(fact: type[Fact]) -> None:
    inside = any(word in fact.kind for word in INTERNAL)
    assert fact.seats in {BOTH_SIDES, Seat.COMPANY}
    if inside:
        assert fact.seats == Seat.COMPANY
