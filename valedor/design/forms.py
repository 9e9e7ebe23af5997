"""How forms come out: our mark-up for every form, field and widget, and the widgets of our own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import django.forms
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as DjangoEngine
from django.utils.functional import cached_property

OURS = Path(__file__).parent / "templates"
DJANGOS = Path(django.forms.__file__).parent / "templates"


class DesignRenderer(DjangoTemplates):
    """Renders ``{{ form }}`` and ``{{ field.as_field_group }}`` with the parts of this package.

    Our templates are looked up before Django's own, which the stock renderer would find first.
    """

    form_template_name = "design/form/form.html"
    formset_template_name = "design/form/formset.html"
    field_template_name = "design/components/field.html"

    @cached_property
    def engine(self) -> DjangoEngine:
        return DjangoEngine(
            {"APP_DIRS": True, "DIRS": [OURS, DJANGOS], "NAME": "design-forms", "OPTIONS": {}}
        )


class _WithHelp:
    """Choices that each carry a sentence of explanation below their name."""

    helps: Mapping[Any, str]

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        option["help"] = self.helps.get(getattr(value, "value", value), "")
        return option


class ChoiceCards(_WithHelp, forms.RadioSelect):
    """One answer out of several cards. ``helps`` maps a choice's value to its explanation."""

    def __init__(
        self, attrs: Any = None, choices: Any = (), helps: Mapping[Any, Any] | None = None
    ) -> None:
        super().__init__(attrs, choices)
        self.helps = helps or {}


class ChoiceCardsMany(_WithHelp, forms.CheckboxSelectMultiple):
    """Any number of several cards. ``helps`` maps a choice's value to its explanation."""

    def __init__(
        self, attrs: Any = None, choices: Any = (), helps: Mapping[Any, Any] | None = None
    ) -> None:
        super().__init__(attrs, choices)
        self.helps = helps or {}


class DayInput(forms.DateInput):
    """A day, picked with the browser's own calendar; ISO 8601 on the wire in every language."""

    input_type = "date"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A local day and time to the minute, picked with the browser's own control."""

    input_type = "datetime-local"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class FilesInput(forms.FileInput):
    """Several files at once. The form sees the last; the view reads all of them from the post
    (``request.FILES.getlist``), since each is received, checked and refused on its own.
    """

    allow_multiple_selected = True

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"multiple": True, **(attrs or {})})
