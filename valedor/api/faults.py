"""What is wrong with what a program sent: which field, where it stands, and what is expected there.

What is expected is read from the description of the interface, so that both say the same. What was
sent is not repeated: it may be personal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

from django.utils.translation import gettext as _
from pydantic import BaseModel
from pydantic import ValidationError as Unfit

Where = Literal["body", "query", "path", "header"]
Node = Mapping[str, Any]
"""A piece of JSON Schema."""

MOST = 50  # Whoever has more fields wrong learns nothing from the rest.
IMPOSSIBLE = frozenset({"null_character", "string_unicode"})
_OF_FRAGMENTS = "/~!$&'()*+,;=:@-._"


@dataclass(frozen=True)
class Fault:
    """One field that cannot be taken. ``field`` is empty where it is the body as a whole."""

    where: Where
    field: str
    code: str
    detail: str

    @property
    def pointer(self) -> str | None:
        """Where in the body it stands: a JSON pointer (RFC 6901), as the fragment of an address."""
        if self.where != "body":
            return None
        return f"#/{quote(self.field, safe=_OF_FRAGMENTS)}" if self.field else "#"


def faults_in(unfit: Unfit, model: type[BaseModel], where: Where) -> list[Fault]:
    """What a body or an address lacks or has wrong, a fault each."""
    schema = model.model_json_schema()
    errors = unfit.errors(include_url=False, include_context=False, include_input=False)
    return [_fault(error["type"], error["loc"], schema, where) for error in errors[:MOST]]


def in_one_sentence(faults: Sequence[Fault]) -> str:
    """What is told to whoever looks no further."""
    if len(faults) == 1:
        return faults[0].detail
    return _(
        "Several fields cannot be taken as they are: %(fields)s. “errors” says of each what is "
        "expected."
    ) % {"fields": ", ".join(one.field for one in faults)}


def _fault(kind: str, place: Sequence[int | str], schema: Node, where: Where) -> Fault:
    # The library calls the body as a whole by the name of the argument that takes it.
    inside = place[1:] if where == "body" else place
    field = "/".join(_escaped(part) for part in inside)[:200]
    if kind == "extra_forbidden":
        known = ", ".join(_node_at(schema, place[:-1]).get("properties", {}))
        words = _("There is no field “%(field)s”; there are: %(known)s.") % {
            "field": field,
            "known": known,
        }
        return Fault(where, field, "field_unknown", words)
    if kind in IMPOSSIBLE:
        return _impossible(where, field)
    expected = expectation(_node_at(schema, place), schema)
    if kind == "missing":
        if not field:
            words = _("There is no body. Send %(expected)s.") % {"expected": expected}
        else:
            words = _("“%(field)s” is missing. Send %(expected)s.") % {
                "field": field,
                "expected": expected,
            }
        return Fault(where, field, "field_missing", words)
    if not field:
        words = _("The body has to be %(expected)s.") % {"expected": expected}
    else:
        words = _("“%(field)s” has to be %(expected)s.") % {"field": field, "expected": expected}
    return Fault(where, field, "field_unfit", words)


def impossible_characters(name: str, value: Any) -> Fault | None:
    """A null or half of a pair in a name or its value, which no text can hold."""
    if not _is_possible(name):
        return _impossible("body", "")
    values = value if isinstance(value, list) else [value]
    if all(_is_possible(one) for one in values if isinstance(one, str)):
        return None
    return _impossible("body", name)


def _is_possible(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def _impossible(where: Where, field: str) -> Fault:
    if not field:
        words = _("A name in the body holds what is no character: half of a pair. Take it out.")
    else:
        words = _(
            "“%(field)s” holds what is no character: a null, or half of a pair. Take it out."
        ) % {"field": field}
    return Fault(where, field, "character_impossible", words)


def _escaped(part: int | str) -> str:
    """A name as a JSON pointer writes it, fit to be sent back whatever it holds."""
    sendable = str(part).encode("utf-8", "replace").decode()
    return sendable.replace("~", "~0").replace("/", "~1")


def _node_at(schema: Node, place: Sequence[int | str]) -> Node:
    """What the description says of a place."""
    node = schema
    for part in place:
        node = _resolved(node, schema)
        if isinstance(part, int):
            node = node.get("items", {})
        else:
            more = node.get("additionalProperties")
            found = node.get("properties", {}).get(part)
            node = found or (more if isinstance(more, dict) else {})
    return _resolved(node, schema)


def _resolved(node: Node, schema: Node) -> Node:
    """The piece itself: followed to where it is defined, and without the leave to say null."""
    for one in node.get("anyOf", ()):
        if one.get("type") != "null":
            node = one
            break
    if "$ref" in node:
        return dict(schema["$defs"][node["$ref"].rpartition("/")[2]])
    return node


def expectation(node: Node, schema: Node) -> str:
    """What may stand there, as the end of a sentence."""
    node = _resolved(node, schema)
    known = node.get("enum") or [one["const"] for one in node.get("oneOf", ())]
    if known:
        return _("one of these: %(words)s") % {"words": ", ".join(map(str, filter(None, known)))}
    if named := _formats().get(node.get("format", "")):
        return named
    kind = node.get("type")
    if kind == "boolean":
        return _("true or false")
    if kind == "integer" and node["minimum"] == node["maximum"]:
        return str(node["minimum"])
    if kind == "integer":
        return _("a whole number from %(least)s to %(most)s") % {
            "least": node["minimum"],
            "most": node["maximum"],
        }
    if kind == "number":
        return _("a number, such as 12.50")
    if kind == "array":
        return _("a list of at most %(most)s items") % {"most": node["maxItems"]}
    if kind == "object":
        return _object(node)
    return _text(node)


def _formats() -> dict[str, str]:
    return {
        "date-time": _("a moment with its offset, such as 2026-11-20T09:14:00+01:00"),
        "date": _("a day, such as 2026-11-20"),
        "email": _("an e-mail address, such as name@example.org"),
    }


def _object(node: Node) -> str:
    fields = node.get("properties", {})
    if not fields:
        return _("an object in which every value is true or false")
    required = node.get("required", ())
    if not required:
        return _("an object with some of these fields: %(fields)s") % {"fields": ", ".join(fields)}
    return _("an object with at least these fields: %(fields)s") % {"fields": ", ".join(required)}


def _text(node: Node) -> str:
    least, most = node.get("minLength", 0), node.get("maxLength")
    if most is None:
        return _("a text")
    if least:
        return _("a text of %(least)s to %(most)s characters") % {"least": least, "most": most}
    return _("a text of at most %(most)s characters") % {"most": most}
