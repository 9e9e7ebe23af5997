"""What is said of somebody of the staff."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.desk.queries import settings as reading
from valedor.people.actions.accounts import AccountFields
from valedor.people.models import Account
from valedor.people.rules import why_not_hours

from .shell import languages_field


class PersonForm(forms.Form):
    """Somebody of the staff; the user name only while they are new."""

    username = forms.CharField(
        label=gettext_lazy("User name"),
        help_text=gettext_lazy("To sign in with, for good: letters, digits, dots."),
        max_length=60,
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("Where one-time links go."),
        required=False,
    )
    telephone = forms.CharField(
        label=gettext_lazy("Telephone for calls of duty"),
        help_text=gettext_lazy("With its country, +34 …: an SMS goes there in an emergency."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of their pages"), choices=list(settings.LANGUAGES)
    )
    languages = languages_field(gettext_lazy("Languages they handle cases in"), required=False)
    most_open_cases = forms.IntegerField(
        label=gettext_lazy("Most open cases at a time"), min_value=0, max_value=1000, initial=60
    )
    hours = forms.CharField(
        label=gettext_lazy("When they work"),
        help_text=gettext_lazy(
            "A stretch a line, like this: mon-fri 09:00-15:00. Left empty, cases are given to them "
            "at any time."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=600,
    )

    def __init__(self, *args: Any, account: Account | None = None, **kwargs: Any) -> None:
        if account is not None:
            kwargs["initial"] = {name: getattr(account, name) for name in self.base_fields}
            kwargs["initial"]["hours"] = "\n".join(account.hours)
        super().__init__(*args, **kwargs)
        if account is not None:
            del self.fields["username"]
        held = account.competences if account else []
        known = reading.categories_offered()
        names = {category.key: str(category.name) for category in known}
        names |= {key: key for key in held if key not in names}
        if names:
            self.fields["competences"] = forms.MultipleChoiceField(
                label=_("Categories they are fit for; none means all"),
                choices=list(names.items()),
                initial=held,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def clean_hours(self) -> list[str]:
        """A stretch a line, each in one way of writing."""
        lines = [" ".join(line.lower().split()) for line in self.cleaned_data["hours"].splitlines()]
        found = [line for line in lines if line]
        for refusal in filter(None, map(why_not_hours, found)):
            raise forms.ValidationError(str(refusal))
        return found

    def said(self) -> AccountFields:
        """What an action is told."""
        said: Any = {name: value for name, value in self.cleaned_data.items() if name != "username"}
        fields: AccountFields = said
        return fields
