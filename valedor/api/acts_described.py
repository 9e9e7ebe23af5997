"""The description of every act, made from its form: an address and a body for each noun."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from valedor.acts import EVERY_ACT, Act
from valedor.acts.desk import DESK_ACTS, DeskAct
from valedor.acts.office import OFFICE_ACTS
from valedor.api.filling import MULTIPART, SEEN
from valedor.api.shapes import shape_of

_NAMED = "/api/v1/cases/{reference}/acts/{noun}"
_ON_A_THING = f"{_NAMED}/{{item}}"
_AT_DESK = "/api/v1/acts/{noun}"
_AT_DESK_ON = f"{_AT_DESK}/{{thing}}"
_IN_OFFICE = "/api/v1/office/files/{reference}/acts/{noun}"
_IN_OFFICE_ON = f"{_IN_OFFICE}/{{item}}"
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
    kinds: list[tuple[str, Mapping[str, Act | DeskAct], str, str]] = [
        ("", EVERY_ACT, _NAMED, _ON_A_THING),
        ("desk_", DESK_ACTS, _AT_DESK, _AT_DESK_ON),  # An absence is no absence from a booking.
        ("office_", OFFICE_ACTS, _IN_OFFICE, _IN_OFFICE_ON),
    ]
    for kind, acts, named, on_a_thing in kinds:
        told = {address: paths.pop(address) for address in (named, on_a_thing)}
        for noun, act in acts.items():
            address = on_a_thing if act.with_item else named
            paths[address.replace("{noun}", noun)] = _of_one(act, kind, told[address])


def _of_one(act: Act | DeskAct, kind: str, methods: dict[str, Any]) -> dict[str, Any]:
    told = deepcopy(methods)
    name = kind + act.noun.replace("-", "_")
    for method, operation in told.items():
        operation["operationId"] = f"{'do' if method == 'post' else 'read'}_{name}"
        operation["parameters"] = [one for one in operation["parameters"] if one["name"] != "noun"]
        operation["summary"] = str(act.title)
        if method == "post":
            operation["description"] = " ".join(filter(None, [str(act.words), _LEFT_OUT]))
            operation["requestBody"] = _body_of(act)
    return told


_LEFT_OUT = "What is left out of the body is as the page shows it."


def _body_of(act: Act | DeskAct) -> dict[str, Any]:
    shape = shape_of(act.form)
    if isinstance(act, Act) and act.heeds_changes:
        shape["properties"][SEEN] = _SEEN
    content = {"application/json": {"schema": shape}}
    if act.with_files:
        with_files = deepcopy(shape)
        with_files["properties"]["file"] = _FILES
        content[MULTIPART] = {"schema": with_files}
    return {"content": content, "required": bool(shape.get("required"))}
