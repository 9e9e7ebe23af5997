"""The description of every act, made from its form: an address and a body for each noun."""

from copy import deepcopy
from typing import Any

from valedor.acts import ACTS, Act
from valedor.api.filling import MULTIPART, SEEN
from valedor.api.shapes import shape_of

_NAMED = "/api/v1/cases/{reference}/acts/{noun}"
_ON_A_THING = f"{_NAMED}/{{item}}"
_SEEN = {
    "type": "integer",
    "minimum": 0,
    "title": "The last entry of the timeline that was read",
    "description": "Refused with changed_meanwhile where others wrote something since.",
}
_FILES = {
    "type": "array",
    "items": {"type": "string", "contentMediaType": "application/octet-stream"},
}


def spell_out_acts(document: dict[str, Any]) -> None:
    """Put one address for each act in place of those that stand for all."""
    paths: dict[str, Any] = document["paths"]
    named, on_a_thing = paths.pop(_NAMED), paths.pop(_ON_A_THING)
    for noun, act in ACTS.items():
        address = (_ON_A_THING if act.with_item else _NAMED).replace("{noun}", noun)
        paths[address] = _of_one(act, on_a_thing if act.with_item else named)


def _of_one(act: Act, methods: dict[str, Any]) -> dict[str, Any]:
    told = deepcopy(methods)
    name = act.noun.replace("-", "_")
    for method, operation in told.items():
        operation["operationId"] = f"{'do' if method == 'post' else 'read'}_{name}"
        operation["parameters"] = [one for one in operation["parameters"] if one["name"] != "noun"]
        operation["summary"] = str(act.title)
        if method == "post":
            operation["description"] = " ".join(filter(None, [str(act.words), _LEFT_OUT]))
            operation["requestBody"] = _body_of(act)
    return told


_LEFT_OUT = "What is left out of the body is as the page shows it."


def _body_of(act: Act) -> dict[str, Any]:
    shape = shape_of(act.form)
    if act.heeds_changes:
        shape["properties"][SEEN] = _SEEN
    content = {"application/json": {"schema": shape}}
    if act.with_files:
        with_files = deepcopy(shape)
        with_files["properties"]["file"] = _FILES
        content[MULTIPART] = {"schema": with_files}
    return {"content": content, "required": bool(shape.get("required"))}
