"""The ladder's dates are those of the worked cases for Spain, Catalonia and Brazil."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db.models import F

from tests.cast import Cast, a_case, again, days, under
from valedor import procedures
from valedor.bodies.finding import Dispute
from valedor.casefile.models import Deadline, Stage
from valedor.disputes.openings import Why, openings_of
from valedor.disputes.way_up import WayUp, answer_by, way_up
from valedor.handling.actions.sweep import sweep
from valedor.handling.going_further import ways_from_the_complaint
from valedor.handling.queries import case_state
from valedor.people.models import Configuration, Entity
from valedor.procedures.house_rules import HouseRules, house_rules

WORKED: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(procedures.__file__).parent / "tests/cases.toml").read_text("utf-8")
)
ES, BR = Dispute("ES", "ES-CT", sector="water"), Dispute("BR", "BR-RJ", sector="telecom")


def house_at(cast: Cast, region: str, *regimes: str) -> HouseRules:
    entity = cast.besos if region.startswith("ES") else cast.ipe
    Entity.objects.filter(pk=entity.pk).update(region=region, regimes=list(regimes))
    Configuration.objects.update(number=F("number") + 1)
    return house_rules(entity.pk)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("es-ct-03", "mediation_service"),
        ("es-ct-03", "consumer_office"),
        ("es-ct-03", "catalan_consumer_agency"),
        ("es-adr-02", "adr_entity"),
        ("es-arb-02", "consumer_arbitration_board"),
        ("br-ouv-03", "ouvidoria"),
        ("br-ouv-04", "ouvidoria"),
        ("br-pub-01", "ouvidoria"),
    ],
)
def test_filed_on_the_day_of_a_worked_case_the_answer_is_due_on_its_day(
    cast: Cast, name: str, kind: str
) -> None:
    case = WORKED[name]
    (region,) = case["regions"]
    found = answer_by(kind, house_at(cast, region, case["regime"]), at=case["start"])
    assert found is not None
    assert (found.term.pack.key, found.term.clock.name) == (case["regime"], case["clock"])
    assert found.on == case["due"]
    assert found.is_provisional is case["provisional"]


def test_an_opinion_has_two_months_where_nothing_stopped_it(cast: Cast) -> None:
    """gen-omb-01 without its pause: 23 October and two months."""
    house = house_at(cast, "ES-CT", "generic-ombudsman")
    found = answer_by("ombudsman", house, at=WORKED["gen-omb-01"]["start"])
    assert found is not None
    assert str(found.on) == "2026-12-23"


def test_the_platform_has_ten_days(cast: Cast) -> None:
    house = house_at(cast, "BR-RJ", "br-cdc")
    at = datetime(2026, 11, 29, 12, tzinfo=ZoneInfo("America/Sao_Paulo"))
    found = answer_by("consumidor_gov_br", house, at=at)
    assert found is not None
    assert str(found.on) == "2026-12-09"


def test_the_mediation_of_catalonia_sets_no_term_elsewhere(cast: Cast) -> None:
    assert (
        answer_by("consumer_office", house_at(cast, "ES-MD", "es-trlgdcu-21"), at=days(0)) is None
    )


def seen(cast: Cast, case: Any, at: datetime) -> WayUp:
    state = case_state(again(case))
    deadlines = list(Deadline.objects.filter(case=case))
    answers = [state.response] if state.response and state.response.sent_at else []
    return way_up(state, answers, deadlines, ES, at=at)


def test_silence_opens_the_door_by_itself_the_day_after_the_limit(cast: Cast) -> None:
    """es-21-01: filed on 20 November, the fifteen days end with 5 December 2026."""
    under(cast, "es-trlgdcu-21")
    filed, zone = WORKED["es-21-01"]["start"], ZoneInfo("Europe/Madrid")
    case = a_case(cast, received_at=filed)
    last = datetime(2026, 12, 5, 23, 59, tzinfo=zone)
    before = seen(cast, case, last)
    assert (before.why, before.silent_since) == (None, None)
    board = next(one for one in before.rungs if one.kind == "consumer_arbitration_board")
    assert not board.is_open
    assert board.opening.at == datetime(2026, 12, 6, tzinfo=zone)
    after = seen(cast, case, last + timedelta(minutes=1))
    assert after.why is Why.SILENCE
    assert after.silent_since == datetime(2026, 12, 6, tzinfo=zone)
    assert next(one for one in after.rungs if one.kind == "consumer_arbitration_board").is_open
    sweep(at=last + timedelta(days=1))
    assert seen(cast, case, last + timedelta(days=1)).why is Why.SILENCE


def test_a_month_of_silence_opens_the_accredited_bodies(cast: Cast) -> None:
    """Ley 7/2017, art. 18.1.a: more than a month after the complaint."""
    under(cast, "es-lsac-2025", large_company=True, basic_service=True)
    case = a_case(cast, received_at=days(60), facts={"matter_other": True})
    state, deadlines = case_state(case), list(Deadline.objects.filter(case=case))
    opens = {one.kind: one.at for one in openings_of(state, [], deadlines, at=days(61))}
    assert opens["adr_entity"] == datetime(2027, 2, 20, tzinfo=ZoneInfo("Europe/Madrid"))
    assert opens["court"] == case.received_at


def test_whoever_complained_may_be_turned_away_after_a_year(cast: Cast) -> None:
    """es-adr-04: filed on 22 November 2025, the bar falls on 22 November 2026."""
    worked, zone = WORKED["es-adr-04"], ZoneInfo("Europe/Madrid")
    house = house_at(cast, "ES", "es-trlgdcu-21", "es-adr-7-2017")
    (way,) = ways_from_the_complaint(house, {}, filed_at=worked["start"])
    assert (way.instance, way.clock) == ("sector_body", worked["clock"])
    assert (way.ends_at - timedelta(seconds=1)).astimezone(zone).date() == worked["due"]


def test_the_door_says_by_when_to_act(cast: Cast) -> None:
    under(cast, "es-trlgdcu-21", "es-adr-7-2017")
    way = seen(cast, a_case(cast, received_at=days(0)), days(20))
    entity = next(one for one in way.rungs if one.kind == "adr_entity")
    assert entity.act_by is not None
    last = (entity.act_by.ends_at - timedelta(seconds=1)).astimezone(ZoneInfo("Europe/Madrid"))
    assert str(last.date()) == "2027-11-20"
    assert next(one for one in way.rungs if one.kind == "court").act_by is None


def test_a_company_that_did_not_join_has_its_days_to_accept(cast: Cast) -> None:
    """es-arb-01: ten business days, and silence is a refusal."""
    under(cast, "es-trlgdcu-21", trader_adhered=False)
    case = a_case(cast, stage=Stage.ANSWERED)
    board = next(
        one for one in seen(cast, case, days(1)).rungs if one.kind == "consumer_arbitration_board"
    )
    assert board.joined is not None
    assert board.joined.accepts is False
    assert board.joined.asked_for is not None
    limit = board.joined.asked_for.clock.rule.limit
    assert (limit.length, limit.unit.value) == (10, "business_days")
