"""What the pages ask on which the ombudsman's office learns, and on which the company answers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.words import text_field
from valedor.design.forms import DayInput
from valedor.handling.models import Decision
from valedor.people.models import Entity
from valedor.review.office.precedents.models import Precedent
from valedor.review.office.precedents.queries import LONGEST, Choices, Narrowing
from valedor.review.office.recommendations.models import Recommendation, RecommendationWord
from valedor.review.office.recommendations.rules import LONGEST_TITLE
from valedor.review.office.report.models import YearReport
from valedor.review.office.report.rules import LONGEST_WORDS
from valedor.telling import spoken

Outcome = Decision.Outcome
_OFFERED = (Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD)


class PrecedentsForm(forms.Form):
    """Which precedents somebody looks for."""

    use_required_attribute = False

    q = forms.CharField(
        label=gettext_lazy("Words"),
        help_text=gettext_lazy("Of the principles, the facts, the conclusions or the reasons."),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    category = forms.TypedChoiceField(
        label=gettext_lazy("Subject"), required=False, coerce=int, empty_value=None
    )
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), required=False)
    year = forms.TypedChoiceField(
        label=gettext_lazy("Year"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, data: Any, *, choices: Choices) -> None:
        super().__init__(data)
        any_ = ("", _("Any"))
        offered: Mapping[str, Sequence[tuple[Any, str]]] = {
            "category": [(one.pk, str(one.name)) for one in choices.categories],
            "outcome": [(one.value, str(one.label)) for one in _OFFERED],
            "year": [(year, str(year)) for year in choices.years],
        }
        for name, named in offered.items():
            self.fields[name].choices = [any_, *named]  # type: ignore[attr-defined]

    @property
    def narrowing(self) -> Narrowing:
        """What was chosen. For a valid form."""
        given = self.cleaned_data
        return Narrowing(category=given["category"], outcome=given["outcome"], year=given["year"])


class RecommendForm(forms.Form):
    """What the office recommends to the company."""

    entity = forms.ChoiceField(label=gettext_lazy("Entity"))
    title = forms.CharField(
        label=gettext_lazy("What is recommended, in one line"),
        help_text=gettext_lazy("The yearly report shows this line: name nobody in it."),
        max_length=LONGEST_TITLE,
        error_messages={"required": gettext_lazy("Say in one line what is recommended.")},
    )
    text = text_field(
        gettext_lazy("The recommendation"),
        help_text=gettext_lazy(
            "The company reads this: what should change for everybody, and why."
        ),
        rows=8,
    )
    answer_by = forms.DateField(
        label=gettext_lazy("Until when the company is asked to answer"),
        widget=DayInput(),
        error_messages={"required": gettext_lazy("Name the day.")},
    )
    opinions = forms.MultipleChoiceField(
        label=gettext_lazy("Opinions that it comes from"),
        help_text=gettext_lazy("The company sees of them what was addressed to it."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: Any, *, entities: Sequence[Entity], precedents: Iterable[Precedent]
    ) -> None:
        super().__init__(data)
        self._entities = {one.key: one for one in entities}
        self.fields["entity"].choices = [(one.key, one.name) for one in entities]  # type: ignore[attr-defined]
        if len(entities) == 1:
            self.fields["entity"].widget = forms.HiddenInput()
            self.fields["entity"].initial = entities[0].key
        self.fields["opinions"].choices = [  # type: ignore[attr-defined]
            (str(one.opinion_id), f"{one.case.reference} · {one.case.subject}")
            for one in precedents
        ]
        if not self.fields["opinions"].choices:  # type: ignore[attr-defined]
            del self.fields["opinions"]

    @property
    def chosen(self) -> Entity:
        """The entity. For a valid form."""
        return self._entities[self.cleaned_data["entity"]]

    @property
    def opinions_chosen(self) -> list[int]:
        """The opinions that were ticked. For a valid form."""
        return [int(one) for one in self.cleaned_data.get("opinions", ())]


class RecommendationAnswerForm(forms.Form):
    """Whether the company follows it."""

    act = forms.CharField(widget=forms.HiddenInput, initial=RecommendationWord.What.ANSWERED.value)
    answer = forms.ChoiceField(
        label=gettext_lazy("Does the company follow the recommendation?"),
        choices=[
            (Recommendation.Answer.FOLLOWED, gettext_lazy("Yes")),
            (Recommendation.Answer.IN_PART, gettext_lazy("In part")),
            (Recommendation.Answer.NOT_FOLLOWED, gettext_lazy("No")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )
    text = text_field(
        gettext_lazy("What the company will do, or why it does not follow it"), rows=6
    )
    do_by = forms.DateField(
        label=gettext_lazy("By when it is done"), widget=DayInput(), required=False
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        self._today = today

    def clean(self) -> dict[str, Any]:
        """What will be done has its day."""
        given: dict[str, Any] = super().clean() or {}
        does = given.get("answer") in {
            Recommendation.Answer.FOLLOWED,
            Recommendation.Answer.IN_PART,
        }
        day = given.get("do_by")
        if does and day is None and "do_by" not in self.errors:
            self.add_error("do_by", _("Name the day by which it is done."))
        elif does and day is not None and day < self._today:
            self.add_error("do_by", _("This day is over. Choose a later one."))
        return given


class SaidDoneForm(forms.Form):
    """What the company did."""

    act = forms.CharField(widget=forms.HiddenInput, initial=RecommendationWord.What.SAID_DONE.value)
    text = text_field(gettext_lazy("What was done, and when?"), rows=4)


class FollowUpForm(forms.Form):
    """What the office found."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Was it done?"),
        choices=[
            (Recommendation.Outcome.DONE, gettext_lazy("Yes")),
            (Recommendation.Outcome.NOT_DONE, gettext_lazy("No")),
        ],
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )
    text = text_field(gettext_lazy("How does the office know?"), rows=4)


class ReportForm(forms.Form):
    """What introduces and closes the report, in each language of the entity."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, data: Any, *, entity: Entity, report: YearReport | None) -> None:
        super().__init__(data)
        self.fields["seen"].initial = report.mark if report else ""
        self._languages = list(entity.languages)
        labels = {
            "opening": (_("Introduction (%(language)s)"), report.opening if report else {}),
            "closing": (_("Closing words (%(language)s)"), report.closing if report else {}),
        }
        for name, (label, written) in labels.items():
            for language in self._languages:
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=label % {"language": spoken.language_name(language)},
                    initial=written.get(language, ""),
                    required=False,
                    max_length=LONGEST_WORDS,
                    widget=forms.Textarea(attrs={"rows": 6, "lang": language}),
                )

    def words(self, name: str) -> dict[str, str]:
        """What was written, by language. For a valid form."""
        return {one: self.cleaned_data[f"{name}_{one}"] for one in self._languages}
