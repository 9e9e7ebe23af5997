"""Small makings of what clocks are asked: countings, rules, moments."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from valedor.clocks.counting import Counting
from valedor.clocks.limits import Limit, Unit
from valedor.clocks.outcome import Happening
from valedor.clocks.rule import Extension, Rule

MADRID = ZoneInfo("Europe/Madrid")
SAO_PAULO = ZoneInfo("America/Sao_Paulo")

STAYS = Counting("stays")
ROLLS = Counting("rolls", roll_forward=True)
BRAZIL = Counting("brazil", roll_forward=True, month_end="next_day")
UNION = Counting("union", roll_forward=True, at_least_two_working_days=True)
OFFICE = Counting("office", roll_forward=True, electronic_filing_moves=True)
BANKS = Counting("banks", roll_forward=True, calendar="BR-BANK")
COUNTINGS = (STAYS, ROLLS, BRAZIL, UNION, OFFICE, BANKS)


def a_rule(
    length: int, unit: Unit = Unit.BUSINESS_DAYS, counting: Counting = STAYS, **more: Any
) -> Rule:
    return Rule(Limit(length, unit, counting), **more)


def a_pausing_rule(length: int, unit: Unit, counting: Counting = STAYS) -> Rule:
    return a_rule(
        length,
        unit,
        counting,
        pauses_on=("asked", "asked_elsewhere"),
        resumes_on=("answered", "answered_elsewhere"),
        extension=Extension(length, unit),
    )


def at(text: str, zone: ZoneInfo = MADRID) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def happened(name: str, when: str, length: int | None = None, unit: str | None = None) -> Happening:
    return Happening(name, at(when), length, unit)
