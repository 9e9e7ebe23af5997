"""When somebody is away: one's own days, and those of the people whom one leads."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.desk.areas import number_of
from valedor.acts.desk.desk_act import Desk, DeskForm
from valedor.casefile.viewing import Viewer
from valedor.design.forms import DayInput
from valedor.foundation.refusals import Refusal
from valedor.people import queries
from valedor.people.actions.absences import end_absence, set_absence
from valedor.people.models import Absence, Account
from valedor.people.permissions import Permission
from valedor.telling import spoken


class AbsenceForm(DeskForm):
    """Who is away, from which day to which."""

    who = forms.ChoiceField(label=gettext_lazy("Who is away?"))
    from_on = forms.DateField(
        label=gettext_lazy("First day away"),
        widget=DayInput(),
        error_messages={"required": gettext_lazy("Say from which day.")},
    )
    to_on = forms.DateField(
        label=gettext_lazy("Last day away"),
        widget=DayInput(),
        error_messages={"required": gettext_lazy("Say until which day.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note for colleagues"),
        help_text=gettext_lazy("Who stands in for them, say. Never why somebody is away."),
        max_length=200,
        required=False,
    )

    def prepare(self) -> None:
        self.people = {one.username: one for one in people_of(self.situation.viewer)}
        names = [(key, one.name) for key, one in self.people.items()]
        self.fields["who"].choices = names  # type: ignore[attr-defined]
        if len(names) == 1:
            self.fields["who"].widget = forms.HiddenInput()
            self.fields["who"].initial = names[0][0]

    def clean_who(self) -> Account:
        """The person themselves."""
        return self.people[self.cleaned_data["who"]]


def do_set(desk: Desk, given: Mapping[str, Any]) -> str:
    account: Account = given["who"]
    set_absence(
        account,
        from_on=given["from_on"],
        to_on=given["to_on"],
        note=given["note"],
        today=today_of(account, desk.at),
        by=desk.account,
        at=desk.at,
    )
    return _("Noted.")


def absences(desk: Desk) -> list[tuple[str, str]]:
    """Those of whom its author may say it, now and to come."""
    people = people_of(desk.viewer)
    return [
        (str(one.pk), f"{one.account.name}, {spoken.short_day(one.from_on)}")
        for one in queries.absences_from(today_of(desk.account, desk.at), people)
    ]


def absence_of(desk: Desk) -> Absence:
    """The one that the address names. Raises ``Http404``."""
    absence = queries.absence_with(number_of(desk))
    if absence is None or absence.account not in people_of(desk.viewer):
        raise Http404
    return absence


def why_not_end(desk: Desk) -> Refusal | None:
    """Nothing stands against it; days of people whom one does not lead are not there."""
    absence_of(desk)
    return None


def do_end(desk: Desk, given: Mapping[str, Any]) -> str:
    absence = absence_of(desk)
    today = today_of(absence.account, desk.at)
    end_absence(absence, today=today, by=desk.account, at=desk.at)
    return _("Noted.")


def people_of(viewer: Viewer) -> list[Account]:
    """Oneself, whom one leads, and for administrators everybody."""
    me = viewer.account
    assert me is not None  # noqa: S101 -- acts are done by staff
    if viewer.may(Permission.CONFIGURE):
        return queries.everybody_at_work()
    led = queries.people_led_by(me)
    return led if me in led else [me, *led]


def today_of(account: Account, at: datetime) -> date:
    """The day where somebody works."""
    return at.astimezone(ZoneInfo(queries.zone_of_work(account))).date()
