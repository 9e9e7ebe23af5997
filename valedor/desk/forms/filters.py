"""The form that narrows a list of cases; what it says stands in the address."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from valedor.casefile.models import Kind, Stage
from valedor.design.forms import DayInput
from valedor.desk.queries.choices import Choices, FilterChoices
from valedor.handling.models import Assessment
from valedor.telling import spoken

NAMES = {
    "entity": gettext_lazy("Entity"),
    "kind": gettext_lazy("Kind of contact"),
    "category": pgettext_lazy("of a case", "Subject"),
    "area": gettext_lazy("Area"),
    "team": gettext_lazy("Team"),
    "holder": gettext_lazy("Held by"),
    "stage": gettext_lazy("Stage"),
    "severity": gettext_lazy("Severity"),
    "channel": gettext_lazy("Channel"),
    "language": gettext_lazy("Language"),
    "received_from": pgettext_lazy("day", "Received from"),
    "received_to": pgettext_lazy("day", "Received until"),
}


class FilterForm(forms.Form):
    """Every filter that ``casefile.filters`` reads from an address."""

    def __init__(self, choices: FilterChoices, initial: dict[str, str]) -> None:
        super().__init__(initial=initial)
        severities = [("0", _("Not assessed"))] + [
            (str(value), str(label)) for value, label in Assessment.Severity.choices
        ]
        languages = [(code, spoken.language_name(code)) for code, _name in choices.language]
        listed: dict[str, Choices] = {
            "entity": choices.entity if len(choices.entity) > 1 else [],
            "kind": choices.kind,
            "category": choices.category,
            "area": choices.area,
            "team": choices.team,
            "holder": choices.holder,
            "stage": choices.stage,
            "severity": severities,
            "channel": choices.channel,
            "language": languages,
        }
        for name, options in listed.items():
            if options:
                self.fields[name] = forms.ChoiceField(
                    label=NAMES[name], choices=[("", _("Any")), *options], required=False
                )
        for name in ("received_from", "received_to"):
            self.fields[name] = forms.DateField(
                label=NAMES[name], required=False, widget=DayInput()
            )


def said(name: str, value: str) -> str:
    """A filter that is set, in words."""
    words = value
    if name == "kind":
        words = str(Kind(value).label)
    elif name == "stage":
        words = str(Stage(value).label)
    elif name == "severity":
        words = str(Assessment.Severity(int(value)).label) if value != "0" else _("not assessed")
    elif name == "language":
        words = spoken.language_name(value)
    return _("%(filter)s: %(value)s") % {"filter": NAMES[name], "value": words}
