"""The forms of incidents: declared, told more of, ended, answered."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.reading.incidents import areas_of, subjects_of
from valedor.casefile.queries import CaseLine
from valedor.design.forms import MomentInput
from valedor.design.words_form import WordsForm
from valedor.people.models import Entity

LONGEST = 10_000


class ToldForm(WordsForm):
    """Words in every language of an entity."""

    use_required_attribute = False

    def __init__(self, *args: Any, entity: Entity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entity = entity

    def ask_first(self, name: str, *, rows: int = 0, longest: int = LONGEST) -> None:
        """One field for each language that the entity speaks, before what else is asked."""
        others = [one for one in self.fields if one in self.base_fields]
        self.add_words(name, str(self.told[name]), spoken=self.entity.languages, rows=rows)
        for field in [one for one in self.fields if one.startswith(f"{name}_")]:
            if field.removeprefix(f"{name}_") not in self.entity.languages:
                del self.fields[field]
                continue
            self.fields[field].required = True
            self.fields[field].max_length = longest  # type: ignore[attr-defined]
            self.fields[field].error_messages["required"] = _(
                "Whoever reads this language has to know too."
            )
        self.order_fields([one for one in self.fields if one not in others])


class DeclareForm(ToldForm):
    """What, where, since when, until when, and which cases it brings."""

    told: ClassVar = {
        "title": gettext_lazy("What it is, in a line"),
        "words": gettext_lazy("What we know, and what we do"),
    }

    began_at = forms.DateTimeField(label=gettext_lazy("Since when"), widget=MomentInput())
    expected_end_at = forms.DateTimeField(
        label=gettext_lazy("Expected until"),
        help_text=gettext_lazy("Needed; it can be moved later, and people read that too."),
        widget=MomentInput(),
    )
    places = forms.CharField(
        label=gettext_lazy("Places"),
        help_text=gettext_lazy(
            "One a line: towns, quarters, streets, postcodes, as people write them."
        ),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    categories = forms.MultipleChoiceField(
        label=gettext_lazy("Subjects of the cases it brings"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--row"}),
    )
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("Areas of the house concerned"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--row"}),
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("People read of it on the portal"), required=False, initial=True
    )

    def __init__(self, *args: Any, entity: Entity, **kwargs: Any) -> None:
        super().__init__(*args, entity=entity, **kwargs)
        self.ask_first("title", longest=150)
        self.ask_first("words", rows=4)
        self._categories = {one.key: one for one in subjects_of(entity.pk)}
        self._areas = {one.key: one for one in areas_of(entity.pk)}
        for name, known in (("categories", self._categories), ("areas", self._areas)):
            self.fields[name].choices = [  # type: ignore[attr-defined]
                (key, str(one.name)) for key, one in known.items()
            ]

    def said(self) -> dict[str, Any]:
        """What the action is told."""
        given = self.cleaned_data
        return {
            "title": self.words("title"),
            "words": self.words("words"),
            "began_at": given["began_at"],
            "expected_end_at": given["expected_end_at"],
            "places": given["places"].splitlines(),
            "categories": [self._categories[key] for key in given["categories"]],
            "areas": [self._areas[key] for key in given["areas"]],
            "is_public": given["is_public"],
        }


class TellForm(ToldForm):
    """What is known now."""

    told: ClassVar = {"words": gettext_lazy("What we know now")}

    expected_end_at = forms.DateTimeField(
        label=gettext_lazy("Expected until"), widget=MomentInput()
    )

    def __init__(self, *args: Any, entity: Entity, expected: datetime, **kwargs: Any) -> None:
        super().__init__(*args, entity=entity, **kwargs)
        self.ask_first("words", rows=3)
        self.fields["expected_end_at"].initial = expected


class EndForm(ToldForm):
    """It is over."""

    told: ClassVar = {"words": gettext_lazy("What people are told")}

    ended_at = forms.DateTimeField(label=gettext_lazy("When it ended"), widget=MomentInput())

    def __init__(self, *args: Any, entity: Entity, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, entity=entity, **kwargs)
        self.ask_first("words", rows=3)
        self.fields["ended_at"].initial = at


class AnswerForm(ToldForm):
    """The one text that answers all."""

    told: ClassVar = {"words": gettext_lazy("The answer")}

    def __init__(self, *args: Any, entity: Entity, **kwargs: Any) -> None:
        super().__init__(*args, entity=entity, **kwargs)
        self.ask_first("words", rows=8)


class LeaveForm(forms.Form):
    """A case goes its own way."""

    use_required_attribute = False

    case = forms.ChoiceField(label=gettext_lazy("Case"))
    reason = forms.CharField(
        label=gettext_lazy("Why it is no case of this incident"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why, for whoever reads it later.")},
    )

    def __init__(self, data: Any = None, *, members: list[CaseLine]) -> None:
        super().__init__(data, prefix="leave")
        self.fields["case"].choices = [  # type: ignore[attr-defined]
            (str(one.id), f"{one.reference} {one.subject}".strip()) for one in members
        ]
