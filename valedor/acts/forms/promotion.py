"""A yes to promotional contact, as it was given."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from valedor.design.forms import MomentInput
from valedor.people.models import Entity, PromotionConsent
from valedor.telling import spoken


class ConsentForm(forms.Form):
    """When, how and to which words. Nothing is filled in that would be a yes by itself."""

    use_required_attribute = False

    entity = forms.ChoiceField(label=gettext_lazy("Who may write to them?"))
    given_at = forms.DateTimeField(
        label=gettext_lazy("When did they say yes?"),
        widget=MomentInput(),
        error_messages={"required": gettext_lazy("Say when they said yes.")},
    )
    occasion = forms.ChoiceField(
        label=gettext_lazy("On which occasion?"),
        help_text=gettext_lazy("Nobody is asked while they complain (Ley 10/2025, art. 16.2)."),
        choices=PromotionConsent.Occasion.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Choose the occasion.")},
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("How did they say it?"), choices=PromotionConsent.Channel.choices
    )
    giver = forms.ChoiceField(
        label=gettext_lazy("Who said it?"),
        choices=PromotionConsent.Giver.choices,
        initial=PromotionConsent.Giver.PERSON,
    )
    language = forms.ChoiceField(label=gettext_lazy("In which language?"))
    words = forms.CharField(
        label=gettext_lazy("The words that they said yes to"),
        help_text=gettext_lazy("As they stood on the form, or as they were read out."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        error_messages={"required": gettext_lazy("Write down to which words they said yes.")},
    )
    version = forms.CharField(
        label=gettext_lazy("Which wording is it?"),
        help_text=gettext_lazy("Its name or number, for example: Form M-12, March 2026."),
        max_length=60,
        error_messages={"required": gettext_lazy("Name the wording.")},
    )

    def __init__(self, entities: list[Entity], data: Any = None, *, at: datetime) -> None:
        super().__init__(data, initial={"given_at": timezone.localtime(at)})
        self.entities = {one.key: one for one in entities}
        self.fields["entity"].choices = [(one.key, one.name) for one in entities]  # type: ignore[attr-defined]
        languages = dict.fromkeys(code for one in entities for code in one.languages)
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, spoken.language_name(code)) for code in languages
        ]
