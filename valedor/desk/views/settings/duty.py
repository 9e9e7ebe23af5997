"""Who keeps duty for an entity: the weekly plan of each team, by hand or as a table."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from valedor.desk.pages import StaffRequest, staff_page
from valedor.incidents.duty import csv_plan
from valedor.incidents.duty.actions.set_plan import TurnGiven, set_duty_plan, turns_of
from valedor.incidents.duty.models import Day, DutyPlan
from valedor.incidents.duty.plans import members_of, plan_named, plans_of
from valedor.people.models import Account, Entity
from valedor.people.permissions import Permission

from .shell import Listing, ListRow, entity_or_404, form_page, listing, save

TAB = "desk:settings:duty"
TEMPLATE = "desk/settings/duty_plan.html"


class PlanForm(forms.Form):
    """How long each is waited for, and whether anybody is called."""

    use_required_attribute = False

    minutes_each = forms.IntegerField(
        label=gettext_lazy("Minutes until the next is called"),
        min_value=1,
        max_value=120,
        initial=10,
    )
    is_active = forms.BooleanField(
        label=gettext_lazy("Emergencies call this team"), required=False, initial=True
    )


class NewPlanForm(PlanForm):
    """A plan for one more team."""

    def __init__(self, *args: Any, entity: Entity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {team.key: team for team in entity.teams.filter(is_active=True)}
        names = [(key, str(team.name)) for key, team in self.teams.items()]
        self.fields["team"] = forms.ChoiceField(label=_("Team"), choices=names)
        self.order_fields(["team"])


class TurnForm(forms.Form):
    """One more stretch of the week."""

    use_required_attribute = False

    day = forms.ChoiceField(label=gettext_lazy("Day"), choices=Day.choices)
    begins = forms.TimeField(
        label=gettext_lazy("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("At or before the beginning: it ends the day after."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    account = forms.ChoiceField(label=gettext_lazy("Who"))
    rank = forms.IntegerField(
        label=gettext_lazy("Called first, second…"), min_value=1, max_value=9, initial=1
    )

    def __init__(self, *args: Any, members: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._members = {one.username: one for one in members}
        names = [(key, one.name) for key, one in self._members.items()]
        self.fields["account"].choices = names  # type: ignore[attr-defined]

    def said(self) -> TurnGiven:
        """The turn."""
        given = self.cleaned_data
        account = self._members[given["account"]]
        return TurnGiven(given["day"], given["begins"], given["ends"], account, given["rank"])


class TableForm(forms.Form):
    """A whole week from a spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("Table (CSV)"),
        help_text=gettext_lazy(
            "Columns day, from, to, rank, person. It takes the place of the whole week."
        ),
    )


@require_safe
@staff_page(Permission.CONFIGURE)
def duty(request: StaffRequest, key: str) -> HttpResponse:
    """The plans of an entity."""
    entity = entity_or_404(key)
    rows = [
        ListRow(
            url=reverse("desk:settings:duty_plan", args=[key, plan.team.key]),
            cells=[str(plan.team.name), str(plan.minutes_each), str(len(plan.turns.all()))],
            tag="" if plan.is_active else pgettext("plan of duty", "calls nobody"),
        )
        for plan in plans_of(entity.pk)
    ]
    table = Listing(
        columns=[_("Team"), _("Minutes until the next"), _("Turns a week")],
        rows=rows,
        empty=_("Nobody keeps duty yet"),
        empty_words=_("Make a plan for a team, and emergencies call whoever is on duty."),
    )
    return listing(
        request, TAB, entity.name, table, entity=entity,
        add_url=reverse("desk:settings:duty_new", args=[key]), add=_("Make a plan of duty"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def duty_new(request: StaffRequest, key: str) -> HttpResponse:
    """A plan for a team."""
    entity = entity_or_404(key)
    form = NewPlanForm(request.POST or None, entity=entity)

    def make(at: datetime) -> object:
        said = dict(form.cleaned_data)
        return set_duty_plan(entity, form.teams[said.pop("team")], **said, by=request.user, at=at)

    to = reverse(TAB, args=[key])
    if form.is_bound and form.is_valid():
        to = reverse("desk:settings:duty_plan", args=[key, form.cleaned_data["team"]])
    done = save(request, form, make, to)
    return done or form_page(
        request, TAB, _("Make a plan of duty"), form, entity=entity,
        cancel_url=reverse(TAB, args=[key]),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def duty_plan(request: StaffRequest, key: str, team_key: str) -> HttpResponse:
    """One plan: its week, one more turn, a table, and how it calls. ``do`` says which was sent."""
    entity = entity_or_404(key)
    plan = _plan_or_404(entity, team_key)
    members, turns = members_of(plan.team), turns_of(plan)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    here = reverse("desk:settings:duty_plan", args=[key, team_key])

    def sent(name: str) -> Any:
        return request.POST if do == name else None

    first = {"minutes_each": plan.minutes_each, "is_active": plan.is_active}
    form = PlanForm(sent("plan"), initial=first)
    turn = TurnForm(sent("turn"), members=members, prefix="turn")
    table = TableForm(sent("table"), request.FILES if do == "table" else None, prefix="table")
    removed = forms.Form(sent("remove"))

    def week_of(at: datetime) -> object:
        week = {
            "turn": lambda: [*turns, turn.said()],
            "table": lambda: csv_plan.read(
                table.cleaned_data["file"].read(csv_plan.LARGEST + 1), members=members
            ),
            "remove": lambda: [one for one in turns if one.plain() != request.POST.get("turn")],
        }[do]()
        return set_duty_plan(entity, plan.team, turns=week, by=request.user, at=at)

    def settings_of(at: datetime) -> object:
        return set_duty_plan(entity, plan.team, **form.cleaned_data, by=request.user, at=at)

    forms_of = {"plan": form, "turn": turn, "table": table, "remove": removed}
    done = None
    if do in forms_of:
        act = settings_of if do == "plan" else week_of
        done = save(request, forms_of[do], act, here)
    bad = next((one for one in forms_of.values() if one.errors), None)
    more = {
        "rows": [_row(one) for one in turns],
        "turn_form": turn,
        "table_form": table,
        "table_url": reverse("desk:settings:duty_table", args=[key, team_key]),
        "do": "plan",
        "members": members,
    }
    response = done or form_page(
        request, TAB, str(plan.team.name), form, entity=entity, template=TEMPLATE, more=more,
        cancel_url=reverse(TAB, args=[key]),
    )  # fmt: skip
    if done is None and bad is not None:
        response.status_code = 422
    return response


@require_safe
@staff_page(Permission.CONFIGURE)
def duty_table(request: StaffRequest, key: str, team_key: str) -> HttpResponse:
    """The week as a table."""
    plan = _plan_or_404(entity_or_404(key), team_key)
    response = HttpResponse(
        csv_plan.written(turns_of(plan)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="duty-{key}-{team_key}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _row(turn: TurnGiven) -> dict[str, Any]:
    return {
        "key": turn.plain(),
        "day": str(Day(turn.day).label),
        "hours": f"{turn.begins:%H:%M} – {turn.ends:%H:%M}",
        "next_day": turn.ends <= turn.begins,
        "who": turn.account.name,
        "rank": turn.rank,
        "has_number": bool(turn.account.telephone),
        "has_address": bool(turn.account.email),
    }


def _plan_or_404(entity: Entity, team_key: str) -> DutyPlan:
    plan = plan_named(entity, team_key)
    if plan is None:
        raise Http404
    return plan
