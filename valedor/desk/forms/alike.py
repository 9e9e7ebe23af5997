"""Two questions before a contact is saved: is it somebody we know, is it a matter that is open?"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy

from valedor.design.forms import ChoiceCards

NEITHER = "none"


class Choice(NamedTuple):
    """A person or a case, with what speaks for it."""

    key: str
    label: str
    help: str


class ApartOrTogether(forms.Form):
    """Nothing is chosen beforehand: nobody is merged, and nothing is added, by accident."""

    use_required_attribute = False

    into = forms.ChoiceField(
        label=gettext_lazy("Is it one of these open cases?"),
        error_messages={"required": gettext_lazy("Choose the case, or say that it is none.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why is it another matter?"),
        help_text=gettext_lazy("For a new case only. Only colleagues read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        error_messages={"required": gettext_lazy("Say why it is another matter.")},
    )
    person = forms.ChoiceField(
        label=gettext_lazy("Is it one of these people?"),
        help_text=gettext_lazy(
            "For a new case only. Ask before you say yes: it can be taken back."
        ),
        error_messages={
            "required": gettext_lazy("Choose the person, or say that it is somebody new.")
        },
    )

    def __init__(
        self,
        persons: Sequence[Choice],
        cases: Sequence[Choice],
        data: MultiValueDict[str, str] | None = None,
    ) -> None:
        super().__init__(data, auto_id="alike_%s", prefix="alike")
        self._offer("into", cases, gettext_lazy("None of these: register a new case"))
        self._offer("person", persons, gettext_lazy("None of these: somebody new"))
        if not cases:
            del self.fields["reason"]

    def _offer(self, name: str, choices: Sequence[Choice], neither: Any) -> None:
        if not choices:
            del self.fields[name]
            return
        known = [(one.key, one.label) for one in choices]
        self.fields[name].widget = ChoiceCards(helps={one.key: one.help for one in choices})
        self.fields[name].choices = [*known, (NEITHER, neither)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Who it is and why it is a new matter is asked where a new case is registered."""
        given = self.cleaned_data
        if given.get("into", NEITHER) != NEITHER:
            for name in ("person", "reason"):
                self.errors.pop(name, None)
        return given
