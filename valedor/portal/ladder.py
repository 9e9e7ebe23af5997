"""Where a person can turn to after the house: what it costs, how long it takes, whom it binds."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from valedor.procedures.applicable import PublishedPacks
from valedor.procedures.explanation import length_in_words
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.refusals import UnknownRegime
from valedor.procedures.schema import Door, Pack
from valedor.procedures.vocabulary_tables import cost_and_effect, vocabulary, word

# Reached within the first contact: not a place one goes to next.
_INSIDE = {"quality_department", "higher_level"}
_COURTS = ("court", "small_claims_court")
# The clock within which a body answers, as far as a pack sets one.
_ANSWERS_WITHIN = {
    "adr_entity": ("es-adr-7-2017", "outcome"),
    "sector_body": ("es-adr-7-2017", "outcome"),
    "consumer_arbitration_board": ("es-consumer-arbitration", "award"),
    "customer_defender": ("generic-ombudsman", "opinion"),
    "consumidor_gov_br": ("br-consumidor-gov", "company_answer"),
}


@dataclass(frozen=True)
class Rung:
    """One body further up."""

    key: str
    name: str
    costs: str
    takes: str
    binds: str
    opens: str


def ladder_of(house: HouseRules) -> list[Rung]:
    """Every body that the entity's regimes open, the courts last: those are open in any case."""
    packs = PublishedPacks(house.versions)
    doors = [door for pack in _packs(house, packs) for door in pack.doors]
    openings = _openings(doors)
    courts = [key for key in openings if key in _COURTS] or ["court"]
    keys = [key for key in openings if key not in _COURTS]
    return [_rung(key, openings.get(key, ("any_time",)), packs) for key in (*keys, *courts)]


def _packs(house: HouseRules, packs: PublishedPacks) -> Iterable[Pack]:
    for key in dict.fromkeys((*house.entity.regimes, *house.entity.promised_regimes)):
        try:
            yield packs.pack(key)
        except UnknownRegime:
            continue


def _openings(doors: Iterable[Door]) -> dict[str, tuple[str, ...]]:
    """When each body may be turned to, by any of the doors that lead there."""
    known = vocabulary("bodies")
    openings: dict[str, tuple[str, ...]] = {}
    for door in doors:
        for key in door.to:
            if key in known and key not in _INSIDE:
                openings[key] = tuple(dict.fromkeys((*openings.get(key, ()), *door.when)))
    return openings


def _rung(key: str, openings: Iterable[str], packs: PublishedPacks) -> Rung:
    costs, binds = cost_and_effect("bodies", key)
    name = word("bodies", key)
    opens = ["any_time"] if "any_time" in openings else list(openings)
    return Rung(
        key=key,
        name=name[:1].upper() + name[1:],
        costs=costs,
        takes=_takes(key, packs),
        binds=binds,
        opens=_(" or ").join(word("openings", opening) for opening in opens),
    )


def _takes(key: str, packs: PublishedPacks) -> str:
    if key in _COURTS:
        return _("How long it takes depends on the court.")
    if key not in _ANSWERS_WITHIN:
        return _("No term is set for its answer.")
    regime, clock = _ANSWERS_WITHIN[key]
    limit = packs.pack(regime).clocks[clock].rule.limit
    return _("It has %(length)s to answer once the file is complete.") % {
        "length": length_in_words(limit.length, limit.unit.value)
    }
