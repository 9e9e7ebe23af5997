"""What a form of a page calls its fields and choices, read off the page as anybody reads it.

So what was typed can be shown again in words, whichever form it was, and none has to be told about.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]

_TICKED = {"radio", "checkbox"}
_NOT_SHOWN = {"hidden", "file", "submit"}
_BESIDES = {"field__optional", "choice__help"}


@dataclass
class _Control:
    name: str
    kind: str
    id: str
    value: str
    legend: list[str]


@dataclass
class _Form:
    controls: list[_Control] = field(default_factory=list)
    labels: dict[str, list[str]] = field(default_factory=dict)
    options: dict[tuple[str, str], list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class FormWords:
    """The title of a page, and one of its forms in words: by field, and by field and choice."""

    title: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def of_value(self, name: str, value: str) -> str:
        """A choice as its page calls it, or what was typed."""
        return self.choices.get((name, value), value)


def words_of_form(html: str, names: Collection[str]) -> FormWords:
    """The words of that form of a page which has most of these fields."""
    page = _Page()
    page.feed(html)
    page.close()
    if not page.forms:
        return FormWords(title=_text(page.title))
    best = max(page.forms, key=lambda one: len({it.name for it in one.controls} & set(names)))
    fields: dict[str, str] = {}
    choices = {key: _text(parts) for key, parts in best.options.items()}
    for control in best.controls:
        label = _text(best.labels.get(control.id, []))
        if control.kind in _TICKED:
            choices[control.name, control.value] = label
            label = _text(control.legend) or label
        fields.setdefault(control.name, label)
    return FormWords(_text(page.title), fields, choices)


class _Page(HTMLParser):
    """Hears a page read out and remembers what belongs to its forms."""

    def __init__(self) -> None:
        super().__init__()
        self.title: list[str] = []
        self.forms: list[_Form] = []
        self._sinks: list[tuple[str, list[str]]] = []  # What takes the text now, and its element.
        self._beside = ""  # The element whose text is no part of a name.
        self._legend: list[str] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        of = {name: value or "" for name, value in attrs}
        if tag == "h1":
            self._sinks.append((tag, self.title))
        elif tag == "form":
            self.forms.append(_Form())
        elif _BESIDES & set(of.get("class", "").split()):
            self._beside = tag
        elif self.forms:
            self._within(tag, of)

    def _within(self, tag: str, of: dict[str, str]) -> None:
        form = self.forms[-1]
        if tag == "fieldset":
            self._legend = []
        elif tag == "legend":
            self._sinks.append((tag, self._legend))
        elif tag == "label":
            self._sinks.append((tag, form.labels.setdefault(of.get("for", ""), [])))
        elif tag == "option":
            parts = form.options.setdefault((self._select, of.get("value", "")), [])
            self._sinks.append((tag, parts))
        elif tag in {"input", "select", "textarea"} and of.get("name"):
            self._select = of["name"]
            kind = of.get("type", tag)
            if kind not in _NOT_SHOWN:
                value = of.get("value", "on")
                control = _Control(of["name"], kind, of.get("id", ""), value, self._legend)
                form.controls.append(control)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._beside:
            self._beside = ""
        elif self._sinks and self._sinks[-1][0] == tag:
            self._sinks.pop()
        if tag == "fieldset":
            self._legend = []

    def handle_data(self, data: str) -> None:
        if self._sinks and not self._beside:
            self._sinks[-1][1].append(data)


def _text(parts: list[str]) -> str:
    return " ".join("".join(parts).split())
