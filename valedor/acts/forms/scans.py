"""What is said of paper when it is scanned: whose it is, how it came, and when."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.files import FilesField
from valedor.casefile.models import Case
from valedor.design.forms import ChoiceCards, FilesInput, MomentInput
from valedor.foundation.moments import now
from valedor.people.models import Entity

CHANNELS = [
    (channel.value, channel.label)
    for channel in (Case.Channel.LETTER, Case.Channel.FAX, Case.Channel.IN_PERSON)
]


class ScanForm(forms.Form):
    """Scans of letters. ``entity_of`` is whose they are, once the form is valid."""

    use_required_attribute = False

    entity = forms.ChoiceField(label=gettext_lazy("To whom were they sent?"))
    scans = FilesField(
        label=gettext_lazy("Scans"),
        help_text=gettext_lazy(
            "PDF, TIFF, JPEG or PNG, as many pages as there are. One letter a file, or a whole "
            "stack with a separator sheet between the letters."
        ),
        required=False,
        widget=FilesInput(attrs={"accept": ".pdf,.tif,.tiff,.jpg,.jpeg,.png"}),
    )
    received_at = forms.DateTimeField(
        label=gettext_lazy("When did they reach the house?"),
        help_text=gettext_lazy("As stamped on the paper: the limits run from then."),
        widget=MomentInput(),
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("How did they come?"),
        choices=CHANNELS,
        initial=Case.Channel.LETTER,
        widget=ChoiceCards(),
    )

    def __init__(self, entities: list[Entity], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entities = {entity.key: entity for entity in entities}
        field = self.fields["entity"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- as declared above
        field.choices = [(key, entity.name) for key, entity in self.entities.items()]
        if len(entities) == 1:
            field.initial, field.widget = entities[0].key, forms.HiddenInput()

    @property
    def entity_of(self) -> Entity:
        """Whose letters they are."""
        return self.entities[self.cleaned_data["entity"]]

    def clean_received_at(self) -> Any:
        """A moment up to now."""
        moment = self.cleaned_data["received_at"]
        if moment > now():
            raise forms.ValidationError(_("This moment has not come yet."))
        return moment
