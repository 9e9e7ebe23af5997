"""What is written down while somebody is on the telephone, in the order of a talk."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy

from valedor.casefile.models import Case
from valedor.desk.forms.contact import ContactForm
from valedor.procedures.house_rules import HouseRules

# What a caller is not asked, and what the call says itself.
_NOT_ASKED = ("subject", "point", "identity_number", "file")
_SAID_BY_THE_CALL = ("channel", "received_at")


class CallForm(ContactForm):
    """A contact by telephone. It reached the house when somebody answered the call."""

    def __init__(
        self,
        house: HouseRules,
        data: MultiValueDict[str, str] | None = None,
        *,
        begun_at: datetime,
        at: datetime,
        on: date,
        troubles: Mapping[str, str] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(house, data, at=at, on=on, troubles=troubles, initial=initial)
        self.begun_at = begun_at
        for name in (*_NOT_ASKED, *_SAID_BY_THE_CALL):
            del self.fields[name]
        self.fields["language"].label = gettext_lazy("Which language do they speak?")

    def clean(self) -> dict[str, Any]:
        """With what nobody was asked, so that it reads as any other contact."""
        given = super().clean()
        given.update(dict.fromkeys(_NOT_ASKED, ""))
        given["channel"] = Case.Channel.TELEPHONE
        given["received_at"] = min(self.begun_at, self.at)
        return given


class WordsForm(forms.Form):
    """What a caller adds to a case that is there."""

    use_required_attribute = False

    reference = forms.CharField(
        label=gettext_lazy("Reference of the case"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Write the reference of the case.")},
    )
    text = forms.CharField(
        label=gettext_lazy("What did they say?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=100_000,
        error_messages={"required": gettext_lazy("Write down what they say.")},
    )


class NumberForm(forms.Form):
    """A call that one is in now, without a switchboard."""

    use_required_attribute = False

    line = forms.ChoiceField(label=gettext_lazy("Where do they call?"))
    number = forms.CharField(
        label=gettext_lazy("Number that the telephone shows"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )

    def __init__(self, choices: list[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data)
        self.fields["line"].choices = choices  # type: ignore[attr-defined]
