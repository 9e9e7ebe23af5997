"""Duty: an emergency taken, and somebody else on duty for a while."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from valedor.acts.desk.areas import number_of
from valedor.acts.desk.desk_act import Desk, DeskForm
from valedor.acts.reading import duty as reading
from valedor.design.forms import MomentInput
from valedor.foundation.refusals import Refusal
from valedor.incidents.duty import duty_rules
from valedor.incidents.duty.actions.change import change_duty, may_lead, withdraw_change
from valedor.incidents.duty.actions.take import take
from valedor.incidents.duty.models import CallOut, DutyChange, DutyPlan
from valedor.incidents.duty.plans import members_of
from valedor.telling import spoken


class ChangeForm(forms.Form):
    """Somebody else is on duty for a while."""

    use_required_attribute = False

    begins_at = forms.DateTimeField(
        label=gettext_lazy("From"),
        widget=MomentInput(),
        error_messages={"required": gettext_lazy("Say from when.")},
    )
    ends_at = forms.DateTimeField(
        label=gettext_lazy("Until"),
        widget=MomentInput(),
        error_messages={"required": gettext_lazy("Say until when.")},
    )
    account = forms.ChoiceField(label=gettext_lazy("Who is on duty instead"), required=False)
    rank = forms.IntegerField(
        label=gettext_lazy("Called first, second…"), min_value=1, max_value=9, initial=1
    )
    note = forms.CharField(
        label=gettext_lazy("Note for colleagues"),
        help_text=gettext_lazy("Never why somebody is away."),
        max_length=200,
        required=False,
    )

    def __init__(self, plan: DutyPlan, data: Any = None, *, leads: bool) -> None:
        super().__init__(data, prefix=f"plan{plan.pk}")
        self._members = {str(one.pk): one for one in members_of(plan.team)}
        people = [(pk, one.name) for pk, one in self._members.items()]
        nobody = [("", _("Nobody: the plan does not hold"))] if leads else []
        self.fields["account"].choices = [*nobody, *people]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """What the action is told."""
        return self.cleaned_data | {"account": self._members.get(self.cleaned_data["account"])}


class DutyChangeForm(DeskForm):
    """The same by their account: nobody where none is named."""

    begins_at = ChangeForm.base_fields["begins_at"]
    ends_at = ChangeForm.base_fields["ends_at"]
    account = forms.ChoiceField(
        label=gettext_lazy("Who is on duty instead"),
        help_text=gettext_lazy("Left out: nobody, the plan does not hold. Leads may say that."),
        required=False,
    )
    rank = ChangeForm.base_fields["rank"]
    note = ChangeForm.base_fields["note"]

    def prepare(self) -> None:
        plan = plan_of(self.situation)
        self.members = {one.username: one for one in members_of(plan.team)}
        nobody = [("", _("Nobody: the plan does not hold"))]
        leads = may_lead(plan, self.situation.viewer)
        self.fields["account"].required = not leads
        self.fields["account"].choices = [  # type: ignore[attr-defined]
            *(nobody if leads else []),
            *((key, one.name) for key, one in self.members.items()),
        ]


# ------------------------------------------------------------------ emergencies
def call_outs(desk: Desk) -> list[tuple[str, str]]:
    """The emergencies that nobody took yet."""
    return [(str(one.pk), one.case.reference) for one in reading.calls_going_on(desk.viewer)]


def call_out_of(desk: Desk) -> CallOut:
    """The one that the address names. Raises ``Http404``."""
    return reading.call_out_for(desk.viewer, number_of(desk))


def why_not_take(desk: Desk) -> Refusal | None:
    going = call_out_of(desk)
    return duty_rules.why_not_take(
        taken_by=going.taken_by.name if going.taken_by else "",
        is_over=going.state != CallOut.State.CALLING,
        sees_case=True,
        permissions=desk.viewer.within(going.entity_id).permissions,
    )


def do_take(desk: Desk, given: Mapping[str, Any]) -> str:
    taken = take(call_out_of(desk), by=desk.account, at=desk.at)
    desk.reference = taken.case.reference
    return _("You attend to it: nobody more is called.")


# ------------------------------------------------------------------ changes
def plans(desk: Desk) -> list[tuple[str, str]]:
    """The weekly plans of the entities that its author looks after."""
    return [
        (str(one.pk), f"{one.team.name}, {one.entity.name}")
        for one in reading.plans_for(desk.viewer)
    ]


def plan_of(desk: Desk) -> DutyPlan:
    """The one that the address names. Raises ``Http404``."""
    return reading.plan_for(desk.viewer, number_of(desk))


def why_not_change(desk: Desk) -> Refusal | None:
    """Nothing stands against it beforehand: whose duty it is depends on when."""
    plan_of(desk)
    return None


def do_change(desk: Desk, given: Mapping[str, Any]) -> str:
    plan = plan_of(desk)
    members = {one.username: one for one in members_of(plan.team)}
    account = members.get(given["account"])
    change_duty(plan, **{**given, "account": account}, by=desk.account, at=desk.at)
    return _("It is written down: the change holds in its time.")


def changes(desk: Desk) -> list[tuple[str, str]]:
    """What changes the plans and is not over."""
    found = reading.changes_for(reading.plans_for(desk.viewer), at=desk.at)
    return [(str(one.pk), _in_words(one)) for one in found]


def _in_words(one: DutyChange) -> str:
    zone = one.plan.entity.timezone
    return _("%(first)s to %(last)s") % {
        "first": spoken.stamp(one.begins_at, zone),
        "last": spoken.stamp(one.ends_at, zone),
    }


def change_of(desk: Desk) -> DutyChange:
    """The one that the address names. Raises ``Http404``."""
    return reading.change_for(desk.viewer, number_of(desk))


def why_not_withdraw(desk: Desk) -> Refusal | None:
    change = change_of(desk)
    mine = change.recorded_by_id == desk.viewer.account_id
    return duty_rules.why_not_withdraw(
        is_withdrawn=change.withdrawn_at is not None,
        is_over=change.ends_at <= desk.at,
        may=mine or may_lead(change.plan, desk.viewer),
    )


def do_withdraw(desk: Desk, given: Mapping[str, Any]) -> str:
    withdraw_change(change_of(desk), by=desk.account, at=desk.at)
    return _("The weekly plan holds again.")
