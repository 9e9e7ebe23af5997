"""What can be booked at one entity: where, when, for how many at a time."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from valedor.bookings.actions.set_service import set_service
from valedor.bookings.models import Service
from valedor.bookings.plan import WEEKDAYS, hours_of_day
from valedor.bookings.queries import every_service
from valedor.design.words_form import WordsForm
from valedor.desk.pages import StaffRequest, staff_page
from valedor.people.models import Entity, Team
from valedor.people.permissions import Permission
from valedor.telling import spoken

from .shell import Listing, ListRow, entity_or_404, form_page, listing, save

TAB = "desk:settings:services"


class ServiceForm(WordsForm):
    """Something that can be booked; its key only while it is new."""

    use_required_attribute = False

    minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes it takes"), min_value=5, max_value=480, initial=30
    )
    places = forms.IntegerField(
        label=gettext_lazy("How many people at the same time"),
        min_value=1,
        max_value=50,
        initial=1,
    )
    at_home = forms.BooleanField(
        label=gettext_lazy("We go to the person: ask for the address"), required=False
    )
    notice_hours = forms.IntegerField(
        label=gettext_lazy("Booked at least so many hours before"),
        min_value=0,
        max_value=720,
        initial=12,
    )
    days_ahead = forms.IntegerField(
        label=gettext_lazy("Booked at most so many days ahead"),
        min_value=1,
        max_value=366,
        initial=60,
    )
    team = forms.ChoiceField(label=gettext_lazy("Team that receives it"), required=False)
    is_offered = forms.BooleanField(label=gettext_lazy("Offered"), required=False, initial=True)

    def __init__(
        self, *args: Any, entity: Entity, service: Service | None = None, **kwargs: Any
    ) -> None:
        if service is not None:
            kwargs["initial"] = {
                "minutes": service.minutes,
                "places": service.places,
                "at_home": service.at_home,
                "notice_hours": service.notice_hours,
                "days_ahead": service.days_ahead,
                "team": service.team.key if service.team else "",
                "is_offered": service.ended_at is None,
            }
        super().__init__(*args, **kwargs)
        words = (("name", _("Name"), 0), ("about", _("What it is, what to bring"), 3))
        for name, label, rows in (*words, ("place", _("Where"), 0)):
            self.add_words(
                name,
                label,
                getattr(service, name) if service else None,
                spoken=entity.languages,
                rows=rows,
            )
        for number, weekday in enumerate(WEEKDAYS):
            self.fields[f"hours_{weekday}"] = forms.CharField(
                label=_("Hours on %(day)s") % {"day": spoken.weekday(number)},
                help_text=_("09:00-14:00, 16:00-18:30; empty: nobody is served.")
                if number == 0
                else "",
                initial=_hours(service, weekday) if service else "",
                required=False,
                max_length=200,
            )
        self._teams: dict[str, Team] = {team.key: team for team in entity.teams.order_by("key")}
        teams = [(team.key, str(team.name)) for team in self._teams.values()]
        self.fields["team"].choices = [("", _("The reception")), *teams]  # type: ignore[attr-defined]
        if service is None:
            self.fields["key"] = forms.CharField(
                label=_("Key"), max_length=40, help_text=_("Small letters: meter-visit")
            )

    def said(self) -> dict[str, Any]:
        """What the action is told."""
        said: dict[str, Any] = {name: self.cleaned_data[name] for name in self.base_fields}
        for name in ("name", "about", "place"):
            said[name] = self.words(name)
        said["hours"] = [
            line
            for number, weekday in enumerate(WEEKDAYS)
            for line in hours_of_day(self.cleaned_data[f"hours_{weekday}"], number)
        ]
        return said | {"team": self._teams.get(said["team"])}


def _hours(service: Service, weekday: str) -> str:
    lines = [line.partition(" ") for line in service.hours]
    return ", ".join(hours for day, _blank, hours in lines if day == weekday)


@require_safe
@staff_page(Permission.CONFIGURE)
def services(request: StaffRequest, key: str) -> HttpResponse:
    """Everything that can be booked, or could be once."""
    entity = entity_or_404(key)
    rows = [
        ListRow(
            url=reverse("desk:settings:service", args=[key, one.key]),
            cells=[
                str(one.name),
                one.key,
                _("%(minutes)s min") % {"minutes": one.minutes},
                str(one.places),
            ],
            tag="" if one.ended_at is None else _("not offered"),
        )
        for one in every_service(entity)
    ]
    table = Listing(
        columns=[_("Service"), _("Key"), _("How long"), _("At the same time")],
        rows=rows,
        empty=_("Nothing can be booked yet"),
        empty_words=_("Add an appointment at the counter or a visit, and when you offer it."),
    )
    return listing(
        request, TAB, entity.name, table, entity=entity,
        add_url=reverse("desk:settings:service_new", args=[key]),
        add=_("Add something to book"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def service_new(request: StaffRequest, key: str) -> HttpResponse:
    """Something new to book."""
    entity = entity_or_404(key)
    form = ServiceForm(request.POST or None, entity=entity)
    return _page(request, entity, form, "", title=_("Add something to book"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def service(request: StaffRequest, key: str, service_key: str) -> HttpResponse:
    """One thing that can be booked."""
    entity = entity_or_404(key)
    found = next((one for one in every_service(entity) if one.key == service_key), None)
    if found is None:
        raise Http404
    form = ServiceForm(request.POST or None, entity=entity, service=found)
    return _page(request, entity, form, service_key, title=str(found.name))


def _page(
    request: StaffRequest, entity: Entity, form: ServiceForm, key: str, *, title: str
) -> HttpResponse:
    to = reverse(TAB, args=[entity.key])
    done = save(
        request,
        form,
        lambda at: set_service(
            entity, key or form.cleaned_data["key"], **form.said(), by=request.user, at=at
        ),
        to,
    )
    lede = _("Public holidays and the closed days of the entity are left out by themselves.")
    return done or form_page(request, TAB, title, form, entity=entity, lede=lede, cancel_url=to)
