"""A public message, as whoever noted it saw it."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.reading.public_messages import case_to_add_to
from valedor.casefile.models import Case, Kind
from valedor.casefile.viewing import Viewer
from valedor.design.forms import MomentInput
from valedor.people.models import Entity
from valedor.telling import spoken

LONGEST = 10_000


class PublicMessageForm(forms.Form):
    """Where it stands, who wrote it, what it says, and how its author is written to."""

    use_required_attribute = False

    network = forms.CharField(
        label=gettext_lazy("On which network?"),
        help_text=gettext_lazy("In a word, as people call it."),
        max_length=60,
        error_messages={"required": gettext_lazy("Say where it was written.")},
    )
    address = forms.CharField(
        label=gettext_lazy("Address of the message"),
        help_text=gettext_lazy("It begins with https:// and is never opened by this program."),
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        validators=[URLValidator(schemes=["https"])],
        error_messages={
            "required": gettext_lazy("Copy the address of the message."),
            "invalid": gettext_lazy("This is no address that begins with https://"),
        },
    )
    author = forms.CharField(
        label=gettext_lazy("Public name of the author"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say under which name it was written.")},
    )
    text = forms.CharField(
        label=gettext_lazy("What it says"),
        help_text=gettext_lazy("Word for word, as everybody can read it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Copy what it says.")},
    )
    seen_at = forms.DateTimeField(
        label=gettext_lazy("When was it seen?"),
        widget=MomentInput(),
        error_messages={"required": gettext_lazy("Say when you saw it.")},
    )
    language = forms.ChoiceField(label=gettext_lazy("In which language do we ask the author?"))
    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=Kind.choices)
    reference = forms.CharField(
        label=gettext_lazy("Add to a case"),
        help_text=gettext_lazy(
            "The reference, if its author has a case already. Otherwise it becomes a new one."
        ),
        required=False,
        max_length=20,
    )

    def __init__(self, *args: Any, entity: Entity, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entity, self.viewer = entity, viewer
        self.case: Case | None = None
        languages = dict.fromkeys([entity.default_language, *entity.languages])
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, spoken.language_name(code)) for code in languages
        ]

    def clean_reference(self) -> str:
        """A case that may be seen, or none."""
        reference = str(self.cleaned_data["reference"])
        if reference:
            self.case = case_to_add_to(self.viewer, self.entity, reference)
            if self.case is None:
                raise forms.ValidationError(_("No case that you may see has this reference."))
        return reference

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "reference"}
        return given | {"kind": Kind(given["kind"]), "case": self.case}
