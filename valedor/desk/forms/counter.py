"""What is written down at the counter, and what somebody hands in there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from valedor.acts.files import files_field
from valedor.casefile.models import Case
from valedor.channels.post.counter_rules import MOST_PAGES
from valedor.desk.forms.call import CallForm


class CounterForm(CallForm):
    """A contact in person. It reached the house when whoever came began to tell it."""

    def clean(self) -> dict[str, Any]:
        """The same, by another way."""
        given = super().clean()
        given["channel"] = Case.Channel.IN_PERSON
        return given


class HandInForm(forms.Form):
    """Papers that somebody hands in."""

    use_required_attribute = False

    what = forms.CharField(
        label=gettext_lazy("What do they hand in?"),
        help_text=gettext_lazy("It stands on the receipt: “a bill and three photographs”."),
        max_length=300,
        error_messages={"required": gettext_lazy("Say what was handed in.")},
    )
    pages = forms.IntegerField(
        label=gettext_lazy("How many pages?"),
        min_value=1,
        max_value=MOST_PAGES,
        error_messages={"required": gettext_lazy("Say how many pages were handed in.")},
    )
    scans = files_field(gettext_lazy("The pages, scanned"))
