"""What the company says to the ombudsman's office."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.files import files_field
from valedor.acts.words import text_field
from valedor.design.forms import DayInput
from valedor.procedures.models import RedressOption


class StatementForm(forms.Form):
    """What the company has to say."""

    text = text_field(gettext_lazy("What the company says"))
    file = files_field(gettext_lazy("Documents"))


class OpinionForm(forms.Form):
    """Whether the company follows an opinion."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Does the company follow the opinion?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No, for these reasons"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Reasons"),
        help_text=gettext_lazy("The person reads this."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A no has its reasons."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("answer") == "no" and not given.get("text", "").strip():
            self.add_error("text", _("Give the reasons: the person reads them."))
        return given


class OfferForm(forms.Form):
    """Yes or no to a proposal."""

    answer = forms.ChoiceField(
        label=gettext_lazy("What does the company say to the proposal?"),
        choices=[("yes", gettext_lazy("Accept it")), ("no", gettext_lazy("Decline it"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )


class DoneForm(forms.Form):
    """What was done of an opinion."""

    text = text_field(gettext_lazy("What was done, and when?"), rows=4)


class ProposalForm(forms.Form):
    """A proposal of the company's own."""

    option = forms.ChoiceField(label=gettext_lazy("What is proposed?"))
    amount = forms.DecimalField(
        label=gettext_lazy("Amount"), required=False, min_value=Decimal("0.01"), max_digits=12,
        decimal_places=2,
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("In words"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    answer_by = forms.DateField(
        label=gettext_lazy("Until when may the person answer?"),
        widget=DayInput(),
        error_messages={"required": gettext_lazy("Name the day.")},
    )

    def __init__(self, *args: Any, options: Iterable[RedressOption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["option"].choices = [  # type: ignore[attr-defined]
            (option.key, str(option.name)) for option in options
        ]
