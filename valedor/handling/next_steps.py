"""Where a person can turn to next, in the words that letters and pages use.

Every regime that an instance runs under names its doors (``[[doors]]`` of its pack).
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from valedor.casefile.models import Instance
from valedor.procedures.applicable import pack_of_version
from valedor.procedures.vocabulary_tables import vocabulary

AFTER_AN_ANSWER = frozenset(
    {
        "any_time",
        "dissatisfied",
        "dissatisfied_with_attention",
        "refused",
        "internal_options_exhausted",
    }
)

_RESOLUTION = ("adr_entity", "consumer_arbitration_board", "external_dispute_resolution")
_SECTOR = (
    "sector_body",
    "telecoms_dispute_office",
    "national_enforcement_body",
    "brazilian_regulator",
)
_PUBLIC = ("consumer_office", "catalan_consumer_agency", "procon", "consumidor_gov_br", "cnmc")
_SUPERVISORS = ("banco_de_espana", "cnmv", "dgsfp", "central_bank_of_brazil")
_OMBUDSMAN = ("customer_defender", "ouvidoria")
_LAST = ("court", "small_claims_court", "consumer_authority")


def bodies_of(instance: Instance, openings: Collection[str]) -> list[str]:
    """The bodies whose doors are open, in the order in which the packs name them, each once."""
    bodies = [
        body
        for version in instance.procedure_versions
        for door in pack_of_version(version).doors
        if set(door.when) & set(openings)
        for body in door.to
    ]
    return list(dict.fromkeys(bodies))


def named(bodies: Iterable[str], language: str) -> list[str]:
    """Bodies by their names in a language."""
    table = vocabulary("bodies")
    return [table[body].text.in_language(language) for body in bodies]


def places_of_next_steps(
    instance: Instance, facts: dict[str, Any], openings: Collection[str], language: str
) -> dict[str, Any]:
    """The places of a letter that say where to turn to next; those nobody can fill are left out.

    Whether the company takes part in consumer arbitration is a fact of the entity: unanswered, it
    is left
    out, and a letter that must hold it is refused until somebody has answered.
    """
    bodies = bodies_of(instance, openings)
    places: dict[str, Any] = {
        "next_steps": [{"body": name} for name in named(bodies, language)],
        "adr_schemes": _listed(bodies, _RESOLUTION, language),
        "other_bodies": _listed(bodies, _SECTOR, language),
        "public_services": _listed(bodies, _PUBLIC, language),
        "supervisors": _listed(bodies, _SUPERVISORS, language),
        "ombudsman": _listed(bodies, _OMBUDSMAN, language),
        "authority": _listed(bodies, _LAST, language),
    }
    places["participation"] = participation_of(facts, language)
    return {name: value for name, value in places.items() if value}


def participation_of(facts: Mapping[str, Any], language: str) -> str:
    """Whether the company takes part in consumer arbitration; empty while nobody has answered."""
    takes_part = facts.get("trader_adhered")
    if takes_part is None:
        return ""
    with override(language):
        if takes_part:
            return _("We take part in the consumer arbitration system.")
        return _("We do not take part in a system of alternative dispute resolution.")


def _listed(bodies: Iterable[str], group: Collection[str], language: str) -> str:
    return "; ".join(named((body for body in bodies if body in group), language))
