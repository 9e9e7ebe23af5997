"""Who may be turned to after the house: in which order, what it costs, whom it binds.

The table of bodies is written from the nearest to the last, those that are free first and the
courts at its end: in that order pages and letters name them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import override

from valedor.procedures.applicable import packs_of
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.schema import Door
from valedor.procedures.vocabulary_tables import cost_and_effect, vocabulary

COURT = "court"
# The house's own ombudsman stands open although no regime that runs at the house says so.
_OWN_OMBUDSMAN = Door(to=("ombudsman",), when=("no_answer_in_term", "dissatisfied"), article="")


@dataclass(frozen=True)
class Body:
    """One body in a reader's language: its name as a line begins, and two sentences about it."""

    name: str
    costs: str
    binds: str


def in_order(bodies: Collection[str]) -> tuple[str, ...]:
    """Those beyond the house, each once, the nearest first.

    A body that is nothing but the kind of another one named says nothing more, and is left out.
    """
    return tuple(
        key
        for key, word in vocabulary("bodies").items()
        if key in bodies and word.instance != "company" and not set(word.unless) & set(bodies)
    )


def with_the_courts(bodies: Collection[str]) -> tuple[str, ...]:
    """The same, and the courts at the end: those are open in any case."""
    found = in_order(bodies)
    known = vocabulary("bodies")
    return found if any(known[key].instance == COURT for key in found) else (*found, COURT)


def doors_of_the_house(house: HouseRules) -> tuple[Door, ...]:
    """The doors that are open because of how the house is made, whatever a case is about."""
    has_ombudsman = any(pack.instance == "ombudsman" for _version, pack in packs_of(house))
    return (_OWN_OMBUDSMAN,) if has_ombudsman else ()


@lru_cache(maxsize=512)
def body_in_words(key: str, language: str) -> Body:
    """One body, told in a language."""
    name = vocabulary("bodies")[key].text.in_language(language)
    with override(language):
        costs, binds = cost_and_effect("bodies", key)
    return Body(name=name[:1].upper() + name[1:], costs=costs, binds=binds)
