"""The numbers at which one entity is called, and how their switchboard is believed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from valedor.channels.models import Line, LineTrouble
from valedor.channels.telephone import numbers
from valedor.channels.telephone.actions.set_line import set_line
from valedor.channels.telephone.line_rules import SHORTEST_SECRET, warning_of
from valedor.channels.telephone.troubles import recent_troubles
from valedor.desk.pages import StaffRequest, staff_page
from valedor.desk.queries.calls import line_of, lines_of
from valedor.foundation.moments import now
from valedor.people.models import Entity
from valedor.people.permissions import Permission

from .shell import Listing, ListRow, entity_or_404, form_page, listing, save


class LineForm(forms.Form):
    """A line; its key only while it is new, its secret only when it is set."""

    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("What people call it for"),
        max_length=80,
        help_text=gettext_lazy("As operators and callers know it: Faults, Bills."),
    )
    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel"}),
        help_text=gettext_lazy("With its country: +34 … None of premium rate."),
    )
    other_number = forms.CharField(
        label=gettext_lazy("Geographic or mobile number beside it"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel"}),
        help_text=gettext_lazy("Needed beside a number of special rate (Ley 10/2025, art. 10)."),
    )
    team = forms.ChoiceField(label=gettext_lazy("Team that answers"), required=False)
    format = forms.ChoiceField(
        label=gettext_lazy("How the switchboard tells of calls"), choices=Line.Format.choices
    )
    secret = forms.CharField(
        label=gettext_lazy("Secret with which it signs"),
        required=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    is_active = forms.BooleanField(
        label=pgettext_lazy("telephone line", "Is answered"), required=False, initial=True
    )

    def __init__(self, *args: Any, entity: Entity, line: Line | None = None, **kwargs: Any) -> None:
        if line is not None:
            kwargs["initial"] = {
                name: getattr(line, name)
                for name in self.base_fields
                if name not in {"team", "secret"}
            } | {"team": line.team.key if line.team else ""}
        super().__init__(*args, **kwargs)
        self._teams = {team.key: team for team in entity.teams.order_by("key")}
        teams = [(team.key, str(team.name)) for team in self._teams.values()]
        self.fields["team"].choices = [("", _("The reception")), *teams]  # type: ignore[attr-defined]
        secret_words = _("At least %(number)s characters; Twilio's auth token for Twilio.")
        self.fields["secret"].help_text = secret_words % {"number": SHORTEST_SECRET}
        if line is None:
            self.fields["key"] = forms.CharField(
                label=_("Key"), max_length=40, help_text=_("Small letters: faults")
            )
        elif line.secret:
            self.fields["secret"].help_text = _("Leave it empty to keep the one that is set.")

    def said(self) -> dict[str, Any]:
        """What the action is told."""
        said = {name: self.cleaned_data[name] for name in self.base_fields}
        return said | {"team": self._teams.get(said["team"])}


@require_safe
@staff_page(Permission.CONFIGURE)
def lines(request: StaffRequest, key: str) -> HttpResponse:
    """The lines, and what keeps the switchboard of one from being believed."""
    entity = entity_or_404(key)
    found = lines_of(entity)
    troubles = recent_troubles(found, at=now())
    rows = [
        ListRow(
            url=reverse("desk:settings:line", args=[key, one.key]),
            cells=[
                one.name,
                numbers.spoken(one.number),
                one.key,
                _state_of(one, [trouble for trouble in troubles if trouble.line_id == one.pk]),
            ],
            tag="" if one.is_active else pgettext("telephone line", "not answered"),
        )
        for one in found
    ]
    table = Listing(
        columns=[_("Line"), _("Number"), _("Key"), _("The switchboard")],
        rows=rows,
        empty=_("No telephone line yet"),
        empty_words=_("Add the number that people call, and its switchboard tells of every call."),
    )
    return listing(
        request, "desk:settings:lines", entity.name, table, entity=entity,
        add_url=reverse("desk:settings:line_new", args=[key]), add=_("Add a telephone line"),
    )  # fmt: skip


def _state_of(line: Line, troubles: Sequence[LineTrouble]) -> str:
    told = [
        _("Refused since yesterday: %(times)s (%(why)s)")
        % {"times": trouble.times, "why": trouble.get_reason_display()}
        for trouble in troubles
    ]
    if not line.secret:
        told.insert(0, _("nothing is believed: no secret is set"))
    warning = warning_of(line, is_basic_service=bool(line.entity.facts.get("basic_service")))
    if warning is not None:
        told.append(str(warning))
    return " · ".join(told) or _("believed")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def line_new(request: StaffRequest, key: str) -> HttpResponse:
    """A new line."""
    entity = entity_or_404(key)
    form = LineForm(request.POST or None, entity=entity)
    to = reverse("desk:settings:lines", args=[key])
    done = save(
        request,
        form,
        lambda at: set_line(
            entity, form.cleaned_data["key"], **form.said(), by=request.user, at=at
        ),
        to,
    )
    title = _("Add a telephone line")
    return done or form_page(
        request, "desk:settings:lines", title, form, entity=entity, cancel_url=to
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def line(request: StaffRequest, key: str, line_key: str) -> HttpResponse:
    """One line, with the address at which its switchboard tells of calls."""
    entity = entity_or_404(key)
    found = line_of(entity, line_key)
    form = LineForm(request.POST or None, entity=entity, line=found)
    to = reverse("desk:settings:lines", args=[key])
    done = save(
        request,
        form,
        lambda at: set_line(entity, line_key, **form.said(), by=request.user, at=at),
        to,
    )
    address = settings.PUBLIC_URL + reverse("channels:call_event", args=[key, line_key])
    lede = _("The switchboard posts each event of a call to %(address)s.") % {"address": address}
    return done or form_page(
        request, "desk:settings:lines", found.name, form, entity=entity, lede=lede, cancel_url=to
    )  # fmt: skip
