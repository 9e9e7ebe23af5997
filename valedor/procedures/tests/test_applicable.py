"""The clocks of an entity, under the versions that it published."""

from dataclasses import replace as changed
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from valedor.clocks.limits import Unit
from valedor.procedures import applicable
from valedor.procedures.applicable import applied_clocks, own_rule, rule_of_version
from valedor.procedures.catalogue import catalogue
from valedor.procedures.loading import pack_from_text

ON = datetime(2026, 11, 20, 9, tzinfo=UTC)
MADRID = ZoneInfo("Europe/Madrid")


class House:
    """As much of the settings of an entity as clocks ask for."""

    def __init__(self, versions: dict[str, int] | None = None, **entity: Any) -> None:
        self.versions = versions or {}
        self.targets = (
            SimpleNamespace(
                meets="respond", kinds=["claim"], length=5, unit="business_days", is_public=False
            ),
        )
        settings = {
            "country": "ES",
            "timezone": "Europe/Madrid",
            "regimes": ["es-trlgdcu-21"],
            "promised_regimes": ["es-lsac-2025"],
            "facts": {"consumer_relation": True, "basic_service": True, "sector_sets_term": False},
            "readings": {},
            "trade_answer_hours": 48,
        }
        self.entity = SimpleNamespace(**{**settings, **entity})


def names(house: House, kind: str, facts: dict[str, bool], instance: str = "company") -> set[str]:
    found = applied_clocks(house, kind, facts, instance, on=ON)  # type: ignore[arg-type]
    return {f"{one.regime}/{one.clock} {one.role}" for one in found}


def test_law_promises_and_target_run_beside_each_other() -> None:
    assert names(House(), "claim", {"matter_billing": True}) == {
        "es-trlgdcu-21/reply law",
        "es-trlgdcu-21/receipt law",
        "es-lsac-2025/identification_key promise",
        "es-lsac-2025/receipt promise",
        "es-lsac-2025/billing_reply promise",
        "iso-10002/first_answer promise",
        "house/respond target",
    }


def test_an_entitys_target_is_for_the_kinds_it_names() -> None:
    assert names(House(promised_regimes=[]), "thanks", {}) == {"iso-10002/first_answer promise"}


def test_the_chosen_reading_is_the_one_that_runs() -> None:
    house = House(readings={"es-lsac-2025/billing_reply": "business_days"})
    found = applied_clocks(house, "claim", {"matter_billing": True}, "company", on=ON)  # type: ignore[arg-type]
    billing = next(one for one in found if one.clock == "billing_reply")
    assert billing.reading == "business_days"
    assert billing.rule.limit.unit is Unit.BUSINESS_DAYS
    assert not billing.binds(ON, MADRID)


def test_a_case_keeps_the_version_it_was_received_under(monkeypatch: pytest.MonkeyPatch) -> None:
    old = pack_from_text(
        catalogue().pack("es-trlgdcu-21").text.replace("length = 15", "length = 30")
    )
    monkeypatch.setattr(applicable, "pack_of_version", {7: old}.__getitem__)
    found = applied_clocks(House({"es-trlgdcu-21": 7}), "claim", {}, "company", on=ON)  # type: ignore[arg-type]
    reply = next(one for one in found if one.clock == "reply")
    assert (reply.version_id, reply.rule.limit.length) == (7, 30)
    again = rule_of_version(7, "reply", reading="default", length=30, unit="calendar_days")
    assert again == changed(reply.rule)


def test_a_limit_without_version_is_the_houses_own() -> None:
    rule = rule_of_version(None, "respond", reading="default", length=5, unit="business_days")
    assert rule == own_rule(5, "business_days")
    assert rule.limit.counting.own_closures
