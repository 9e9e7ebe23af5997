"""What becomes of a message that reached the ombudsman's office and no machine could read."""

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.desk.held import LONGEST, FilingForm
from valedor.channels.web_form.first_hand import FirstHandForm
from valedor.foundation.references import read_reference
from valedor.foundation.refusals import Refused
from valedor.review.office.access import file_for


class OfficeFilingForm(FilingForm):
    """Which file it belongs to, and what it says."""

    def clean_reference(self) -> str:
        """A file that this viewer may see."""
        try:
            reference = read_reference(self.cleaned_data["reference"])
            self.case = file_for(self.viewer, reference)
        except Refused as refused:
            raise forms.ValidationError(str(refused.refusal)) from refused
        except Http404:
            raise forms.ValidationError(_("There is no such file that you may see.")) from None
        return reference


class OfficeRegisterForm(FirstHandForm):
    """A file of its own, as the person would have brought it."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write who it comes from.")},
    )


class AboutForm(forms.Form):
    """What the person says of their case with the company."""

    text = forms.CharField(
        label=gettext_lazy("What does the person say?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST,
        error_messages={"required": gettext_lazy("Write something first.")},
    )
    use_required_attribute = False
