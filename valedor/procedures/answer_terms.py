"""How long a body outside the house has to answer, as far as a pack sets a term.

Of the terms known for a kind of body the first one counts whose rules hold where the entity is: the
mediation of Catalonia has three months (Decret 98/2014), an accredited dispute entity ninety days
(Ley 7/2017, art. 20), an award ninety (RD 713/2024), the platform consumidor.gov.br ten.
"""

from dataclasses import dataclass

from valedor.procedures.applicable import PublishedPacks
from valedor.procedures.house_rules import HouseRules
from valedor.procedures.schema import Clock, Pack

_MEDIATION = (("es-ct-consumer-code", "mediation"),)
_OMBUDSMAN = (("generic-ombudsman", "opinion"),)
_TERMS = {
    "adr_entity": (("es-adr-7-2017", "outcome"),),
    "sector_body": (("es-adr-7-2017", "outcome"),),
    "consumer_arbitration_board": (("es-consumer-arbitration", "award"),),
    "consumer_office": _MEDIATION,
    "mediation_service": _MEDIATION,
    "catalan_consumer_agency": _MEDIATION,
    "customer_defender": _OMBUDSMAN,
    "ombudsman": _OMBUDSMAN,
    "ouvidoria": (
        ("br-ouvidoria-financeira", "answer"),
        ("br-ouvidoria-publica", "final_answer"),
        *_OMBUDSMAN,
    ),
    "consumidor_gov_br": (("br-consumidor-gov", "company_answer"),),
}
# Rules of one trade or of the administration: they hold for whoever follows them.
_OF_ONE_TRADE = frozenset({"br-ouvidoria-financeira", "br-ouvidoria-publica"})


@dataclass(frozen=True)
class Term:
    """The clock of a body's answer, with the pack it stands in."""

    pack: Pack
    clock: Clock


def answer_term(kind: str, house: HouseRules) -> Term | None:
    """The term within which a kind of body answers; None where no pack that holds here sets one."""
    packs = PublishedPacks(house.versions)
    for regime, name in _TERMS.get(kind, ()):
        pack = packs.pack(regime)
        if _holds(pack, house):
            return Term(pack, pack.clocks[name])
    return None


def _holds(pack: Pack, house: HouseRules) -> bool:
    if pack.key in _OF_ONE_TRADE:
        return pack.key in house.entity.regimes
    place = pack.jurisdiction
    return place in {"*", "EU"} or f"{house.entity.region}-".startswith(f"{place}-")
