"""What is said of a letter on paper: posted, delivered, brought back, or sent another way."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.files import files_field
from valedor.casefile.models import Letter
from valedor.design.forms import ChoiceCards, MomentInput
from valedor.foundation.moments import now
from valedor.people.models import ContactPoint


class _PostForm(forms.Form):
    """Something that happened at the post, at a moment that is not to come."""

    use_required_attribute = False

    def _moment(self, name: str) -> Any:
        moment = self.cleaned_data[name]
        if moment > now():
            raise forms.ValidationError(_("This moment has not come yet."))
        return moment


class PostedForm(_PostForm):
    """That a letter was posted: when, and what proves it."""

    posted_at = forms.DateTimeField(label=gettext_lazy("When was it posted?"), widget=MomentInput())
    proof = forms.CharField(
        label=gettext_lazy("Proof"),
        help_text=gettext_lazy("The tracking number, or what the slip says."),
        required=False,
        max_length=500,
    )
    file = files_field(gettext_lazy("The slip, scanned"))

    def clean_posted_at(self) -> Any:
        """A moment up to now."""
        return self._moment("posted_at")


class DeliveredForm(_PostForm):
    """That a posted letter was delivered: when, and what proves it."""

    delivered_at = forms.DateTimeField(
        label=gettext_lazy("When was it delivered?"), widget=MomentInput()
    )
    delivery_proof = forms.CharField(
        label=gettext_lazy("Proof"),
        help_text=gettext_lazy("Who signed for it, or what the post's tracking says."),
        required=False,
        max_length=500,
    )
    slip = files_field(gettext_lazy("The slip that came back, scanned"))

    def clean_delivered_at(self) -> Any:
        """A moment up to now."""
        return self._moment("delivered_at")


class ReturnedForm(_PostForm):
    """That the post brought a letter back: when, and why."""

    returned_at = forms.DateTimeField(
        label=gettext_lazy("When did it come back?"), widget=MomentInput()
    )
    returned = forms.ChoiceField(
        label=gettext_lazy("What does the post say?"),
        choices=Letter.Returned.choices,
        widget=ChoiceCards(
            helps={
                Letter.Returned.UNKNOWN: gettext_lazy("No other letter goes to this address."),
                Letter.Returned.MOVED: gettext_lazy("No other letter goes to this address."),
                Letter.Returned.REFUSED: gettext_lazy("The address stays as it is."),
                Letter.Returned.NOT_COLLECTED: gettext_lazy("The address stays as it is."),
            }
        ),
        error_messages={"required": gettext_lazy("Choose what the post wrote on it.")},
    )
    envelope = files_field(gettext_lazy("The envelope, scanned"))

    def clean_returned_at(self) -> Any:
        """A moment up to now."""
        return self._moment("returned_at")


class PrintAgainForm(forms.Form):
    """Why a letter is printed once more."""

    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("Why once more?"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say why it is printed once more.")},
    )


class AnotherWayForm(forms.Form):
    """An e-mail address at which the person can be reached instead."""

    use_required_attribute = False

    to = forms.ChoiceField(
        label=gettext_lazy("To which address?"),
        widget=ChoiceCards(),
        error_messages={"required": gettext_lazy("Choose an address.")},
    )

    def __init__(self, points: Sequence[ContactPoint], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = {str(point.pk): point for point in points}
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- as declared above
        field.choices = [(key, point.value) for key, point in self.points.items()]
        if len(points) == 1:
            field.initial = str(points[0].pk)

    @property
    def point(self) -> ContactPoint:
        """The address that was chosen."""
        return self.points[self.cleaned_data["to"]]
