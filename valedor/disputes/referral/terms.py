"""Whose word is due when before a body: the company's by the law's own term, the body's in its
own.

The company has ten working days to answer a board of consumer arbitration, or to accept it where it
has not joined (RD 713/2024), ten days on consumidor.gov.br, fifteen working days before the Spanish
supervisors of finance (Orden ECC/2502/2012), five or ten before the Brazilian agency of health.
Elsewhere the notice of the body names the day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from valedor.casefile.limits.begin import calendar_of
from valedor.clocks.fresh import due_day, due_moment
from valedor.clocks.rule import Rule
from valedor.disputes.way_up import AnswerBy, answer_by
from valedor.procedures.answer_terms import Term
from valedor.procedures.applicable import PublishedPacks
from valedor.procedures.house_rules import HouseRules

_ANSWERS = {
    "consumer_arbitration_board": (
        ("es-consumer-arbitration", "trader_answer"),
        ("es-consumer-arbitration", "trader_acceptance"),
    ),
    "consumidor_gov_br": (("br-consumidor-gov", "company_answer"),),
    "banco_de_espana": (("es-financial-supervisor", "entity_allegations"),),
    "cnmv": (("es-financial-supervisor", "entity_allegations"),),
    "dgsfp": (("es-financial-supervisor", "entity_allegations"),),
    "brazilian_regulator": (
        ("br-health-nip", "assistencial"),
        ("br-health-nip", "nao_assistencial"),
    ),
}
# Rules of one trade: they hold for whoever follows them.
_OF_ONE_TRADE = frozenset({"br-health-nip"})
_REFLECTION = ("es-adr-7-2017", "reflection")
_REFLECTS = frozenset({"adr_entity", "sector_body"})


@dataclass(frozen=True)
class CompanyTerm:
    """The law's term for the company's word to a body, and where it ends."""

    term: Term
    version_id: int | None
    due_on: date
    due_at: datetime


def company_term(
    kind: str, house: HouseRules, facts: Mapping[str, bool | None], *, notified_at: datetime
) -> CompanyTerm | None:
    """By when the company owes its word, counted from the notice; None where no rule says so."""
    packs = PublishedPacks(house.versions)
    known = {**house.entity.facts, **facts}
    for regime, name in _ANSWERS.get(kind, ()):
        if regime in _OF_ONE_TRADE and regime not in house.entity.regimes:
            continue
        pack = packs.pack(regime)
        clock = pack.clocks[name]
        if clock.applies_when.judge(known).answer == "no":
            continue
        rule = _read(house, regime, Term(pack, clock))
        zone, calendar = ZoneInfo(house.entity.timezone), calendar_of(house)
        return CompanyTerm(
            Term(pack, clock),
            house.versions.get(regime),
            due_day(rule, notified_at, calendar, zone),
            due_moment(rule, notified_at, calendar, zone),
        )
    return None


def _read(house: HouseRules, regime: str, term: Term) -> Rule:
    reading = house.entity.readings.get(f"{regime}/{term.clock.name}", "default")
    return term.clock.rule_read_as(reading)


def body_term(kind: str, house: HouseRules, *, filed_at: datetime) -> AnswerBy | None:
    """By when the body itself has to end, as far as a rule says so."""
    return answer_by(kind, house, at=filed_at)


def thinks_until(kind: str, house: HouseRules, *, made_at: datetime) -> date | None:
    """Until which day nobody has to say yes or no to a proposal: three working days at least before
    an accredited entity (Ley 7/2017, art. 14.2).
    """
    if kind not in _REFLECTS or house.entity.country != "ES":
        return None
    regime, name = _REFLECTION
    pack = PublishedPacks(house.versions).pack(regime)
    rule = _read(house, regime, Term(pack, pack.clocks[name]))
    return due_day(rule, made_at, calendar_of(house), ZoneInfo(house.entity.timezone))
