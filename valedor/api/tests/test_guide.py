"""What docs/guides/api.md shows is what the interface does."""

import json
import re
from pathlib import Path

import pytest

from valedor.api.interface import description
from valedor.api.tests.test_interface import Program, an_entity, told
from valedor.foundation import moments
from valedor.people.models import Entity
from valedor.procedures.publishing import publish_packs

ROOT = Path(__file__).resolve().parents[3]
GUIDE = (ROOT / "docs/guides/api.md").read_text("utf-8")
GUIDE_OF_MESSAGES = GUIDE.split("## Act as a person")[0] + GUIDE.split("## Languages")[1]
CODE = "\n".join(path.read_text("utf-8") for path in (ROOT / "valedor").rglob("*.py"))
REFERENCE = "2026-001000-T"


@pytest.fixture
def besos(db: None) -> Entity:
    publish_packs(at=moments.now())
    return an_entity("besos")


def test_every_address_of_the_interface_is_shown_and_no_other() -> None:
    """Of the acts, which all work the same way, some are."""
    named = re.findall(r"\$VALEDOR(/[\w/-]+)", GUIDE) + re.findall(r"`GET (/[\w/{}-]+)`", GUIDE)
    shown = {_plain("/api/v1" + address) for address in named}
    described = {_plain(path) for path in description()["paths"]}
    assert shown - described == set()
    assert {path for path in described if not re.search(r"/acts/.", path)} - shown == set()
    assert any(path.endswith("/acts/decision/{}") for path in shown)


def _plain(address: str) -> str:
    """Whatever it is about: a case, a number, a key."""
    found = re.sub(rf"{REFERENCE}|(?<=/)\d+|(?<=acts/article-version/)leak|{{\w+}}", "{}", address)
    return found.replace("{reference}", "{}")


def test_every_code_that_is_named_is_told_somewhere() -> None:
    table = GUIDE.split("| status | means | do |")[1].split("\n\n")[0]
    codes = set(re.findall(r"`([a-z_]+)`", table))
    assert len(codes) > 15
    assert {code for code in codes if f'"{code}"' not in CODE} == set()


def test_the_bodies_of_the_guide_are_answered_as_it_says(besos: Entity) -> None:
    program = Program(besos)
    contact = json.loads(re.findall(r"```json\n(\{\n.+?)```", GUIDE, re.DOTALL)[0])
    registered = told(program.post("cases", contact))
    assert registered["case"]["subject"] == contact["subject"]

    messages = f"cases/{registered['case']['reference']}/messages"
    good, bad = re.findall(r"-d '(\{.+\})'", GUIDE_OF_MESSAGES)
    sent = told(program.post(messages, json.loads(good), key="good"))
    assert f'"text": "{sent["text"]}", "at": "' in GUIDE
    refused = told(program.post(messages, json.loads(bad), key="bad"))
    problem = GUIDE.split('-d \'{"text"')[1].split("```json\n")[1].split("```")[0]
    assert json.loads(problem) == refused
