"""To be called at an hour: which hours there are, and how somebody asks for one."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from valedor.channels.telephone.call_backs import CallBack
from valedor.channels.telephone.models import Line
from valedor.channels.telephone.opening import HALF_HOUR, half_hours, opening_of
from valedor.people.models import Entity
from valedor.procedures.house_rules import HouseRules
from valedor.telling import spoken

Choices = list[tuple[str, list[tuple[str, str]]]]


def line_for(entity: Entity | int, team_id: int | None = None) -> Line | None:
    """The line from which people of a team call: its own, else the first of the entity."""
    lines = list(Line.objects.filter(entity=entity, is_active=True).order_by("key"))
    return next((one for one in lines if one.team_id == team_id), lines[0] if lines else None)


@lru_cache(maxsize=64)
def line_of_house(house: HouseRules) -> Line | None:
    """The first line of an entity, from which people are called; read once while its settings
    stay the same.
    """
    return line_for(house.entity)


def promised_of(case_id: int) -> CallBack | None:
    """The call that is promised about a case and not settled yet."""
    found = CallBack.objects.filter(case=case_id, settled_at=None)
    return found.select_related("line", "case").first()


def hours_offered(line: Line | None, house: HouseRules, *, at: datetime) -> Choices:
    """The half hours of the next days, grouped by day, in the reader's language."""
    slots = half_hours(opening_of(line, house), at=at)
    return [
        (
            spoken.day(day, with_weekday=True),
            [(one.isoformat(), f"{one:%H:%M} – {one + HALF_HOUR:%H:%M}") for one in of_day],
        )
        for day, of_day in slots.items()
    ]


def number_field(help_text: Any = "") -> forms.CharField:
    """Where they are called."""
    return forms.CharField(
        label=_("Telephone number"),
        max_length=40,
        help_text=help_text,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={"required": _("Write the number at which we call.")},
    )


def when_field() -> forms.ChoiceField:
    """When they are called: one of the half hours that are offered."""
    return forms.ChoiceField(
        label=_("When?"),
        help_text=_("We call within this half hour."),
        error_messages={
            "required": _("Choose a half hour."),
            "invalid_choice": _("This half hour is over or not offered: choose another one."),
        },
    )


class AskForm(forms.Form):
    """Somebody asks to be called about their case."""

    use_required_attribute = False

    number = number_field()
    when = when_field()

    def __init__(self, choices: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["when"].choices = choices  # type: ignore[attr-defined]

    @property
    def wished_at(self) -> datetime:
        """The moment that was chosen. For a valid form."""
        return datetime.fromisoformat(self.cleaned_data["when"])


class CallMeForm(AskForm):
    """Somebody who has no case yet asks to be called: the request becomes one."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write the name for which we ask when we call.")},
    )
    text = forms.CharField(
        label=_("What is it about?"),
        help_text=_("A sentence or two. Leave out passwords and card numbers."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what it is about: a sentence is enough.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("So that we can write to you if we do not reach you."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("No letter can go to this address. Leave it out, or mend it.")
        },
    )

    field_order = ("name", "number", "when", "text", "email")
