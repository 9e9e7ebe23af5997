"""The numbers at which one entity is written to by SMS, and the gateways that carry both ways."""

from collections import Counter
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from valedor.casefile.models import Kind
from valedor.channels.channel_rules import SHORTEST_SECRET
from valedor.channels.models import Gateway, GatewayTrouble
from valedor.channels.sms.actions.set_gateway import set_gateway
from valedor.channels.telephone import numbers
from valedor.desk.pages import StaffRequest, staff_page
from valedor.desk.queries.gateways import gateway_of, gateways_of, refused_at
from valedor.foundation.moments import now
from valedor.foundation.spoken_dates import day_in_words
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.telling import spoken

from .channel_form import ChannelForm, channel_page
from .shell import Listing, ListRow, entity_or_404, listing

TAB = "desk:settings:gateways"


class GatewayForm(ChannelForm):
    """A gateway."""

    key_words = gettext_lazy("Small letters: main")
    secrets: ClassVar[frozenset[str]] = frozenset({"password", "secret"})

    sender = forms.CharField(
        label=gettext_lazy("Number that people see and answer to"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel"}),
        help_text=gettext_lazy("With its country, +34 …, or a short number."),
    )
    protocol = forms.ChoiceField(
        label=gettext_lazy("Kind of gateway"), choices=Gateway.Protocol.choices
    )
    address = forms.CharField(
        label=gettext_lazy("Address that takes our messages"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "Kannel: http://gateway:13013/cgi-bin/sendsms. Twilio: "
            "https://api.twilio.com/2010-04-01/Accounts/AC…/Messages.json. Empty: none go out."
        ),
    )
    login = forms.CharField(
        label=gettext_lazy("Login"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Twilio: the Account SID, and the Auth Token twice below."),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    secret = forms.CharField(
        label=gettext_lazy("Secret with which the gateway comes to us"),
        help_text=gettext_lazy("At least %(number)s characters: letters, digits, - and _."),
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    team = forms.ChoiceField(label=gettext_lazy("Team that receives"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language of what comes"))
    kind = forms.ChoiceField(
        label=gettext_lazy("What a new contact is"), choices=Kind.choices, initial=Kind.ENQUIRY
    )
    is_active = forms.BooleanField(
        label=pgettext_lazy("SMS gateway", "Is in use"), required=False, initial=True
    )

    def __init__(self, *args: Any, entity: Entity, **kwargs: Any) -> None:
        super().__init__(*args, entity=entity, **kwargs)
        names = dict(settings.LANGUAGES)
        chosen = [(language, names[language]) for language in entity.languages]
        self.fields["language"].choices = chosen  # type: ignore[attr-defined]
        self.initial.setdefault("language", entity.default_language)
        secret = self.fields["secret"]
        if "%(" in str(secret.help_text):
            secret.help_text = str(secret.help_text) % {"number": SHORTEST_SECRET}


@require_safe
@staff_page(Permission.CONFIGURE)
def gateways(request: StaffRequest, key: str) -> HttpResponse:
    """The gateways, and what one of them lacks."""
    entity = entity_or_404(key)
    found = gateways_of(entity)
    refused: Counter[int] = Counter()
    for trouble in refused_at(found, now()):
        refused[trouble.gateway_id] += trouble.times
    rows = [
        ListRow(
            url=reverse("desk:settings:gateway", args=[key, one.key]),
            cells=[numbers.spoken(one.sender), one.key, _state_of(one, refused[one.pk])],
            tag="" if one.is_active else pgettext("SMS gateway", "not in use"),
        )
        for one in found
    ]
    table = Listing(
        columns=[_("Number"), _("Key"), _("The gateway")],
        rows=rows,
        empty=_("No SMS gateway yet"),
        empty_words=_("Add one, and people can write and be answered by SMS."),
    )
    return listing(
        request, TAB, entity.name, table, entity=entity,
        add_url=reverse("desk:settings:gateway_new", args=[key]), add=_("Add an SMS gateway"),
    )  # fmt: skip


def _state_of(gateway: Gateway, refused: int) -> str:
    lacks = []
    if refused:
        words = ngettext(
            "%(number)s request refused since yesterday",
            "%(number)s requests refused since yesterday",
            refused,
        )
        lacks.append(words % {"number": refused})
    if not gateway.address:
        lacks.append(_("nothing is sent: no address is set"))
    if not gateway.secret:
        lacks.append(_("nothing is believed: no secret is set"))
    return " · ".join(lacks) or _("sends and is believed")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def gateway_new(request: StaffRequest, key: str) -> HttpResponse:
    """A new gateway."""
    entity = entity_or_404(key)
    form = GatewayForm(request.POST or None, entity=entity)
    title = _("Add an SMS gateway")
    return channel_page(request, TAB, form, set_gateway, entity=entity, title=title)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def gateway(request: StaffRequest, key: str, gateway_key: str) -> HttpResponse:
    """One gateway, with the address at which it brings messages."""
    entity = entity_or_404(key)
    found = gateway_of(entity, gateway_key)
    form = GatewayForm(request.POST or None, entity=entity, row=found)
    address = settings.PUBLIC_URL + reverse("channels:sms", args=[key, gateway_key])
    return channel_page(
        request, TAB, form, set_gateway, entity=entity, key=gateway_key,
        title=numbers.spoken(found.sender),
        lede=" ".join(
            [
                _("The gateway brings each message to %(address)s.") % {"address": address},
                *(_refused_in_words(one, entity) for one in refused_at([found], now())),
            ]
        ),
    )  # fmt: skip


def _refused_in_words(trouble: GatewayTrouble, entity: Entity) -> str:
    words = ngettext(
        "Refused %(number)s time on %(day)s, last from %(address)s at %(when)s: %(why)s.",
        "Refused %(number)s times on %(day)s, last from %(address)s at %(when)s: %(why)s.",
        trouble.times,
    )
    return words % {
        "number": trouble.times,
        "day": day_in_words(trouble.on, get_language() or "en"),
        "address": trouble.last_address or "?",
        "when": spoken.stamp(trouble.last_at, entity.timezone),
        "why": trouble.get_reason_display(),
    }
