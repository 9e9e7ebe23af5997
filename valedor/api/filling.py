"""From the body that a program sends to a form filled in, and from what is wrong in a form to
problems that name the field, where it stands and what is expected there.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja.errors import HttpError

from valedor.acts import Act, Situation
from valedor.acts.act import ActForm
from valedor.acts.desk import Desk, DeskAct, DeskForm
from valedor.api.faults import Fault, expectation, impossible_characters
from valedor.api.problems import AtFault, FaultsFound
from valedor.api.shapes import Form, default_of, node_of, text_of, told_in, words_node

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

Made = TypeVar("Made", ActForm, DeskForm)

SEEN = "seen"
MULTIPART = "multipart/form-data"
# What a field of a form itself says; whatever else is said comes from the form as a whole.
_OF_FIELDS = frozenset(
    {
        "required",
        "invalid",
        "invalid_choice",
        "invalid_list",
        "max_length",
        "min_length",
        "min_value",
        "max_value",
        "max_digits",
        "max_decimal_places",
        "max_whole_digits",
    }
)


class Sent:
    """What a program sent for an act: its fields and its files."""

    def __init__(self, request: HttpRequest) -> None:
        self.files: list[UploadedFile[bytes]] = []
        if request.content_type == MULTIPART:
            try:
                self.fields: dict[str, Any] = {
                    name: values if len(values) > 1 else values[0]
                    for name, values in request.POST.lists()
                }
                self.files = list(request.FILES.getlist("file"))
                further = [name for name in request.FILES if name != "file"]
            except MultiPartParserError as error:
                raise _unreadable(_("The body is not multipart/form-data.")) from error
            if further:
                words = _("Files are sent as “file”, however many there are.")
                raise AtFault(422, Fault("body", further[0][:200], "field_unknown", words))
        else:
            self.fields = _object_of(request.body)

    def take_seen(self, known: Act) -> str:
        """How far its person has read the timeline, where the act heeds what came since."""
        return str(self.fields.pop(SEEN, "") or "") if known.heeds_changes else ""


def filled(known: Act, situation: Situation, sent: Sent) -> ActForm:
    """The form of an act with what was sent, valid. Raises ``FaultsFound``."""
    initial = dict(known.initial(situation)) if known.initial else {}
    return _valid(lambda *data: known.form(situation, *data, initial=initial), sent)


def filled_at_desk(known: DeskAct, desk: Desk, sent: Sent) -> DeskForm:
    """The same of an act that is not on one case."""
    form: DeskForm = _valid(lambda *data: known.form(desk, *data), sent)
    return form


def _valid(make: Callable[..., Made], sent: Sent) -> Made:
    asked = make()
    fields, faults = spread(asked, sent.fields)
    typed = QueryDict(mutable=True)
    for name in asked.fields:
        default = default_of(asked, name)
        if default is not None and name not in fields:
            _put(typed, name, default)
    for name, value in fields.items():
        fault = _unfit(_as_sent(asked, name), value, asked.fields.get(name))
        if fault:
            faults.append(fault)
        else:
            _put(typed, name, value)
    form = make(typed)
    faults += [_unknown(name, form) for name in fields if name not in form.fields]
    if faults:
        raise FaultsFound(faults)
    if not form.is_valid():
        raise FaultsFound(list(_faults_of(form)))
    return form


def spread(form: Form, sent: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """What was sent as the fields of a page: a text in several languages is a field for each."""
    fields, faults = dict[str, Any](), list[Fault]()
    for name, value in sent.items():
        if text_of(form, name):
            faults.append(_unknown(name, form))
        elif name not in told_in(form):
            fields[name] = value
        elif isinstance(value, Mapping):
            for language, words in value.items():
                if f"{name}_{language}" in form.fields:
                    fields[f"{name}_{language}"] = words
                else:
                    faults.append(_unknown_language(form, name, language))
        else:
            node = words_node(form, name)
            words = _("“%(field)s” has to be %(expected)s.") % {
                "field": name,
                "expected": expectation(node, node),
            }
            faults.append(Fault("body", name, "field_unfit", words))
    return fields, faults


def _unknown_language(form: Form, name: str, language: str) -> Fault:
    known = ", ".join(words_node(form, name)["properties"])
    words = _("There is no field “%(field)s”; there are: %(known)s.") % {
        "field": language[:60],
        "known": known,
    }
    return Fault("body", f"{name}/{language}"[:200], "field_unknown", words)


def _as_sent(form: Form, name: str) -> str:
    """A field of a page as the program knows it."""
    return "/".join(text_of(form, name) or (name,))


def as_typed(form: ActForm) -> dict[str, str]:
    """The fields of a form as a draft of the page holds them."""
    return {name: str(form.data.get(name, "")) for name in form.fields if name in form.data}


def _object_of(body: bytes) -> dict[str, Any]:
    if not body.strip():
        return {}  # Many acts ask nothing.
    try:
        found = json.loads(body)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise HttpError(400, "unreadable") from error
    if not isinstance(found, dict):
        words = _("The body has to be an object.")
        raise AtFault(422, Fault("body", "", "field_unfit", words))
    return found


def _unreadable(words: str) -> AtFault:
    return AtFault(400, Fault("body", "", "body_unreadable", words))


def _put(typed: QueryDict, name: str, value: Any) -> None:
    """As a browser sends it: nothing for a box that is not ticked."""
    if value is None or value is False:
        return
    values = value if isinstance(value, list) else [value]
    typed.setlist(name, ["on" if one is True else str(one) for one in values])


def _unfit(name: str, value: Any, field: forms.Field | None) -> Fault | None:
    """What no form is asked about: a list for a text, half of a character."""
    if fault := impossible_characters(name, value):
        return fault
    if field is None or value is None:
        return None
    if isinstance(field, forms.FileField):
        words = _("“%(field)s” holds files: send the body as multipart/form-data.")
        return Fault("body", name, "field_unfit", words % {"field": name})
    is_many = isinstance(field, forms.MultipleChoiceField)
    values = value if isinstance(value, list) and is_many else [value]
    is_yes_or_no = isinstance(field, forms.BooleanField)
    if all(_is_plain(one, is_yes_or_no=is_yes_or_no) for one in values):
        return None
    return Fault("body", name, "field_unfit", _expected(name, field))


def _is_plain(value: Any, *, is_yes_or_no: bool) -> bool:
    if is_yes_or_no:
        return isinstance(value, bool) or value in {"true", "false", "on", ""}
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _unknown(name: str, form: Form) -> Fault:
    plain = [one for one in form.fields if not text_of(form, one)]
    known = ", ".join([*told_in(form), *plain]) or "—"
    words = _("There is no field “%(field)s”; there are: %(known)s.") % {
        "field": name[:60],
        "known": known,
    }
    return Fault("body", name[:200], "field_unknown", words)


def _faults_of(form: Form) -> Iterator[Fault]:
    for name, errors in form.errors.as_data().items():
        field = form.fields.get(name)
        for error in errors:
            yield _fault_of(_as_sent(form, name) if field else "", field, error)


def _fault_of(name: str, field: forms.Field | None, error: ValidationError) -> Fault:
    """The page's own sentence, with what is expected where it is the field that says it."""
    # What was sent is not repeated, as the library would.
    words = "" if "%(value)s" in str(error.message) else " ".join(error.messages)
    code = "field_missing" if error.code == "required" else "field_unfit"
    if field is not None and error.code in _OF_FIELDS:
        words = f"{words} {_expected(name, field)}".strip()
    return Fault("body", name, code, words)


def _expected(name: str, field: forms.Field) -> str:
    node: Mapping[str, Any] = node_of(field)
    return _("“%(field)s” has to be %(expected)s.") % {
        "field": name,
        "expected": expectation(node, node),
    }
