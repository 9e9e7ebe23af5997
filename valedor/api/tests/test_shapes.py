"""What the interface says of an act is what its form asks."""

from typing import Any

import pytest

from tests import cast as people
from tests.cast import Cast
from valedor.acts import ACTS, EVERY_ACT, Situation
from valedor.acts.desk import DESK_ACTS
from valedor.api.faults import expectation
from valedor.api.interface import description
from valedor.api.shapes import node_of, shape_of
from valedor.api.tests.staff_programs import Clock, program_of
from valedor.casefile.models import Stage
from valedor.casefile.viewing import viewer_of, viewing

DESCRIBED = description()["paths"]


def described(noun: str) -> dict[str, Any]:
    """The body of an act in the committed description."""
    place = "/{item}" if ACTS[noun].with_item else ""
    operation = DESCRIBED[f"/api/v1/cases/{{reference}}/acts/{noun}{place}"]["post"]
    found: dict[str, Any] = operation["requestBody"]["content"]["application/json"]["schema"]
    return found


def test_every_act_has_its_address_and_body() -> None:
    nouns = {path.split("/acts/")[1].split("/")[0] for path in DESCRIBED if "/acts/" in path}
    assert nouns >= set(ACTS)
    for noun, act in ACTS.items():
        asked = set(described(noun)["properties"]) - {"seen"}
        assert asked == {name for name, field in act.form.base_fields.items() if name != "file"}, (
            noun
        )
        assert ("seen" in described(noun)["properties"]) is act.heeds_changes


def test_choices_help_and_bounds_stand_in_the_description() -> None:
    severity = described("assessment")["properties"]["severity"]
    assert [one["const"] for one in severity["oneOf"]] == ["1", "2", "3"]
    assert severity["title"] == "How serious is it?"
    assert described("assessment")["properties"]["people_affected"] == {
        "type": "integer",
        "minimum": 1,
        "maximum": 10_000_000,
        "title": "How many people does it affect?",
        "default": 1,
    }
    assert described("assessment")["required"] == ["severity", "difficulty"]
    assert described("delay-notice")["properties"]["expected_on"]["format"] == "date"
    assert described("response")["patternProperties"] == {"^place_": {"type": "string"}}
    document = DESCRIBED["/api/v1/cases/{reference}/acts/document"]["post"]["requestBody"]
    parts = document["content"]["multipart/form-data"]["schema"]["properties"]
    assert parts["file"]["type"] == "array"


def test_of_every_field_it_can_be_said_what_is_expected() -> None:
    acts: list[tuple[str, Any]] = [*EVERY_ACT.items(), *DESK_ACTS.items()]
    for noun, act in acts:
        for name, field in act.form.base_fields.items():
            if name != "file":
                node = node_of(field)
                assert expectation(node, node), (noun, name)


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.ASSESSED, Stage.ANSWERED])
def test_a_case_asks_nothing_that_is_not_described(cast: Cast, clock: Clock, stage: Stage) -> None:
    case = people.a_case(cast, stage=stage)
    viewer = viewer_of(cast.carla)
    with viewing(viewer):
        situation = Situation(case=people.again(case), viewer=viewer, at=clock.at)
        for noun, act in ACTS.items():
            if act.with_item or act.refusal(situation) is not None:
                continue
            form = act.form(situation)
            known = set(act.form.base_fields)
            more = set(form.fields) - known
            assert all(act.form.grows and name.startswith(act.form.grows) for name in more), noun
            body = shape_of(form)
            assert set(body["properties"]) <= set(described(noun)["properties"]) | more


def test_what_can_be_chosen_is_named_for_the_case(cast: Cast, clock: Clock) -> None:
    case = people.a_case(cast, stage=Stage.ASSESSED)
    acts = program_of(cast, cast.bruno, at=clock.at).acts(case.reference)
    options = acts["redress"]["body"]["properties"]["option"]["oneOf"]
    assert {"const": "refund", "title": "Refund"} in options
    assert acts["area-question"]["body"]["properties"]["area"]["oneOf"] == [
        {"const": str(cast.billing.pk), "title": "Billing"}
    ]
    assert "decision/1" in acts
    assert "attendance" not in acts  # It is no booking.
