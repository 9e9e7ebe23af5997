"""Where a person can turn to after the house: what it costs, how long it takes, whom it binds."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from valedor.procedures.answer_terms import answer_term
from valedor.procedures.applicable import packs_of
from valedor.procedures.bodies import doors_of_the_house, with_the_courts
from valedor.procedures.explanation import length_in_words
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.schema import Door
from valedor.procedures.vocabulary_tables import cost_and_effect, word
from valedor.telling import spoken

_COURTS = ("court", "small_claims_court")


@dataclass(frozen=True)
class Rung:
    """One body further up."""

    key: str
    plain: str
    costs: str
    takes: str
    binds: str
    opens: str

    @property
    def name(self) -> str:
        """Its name at the beginning of a line."""
        return self.plain[:1].upper() + self.plain[1:]


def ladder_of(house: HouseRules) -> list[Rung]:
    """Every body that the entity's regimes open, the nearest first and the courts last."""
    doors = [door for _version, pack in packs_of(house) for door in pack.doors]
    openings = _openings((*doors, *doors_of_the_house(house)))
    keys = with_the_courts(openings)
    return [_rung(key, openings.get(key, ("any_time",)), house) for key in keys]


def _openings(doors: Iterable[Door]) -> dict[str, tuple[str, ...]]:
    """When each body may be turned to, by any of the doors that lead there."""
    openings: dict[str, tuple[str, ...]] = {}
    for door in doors:
        for key in door.to:
            openings[key] = tuple(dict.fromkeys((*openings.get(key, ()), *door.when)))
    return openings


def _rung(key: str, openings: Iterable[str], house: HouseRules) -> Rung:
    costs, binds = cost_and_effect("bodies", key)
    opens = ["any_time"] if "any_time" in openings else list(openings)
    return Rung(
        key=key,
        plain=word("bodies", key),
        costs=costs,
        takes=_takes(key, house),
        binds=binds,
        opens=spoken.either(word("openings", opening) for opening in opens),
    )


def _takes(key: str, house: HouseRules) -> str:
    if key in _COURTS:
        return _("How long it takes depends on the court.")
    term = answer_term(key, house)
    if term is None:
        return _("No term is set for its answer.")
    limit = term.clock.rule.limit
    return _("It has %(length)s to answer once the file is complete.") % {
        "length": length_in_words(limit.length, limit.unit.value)
    }
