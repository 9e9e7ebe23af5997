"""Which calls somebody wants counted."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.design.forms import DayInput
from valedor.people.models import Entity

LONGEST = 366


class FiguresForm(forms.Form):
    """Whose calls, from when to when, and by what they are counted together."""

    use_required_attribute = False

    entity = forms.ChoiceField(label=gettext_lazy("Entity"))
    begins = forms.DateField(label=gettext_lazy("From"), widget=DayInput())
    ends = forms.DateField(label=gettext_lazy("Until"), widget=DayInput())
    by = forms.ChoiceField(
        label=gettext_lazy("Counted by"),
        choices=[("day", gettext_lazy("day")), ("half_hour", gettext_lazy("half hour of the day"))],
    )

    def __init__(self, entities: list[Entity], data: Any, *, today: date) -> None:
        first = {
            "entity": entities[0].key,
            "begins": (today - timedelta(days=6)).isoformat(),
            "ends": today.isoformat(),
            "by": "day",
        }
        super().__init__({**first, **{name: data[name] for name in first if name in data}})
        self._entities = {one.key: one for one in entities}
        self.fields["entity"].choices = [(one.key, one.name) for one in entities]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Entity:
        """The entity. For a valid form."""
        return self._entities[self.cleaned_data["entity"]]

    def clean(self) -> dict[str, Any]:
        """A year at most, and forwards."""
        given = self.cleaned_data
        begins, ends = given.get("begins"), given.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", _("This day comes before the first."))
        elif begins and ends and (ends - begins).days >= LONGEST:
            self.add_error("ends", _("A year at most is counted at once."))
        return given


class StaffingForm(forms.Form):
    """For which weekday people are planned, from how much history."""

    use_required_attribute = False

    entity = forms.ChoiceField(label=gettext_lazy("Entity"))
    weekday = forms.TypedChoiceField(label=gettext_lazy("Day of the week"), coerce=int)
    weeks = forms.TypedChoiceField(
        label=gettext_lazy("From the last"), coerce=int,
        choices=[(4, gettext_lazy("4 weeks")), (8, gettext_lazy("8 weeks")),
                 (13, gettext_lazy("13 weeks"))],
    )  # fmt: skip
    after = forms.IntegerField(
        label=gettext_lazy("Seconds of work after each call"), min_value=0, max_value=1800
    )

    def __init__(
        self, entities: list[Entity], weekdays: list[tuple[int, str]], data: Any, *, today: date
    ) -> None:
        first = {
            "entity": entities[0].key,
            "weekday": today.isoweekday(),
            "weeks": 4,
            "after": 60,
        }
        super().__init__({**first, **{name: data[name] for name in first if name in data}})
        self._entities = {one.key: one for one in entities}
        self.fields["entity"].choices = [(one.key, one.name) for one in entities]  # type: ignore[attr-defined]
        self.fields["weekday"].choices = weekdays  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Entity:
        """The entity. For a valid form."""
        return self._entities[self.cleaned_data["entity"]]
