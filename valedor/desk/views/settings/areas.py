"""Areas of one entity: what cases are about, and who answers for it."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from valedor.design.words_form import WordsForm
from valedor.desk.pages import StaffRequest, staff_page
from valedor.desk.queries import settings as reading
from valedor.people.models import Entity, Team
from valedor.people.permissions import Permission
from valedor.procedures.actions.areas import set_area
from valedor.procedures.models import Area

from .shell import Listing, ListRow, entity_or_404, form_page, listing, save


class AreaForm(WordsForm):
    """An area; its key only while it is new."""

    def __init__(self, *args: Any, entity: Entity, area: Area | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if area is None:
            self.fields["key"] = forms.CharField(
                label=_("Key"), max_length=40, help_text=_("Small letters and hyphens: billing")
            )
        self.add_words("name", _("Name"), area.name if area else None, spoken=entity.languages)
        teams = entity.teams.filter(purpose=Team.Purpose.AREA, is_active=True)
        self.fields["team"] = forms.ChoiceField(
            label=_("Team that answers for it"),
            choices=[("", _("nobody yet")), *((team.key, str(team.name)) for team in teams)],
            initial=area.team.key if area and area.team else "",
            required=False,
        )
        self.fields["is_active"] = forms.BooleanField(
            label=_("In use"), initial=area is None or area.ended_at is None, required=False
        )

    def said(self) -> dict[str, Any]:
        """What the action is told."""
        key = self.cleaned_data["team"]
        return {
            "name": self.words("name"),
            "team": reading.team_chosen(key) if key else None,
            "is_active": self.cleaned_data["is_active"],
        }


@require_safe
@staff_page(Permission.CONFIGURE)
def areas(request: StaffRequest, key: str) -> HttpResponse:
    """Every area of an entity."""
    entity = entity_or_404(key)
    rows = [
        ListRow(
            url=reverse("desk:settings:area", args=[key, area.key]),
            cells=[str(area.name), str(area.team.name) if area.team else _("nobody yet")],
            tag="" if area.ended_at is None else _("not in use"),
        )
        for area in entity.areas.select_related("team").order_by("key")
    ]
    table = Listing(
        columns=[_("Area"), _("Team")],
        rows=rows,
        empty=_("No area yet"),
        empty_words=_("Add the parts of the house that must answer questions: billing, network…"),
    )
    return listing(
        request, "desk:settings:areas", entity.name, table, entity=entity,
        add_url=reverse("desk:settings:area_new", args=[key]), add=_("Add an area"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def area_new(request: StaffRequest, key: str) -> HttpResponse:
    """A new area."""
    entity = entity_or_404(key)
    form = AreaForm(request.POST or None, entity=entity)
    to = reverse("desk:settings:areas", args=[key])
    done = save(
        request,
        form,
        lambda at: set_area(
            entity, form.cleaned_data["key"], **form.said(), by=request.user, at=at
        ),
        to,
    )
    return done or form_page(
        request, "desk:settings:areas", _("Add an area"), form, entity=entity, cancel_url=to
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def area(request: StaffRequest, key: str, area_key: str) -> HttpResponse:
    """One area."""
    entity = entity_or_404(key)
    found = entity.areas.select_related("team").filter(key=area_key).first()
    if found is None:
        raise Http404
    form = AreaForm(request.POST or None, entity=entity, area=found)
    to = reverse("desk:settings:areas", args=[key])
    done = save(
        request,
        form,
        lambda at: set_area(entity, area_key, **form.said(), by=request.user, at=at),
        to,
    )
    return done or form_page(
        request, "desk:settings:areas", str(found.name), form, entity=entity, cancel_url=to
    )
