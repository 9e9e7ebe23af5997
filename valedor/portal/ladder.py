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
# From the nearest to the last: whoever has no place here stands before the courts.
_ORDER = (
    "customer_defender",
    "ombudsman",
    "ouvidoria",
    "consumidor_gov_br",
    "mediation_service",
    "procon",
    "consumer_office",
    "catalan_consumer_agency",
    "adr_entity",
    "sector_body",
    "consumer_arbitration_board",
    "external_dispute_resolution",
    "brazilian_regulator",
    "consumer_authority",
)
# Says nothing more where a body of its own kind is named.
_VAGUE = "external_dispute_resolution"
_NAMED = {"adr_entity", "sector_body", "consumer_arbitration_board", "consumidor_gov_br"}
# The clock within which a body answers, as far as a pack sets one.
_ANSWERS_WITHIN = {
    "adr_entity": ("es-adr-7-2017", "outcome"),
    "sector_body": ("es-adr-7-2017", "outcome"),
    "consumer_arbitration_board": ("es-consumer-arbitration", "award"),
    "customer_defender": ("generic-ombudsman", "opinion"),
    "ombudsman": ("generic-ombudsman", "opinion"),
    "consumidor_gov_br": ("br-consumidor-gov", "company_answer"),
}


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
    """Every body that the entity's regimes open, the courts last: those are open in any case."""
    packs = PublishedPacks(house.versions)
    published = list(_packs(house, packs))
    openings = _openings(door for pack in published for door in pack.doors)
    is_named = "ouvidoria" in openings  # The ombudsman under the name that Brazil's rules give it.
    if not is_named and any(pack.instance == "ombudsman" for pack in published):
        openings.setdefault("ombudsman", ("no_answer_in_term", "dissatisfied"))
    if _NAMED & set(openings):
        openings.pop(_VAGUE, None)
    courts = [key for key in openings if key in _COURTS] or ["court"]
    keys = sorted((key for key in openings if key not in _COURTS), key=_place)
    return [_rung(key, openings.get(key, ("any_time",)), packs) for key in (*keys, *courts)]


def _place(key: str) -> int:
    return _ORDER.index(key) if key in _ORDER else len(_ORDER)


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
    table = "bodies" if key in vocabulary("bodies") else "instances"
    costs, binds = cost_and_effect(table, key)
    opens = ["any_time"] if "any_time" in openings else list(openings)
    return Rung(
        key=key,
        plain=word(table, key),
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
