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

from valedor.channels.channel_rules import SHORTEST_SECRET
from valedor.channels.models import Line, LineTrouble
from valedor.channels.telephone import numbers
from valedor.channels.telephone.actions.set_line import set_line
from valedor.channels.telephone.line_rules import warning_of
from valedor.channels.telephone.troubles import TROUBLES
from valedor.desk.pages import StaffRequest, staff_page
from valedor.desk.queries.calls import line_of, lines_of
from valedor.foundation.moments import now
from valedor.people.permissions import Permission

from .channel_form import ChannelForm, channel_page
from .shell import Listing, ListRow, entity_or_404, listing

TAB = "desk:settings:lines"


class LineForm(ChannelForm):
    """A line."""

    key_words = gettext_lazy("Small letters: faults")

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
    opening = forms.CharField(
        label=gettext_lazy("When it is answered"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "Such as mon-fri 9:00-14:00 15:00-18:00; sat 9:00-13:00; hol 10:00-12:00, where hol "
            "are holidays. Left empty: at any hour."
        ),
    )
    team = forms.ChoiceField(label=gettext_lazy("Team that answers"), required=False)
    format = forms.ChoiceField(
        label=gettext_lazy("How the switchboard tells of calls"), choices=Line.Format.choices
    )
    secret = forms.CharField(
        label=gettext_lazy("Secret with which it signs"),
        help_text=gettext_lazy("At least %(number)s characters; Twilio's auth token for Twilio."),
        required=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    is_active = forms.BooleanField(
        label=pgettext_lazy("telephone line", "Is answered"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        secret = self.fields["secret"]
        secret.help_text = str(secret.help_text) % {"number": SHORTEST_SECRET}


@require_safe
@staff_page(Permission.CONFIGURE)
def lines(request: StaffRequest, key: str) -> HttpResponse:
    """The lines, and what keeps the switchboard of one from being believed."""
    entity = entity_or_404(key)
    found = lines_of(entity)
    troubles = TROUBLES.recent(found, at=now())
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
        request, TAB, entity.name, table, entity=entity,
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
    title = _("Add a telephone line")
    return channel_page(request, TAB, form, set_line, entity=entity, title=title)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def line(request: StaffRequest, key: str, line_key: str) -> HttpResponse:
    """One line, with the address at which its switchboard tells of calls."""
    entity = entity_or_404(key)
    found = line_of(entity, line_key)
    form = LineForm(request.POST or None, entity=entity, row=found)
    address = settings.PUBLIC_URL + reverse("channels:call_event", args=[key, line_key])
    lede = _("The switchboard posts each event of a call to %(address)s.") % {"address": address}
    return channel_page(
        request, TAB, form, set_line, entity=entity, key=line_key, title=found.name, lede=lede
    )
