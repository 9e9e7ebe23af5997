"""What the form of an act asks, as JSON Schema: in the description of the interface and, with what
can be chosen in a certain case, in the answer of that case.

Both are read from the form itself, so that neither says what the page does not ask.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from valedor.acts.act import ActForm
from valedor.acts.desk import DeskForm
from valedor.foundation.multilingual import LANGUAGES

Node = dict[str, Any]
Form = ActForm | DeskForm

LONGEST_TEXT = 100_000
MOST_CHOSEN = 500


def shape_of(form: Form | type[Form]) -> Node:
    """The body of an act, for any case (of the class) or for one (of a form that stands before
    it).
    """
    is_of_a_case = isinstance(form, forms.Form)
    fields = form.fields if isinstance(form, forms.Form) else form.base_fields
    properties: dict[str, Node] = {}
    required = []
    for name in told_in(form):
        properties[name] = words_node(form, name)
        if "required" in properties[name]:
            required.append(name)
    for name, field in fields.items():
        if isinstance(field, forms.FileField) or text_of(form, name):
            continue
        node = node_of(field)
        if isinstance(form, forms.Form):
            default = default_of(form, name)
            if default is not None:
                node["default"] = default
        elif field.initial is not None:
            node["default"] = in_json(field.initial)
        if field.required and "default" not in node:
            required.append(name)
        properties[name] = node
    shape: Node = {"type": "object", "properties": properties, "additionalProperties": False}
    if required and (is_of_a_case or not keeps(form)):
        shape["required"] = required
    if form.grows and not is_of_a_case:
        # Which of them there are depends on the case: the list of its acts names them.
        shape["patternProperties"] = {f"^{form.grows}": {"type": "string"}}
    return shape


def told_in(form: Form | type[Form]) -> Mapping[str, Any]:
    """The texts in several languages that a form asks, with what they are called."""
    return getattr(form, "told", {})


def text_of(form: Form | type[Form], field: str) -> tuple[str, str] | None:
    """The text, and the language of it, that a field of a page holds a part of."""
    name, _under, language = field.rpartition("_")
    return (name, language) if name in told_in(form) and language in LANGUAGES else None


def words_node(form: Form | type[Form], name: str) -> Node:
    """A text in several languages: an object with a value for each."""
    fields = form.fields if isinstance(form, forms.Form) else {}
    asked = {one: fields[f"{name}_{one}"] for one in LANGUAGES if f"{name}_{one}" in fields}
    said = {language: str(field.initial) for language, field in asked.items() if field.initial}
    spoken: Node = {
        language: {"type": "string", "maxLength": getattr(field, "max_length", 0) or LONGEST_TEXT}
        for language, field in asked.items()
    }
    for language in [] if fields else LANGUAGES:
        spoken[language] = {"type": "string", "maxLength": LONGEST_TEXT}
    node: Node = {
        "type": "object",
        "title": str(told_in(form)[name]),
        "properties": spoken,
        "additionalProperties": False,
    }
    if needed := [one for one, field in asked.items() if field.required and one not in said]:
        node["required"] = needed
    if said:
        node["default"] = said
    return node


def node_of(field: forms.Field) -> Node:
    """What one field takes, what it is called and what helps to answer it."""
    node = _kind_of(field)
    if field.label:
        node["title"] = str(field.label)
    if field.help_text:
        node["description"] = str(field.help_text)
    return node


def default_of(form: Form, name: str) -> Any:
    """What stands for a field that is left out: what its form shows, where that is no guess.

    What has to be chosen or written is never taken from what the case says already, but in the next
    version of a text, which says what the last one said.
    """
    field = form.fields[name]
    base = form.base_fields.get(name)
    is_kept = getattr(form, "keeps_what_is_left_out", False)
    if (
        not is_kept
        and base is not None
        and base.initial is None
        and not isinstance(field, forms.BooleanField)
    ):
        return None
    initial = form.get_initial_for_field(field, name)
    return None if initial is None else in_json(initial)


def keeps(form: Form | type[Form]) -> bool:
    """Whether what is left out stays as it is: the next version of a text."""
    return bool(getattr(form, "keeps_what_is_left_out", False))


def in_json(value: Any) -> Any:
    """A value as a program sends it."""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | int | list):
        return getattr(value, "value", value)
    return str(getattr(value, "value", value))


def _kind_of(field: forms.Field) -> Node:
    if isinstance(field, forms.BooleanField):
        return {"type": "boolean"}
    if isinstance(field, forms.MultipleChoiceField):
        return {
            "type": "array",
            "items": _one_of(field) or {"type": "string"},
            "maxItems": MOST_CHOSEN,
        }
    if isinstance(field, forms.ChoiceField):
        return _one_of(field) or {"type": "string"}
    if isinstance(field, forms.IntegerField) and not isinstance(field, forms.DecimalField):
        return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
    if isinstance(field, forms.DecimalField):
        least = field.min_value
        return {"type": "number", "minimum": float(str(least)) if least is not None else None}
    if isinstance(field, forms.DateTimeField):
        return {"type": "string", "format": "date-time"}
    if isinstance(field, forms.DateField):
        return {"type": "string", "format": "date"}
    if isinstance(field, forms.EmailField):
        return {"type": "string", "format": "email"}
    node: Node = {"type": "string"}
    if field.required:
        node["minLength"] = 1
    node["maxLength"] = getattr(field, "max_length", None) or LONGEST_TEXT
    return node


def _one_of(field: forms.ChoiceField) -> Node | None:
    """The words of a list, each with its name; none where they depend on the case."""
    found = [
        {"const": str(in_json(value)), "title": str(name)} for value, name in _flat(field.choices)
    ]
    return {"type": "string", "oneOf": found} if found else None


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for value, name in choices:
        if isinstance(name, list | tuple):
            yield from _flat(name)
        else:
            yield value, name


def names_in(shape: Mapping[str, Any]) -> list[str]:
    """The fields of a body."""
    return list(shape["properties"])
