"""Teams: who works together, and for whom."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from valedor.design.words_form import WordsForm
from valedor.desk.pages import StaffRequest, staff_page
from valedor.desk.queries import settings as reading
from valedor.people.actions.teams import add_team, change_team
from valedor.people.models import Entity, Team
from valedor.people.permissions import Permission
from valedor.people.queries import entities_with_keys, every_entity, team_with_key

from .shell import Listing, ListRow, form_page, listing, save


class TeamForm(WordsForm):
    """A team; its key and purpose only while it is new."""

    def __init__(self, *args: Any, team: Team | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if team is None:
            self.fields["key"] = forms.CharField(
                label=_("Key"), max_length=40, help_text=_("Small letters and hyphens: besos-north")
            )
            self.fields["purpose"] = forms.ChoiceField(
                label=_("What for"),
                choices=Team.Purpose.choices,
                help_text=_("This stays: a team for something else is another team."),
            )
        self.add_words("name", _("Name"), team.name if team else None)
        self.fields["entities"] = forms.MultipleChoiceField(
            label=_("Serves"),
            choices=[(entity.key, entity.name) for entity in every_entity()],
            initial=[entity.key for entity in team.entities.all()] if team else [],
            widget=forms.CheckboxSelectMultiple,
        )
        if team is not None:
            self.fields["is_outsourced"] = forms.BooleanField(
                label=_("People of another house"),
                help_text=_(
                    "They see the open cases of this team, nothing that is over, and take no list "
                    "along."
                ),
                initial=team.is_outsourced,
                required=False,
            )
            self.fields["is_active"] = forms.BooleanField(
                label=_("At work"), initial=team.is_active, required=False
            )

    def served(self) -> list[Entity]:
        """The entities chosen."""
        return entities_with_keys(self.cleaned_data["entities"])


@require_safe
@staff_page(Permission.CONFIGURE)
def teams(request: StaffRequest) -> HttpResponse:
    """Every team."""
    rows = [
        ListRow(
            url=reverse("desk:settings:team", args=[team.key]),
            cells=[
                str(team.name),
                str(Team.Purpose(team.purpose).label),
                ", ".join(entity.name for entity in team.entities.all()),
                str(sum(grant.ended_at is None for grant in team.grants.all())),
            ],
            tag="" if team.is_active else _("not at work"),
        )
        for team in reading.every_team()
    ]
    table = Listing(
        columns=[_("Team"), _("What for"), _("Serves"), _("Roles held")],
        rows=rows,
        empty=_("No team yet"),
        empty_words=_("Cases need a team that receives them: add one for everyday work."),
    )
    return listing(
        request, "desk:settings:teams", _("Teams"), table,
        add_url=reverse("desk:settings:team_new"), add=_("Add a team"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def team_new(request: StaffRequest) -> HttpResponse:
    """A new team."""
    form = TeamForm(request.POST or None)
    to = reverse("desk:settings:teams")
    done = save(
        request,
        form,
        lambda at: add_team(
            form.cleaned_data["key"],
            name=form.words("name"),
            entities=form.served(),
            purpose=form.cleaned_data["purpose"],
            by=request.user,
            at=at,
        ),
        to,
    )
    return done or form_page(request, "desk:settings:teams", _("Add a team"), form, cancel_url=to)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def team(request: StaffRequest, key: str) -> HttpResponse:
    """One team."""
    found = team_with_key(key)
    if found is None:
        raise Http404
    form = TeamForm(request.POST or None, team=found)
    to = reverse("desk:settings:teams")
    done = save(
        request,
        form,
        lambda at: change_team(
            found,
            name=form.words("name"),
            is_active=form.cleaned_data["is_active"],
            is_outsourced=form.cleaned_data["is_outsourced"],
            entities=form.served(),
            by=request.user,
            at=at,
        ),
        to,
    )
    return done or form_page(request, "desk:settings:teams", str(found.name), form, cancel_url=to)
