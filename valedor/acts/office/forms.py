"""What the acts of the office ask."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.act import ActForm
from valedor.acts.office import reading
from valedor.acts.office.situation import OfficeSituation
from valedor.acts.words import text_field
from valedor.clocks.fresh import end_of_day
from valedor.design.forms import DayInput
from valedor.handling.models import Decision
from valedor.review.office.models import Proceeding, Statement
from valedor.review.office.rules import missing_in


class OfficeForm(ActForm):
    """A form that stands before a file."""

    situation: OfficeSituation


class TextForm(OfficeForm):
    """Words alone."""

    text = text_field(gettext_lazy("Your words"))


class WordToPersonForm(OfficeForm):
    """What is added to what the letter says anyway."""

    text = forms.CharField(
        label=gettext_lazy("A word to the person"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )


class ExtensionForm(OfficeForm):
    """By how much, and why."""

    length = forms.IntegerField(
        label=gettext_lazy("By how much?"),
        help_text=gettext_lazy("In the unit of the limit: days, business days or months."),
        min_value=1,
        max_value=3650,
    )
    text = text_field(gettext_lazy("Why?"), help_text=gettext_lazy("Both sides read it."), rows=3)


class ReasonsForm(OfficeForm):
    """Why."""

    text = text_field(gettext_lazy("Reasons"), rows=4)


class _WithDay(OfficeForm):
    answer_by = forms.DateField(
        label=gettext_lazy("Until when"),
        widget=DayInput(),
        error_messages={"required": gettext_lazy("Name the day.")},
    )

    def clean_answer_by(self) -> datetime:
        """The end of that day by the entity's clocks."""
        day: date = self.cleaned_data["answer_by"]
        end = end_of_day(day, self.situation.zone)
        if end <= self.situation.at:
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return end


class MissingForm(_WithDay):
    """What is missing, and by when."""

    text = text_field(gettext_lazy("What is missing?"), rows=4)
    field_order = ("text", "answer_by")


class RefuseForm(OfficeForm):
    """On which ground, and why."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Why can the office not deal with it?"),
        choices=Proceeding.Refusal.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why the office does not deal with it.")},
    )
    text = text_field(
        gettext_lazy("Reasons"), help_text=gettext_lazy("The person reads this."), rows=4
    )


class AskForm(_WithDay):
    """Whom to ask, and what."""

    side = forms.ChoiceField(
        label=gettext_lazy("Whom?"),
        choices=Statement.Side.choices,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        error_messages={"required": gettext_lazy("Choose whom to ask.")},
    )
    whom = forms.CharField(
        label=gettext_lazy("Which expert or authority"), max_length=200, required=False
    )
    is_official = forms.BooleanField(
        label=gettext_lazy("Only an authority can give this: the time for the opinion waits."),
        required=False,
    )
    text = text_field(gettext_lazy("What do you want to know?"))
    field_order = ("side", "whom", "text", "answer_by", "is_official")

    def clean(self) -> dict[str, Any]:
        """An expert has a name."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("side") == Statement.Side.THIRD and not given.get("whom", "").strip():
            self.add_error("whom", _("Write whom the office asks."))
        return given


class ShowForm(_WithDay):
    """What the other side reads of it, and until when it may answer."""

    text = text_field(
        gettext_lazy("What the other side reads"),
        help_text=gettext_lazy("Take out what is protected: third persons, addresses, secrets."),
        rows=8,
    )
    field_order = ("text", "answer_by")


class EvidenceForm(OfficeForm):
    """What an expert or an authority answered."""

    text = text_field(gettext_lazy("What was answered?"))


class FactForm(OfficeForm):
    """A fact held proved, and by what."""

    text = text_field(gettext_lazy("Which fact is proved?"), rows=3)
    shown_by = text_field(
        gettext_lazy("By what?"),
        help_text=gettext_lazy("The document, the statement, what both sides agree on."),
        rows=2,
    )
    document = forms.ChoiceField(label=gettext_lazy("Document of the file"), required=False)

    def prepare(self) -> None:
        self.known = {str(one.pk): one for one in reading.documents_to_cite(self.situation.fs)}
        self.fields["document"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((key, one.name) for key, one in self.known.items()),
        ]


class PrinciplesForm(OfficeForm):
    """What the opinion applies, and whether it binds."""

    text = text_field(
        gettext_lazy("Rules, good practice and equity"),
        help_text=gettext_lazy("Which rules and principles the opinion applies, and why."),
        rows=6,
    )
    binds = forms.BooleanField(
        label=gettext_lazy("The opinion binds the company (by its own rules)."), required=False
    )


class ConclusionForm(OfficeForm):
    """What is concluded on one point."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Conclusion"),
        choices=[
            (one.value, one.label)
            for one in (
                Decision.Outcome.UPHELD,
                Decision.Outcome.PARTLY_UPHELD,
                Decision.Outcome.NOT_UPHELD,
            )
        ],
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )
    reasons = text_field(gettext_lazy("Why?"), rows=5)
    to_do = forms.CharField(
        label=gettext_lazy("What the company has to do"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    do_by = forms.DateField(label=gettext_lazy("By when"), widget=DayInput(), required=False)


class SignForm(OfficeForm):
    """Nothing but the will to sign."""

    def lacking(self) -> list[str]:
        """What is missing still."""
        return missing_in(self.situation.fs)


class VerifyForm(OfficeForm):
    """Whether it was done, as the person says."""

    is_done = forms.ChoiceField(
        label=gettext_lazy("Was it done?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )
    text = text_field(gettext_lazy("How does the office know?"), rows=3)
