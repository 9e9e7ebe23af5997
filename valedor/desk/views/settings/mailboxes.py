"""The addresses at which one entity is written to, and how their mail is fetched."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from valedor.casefile.models import Kind
from valedor.channels.email.actions.set_mailbox import set_mailbox
from valedor.channels.models import Mailbox
from valedor.desk.pages import StaffRequest, staff_page
from valedor.desk.queries.mails import (
    awaiting_verdict,
    judge_of_spam,
    mailbox_of,
    mailboxes_of,
)
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.telling import spoken

from .channel_form import ChannelForm, channel_page
from .shell import Listing, ListRow, entity_or_404, listing

TAB = "desk:settings:mailboxes"

_SECURITY = [
    ("tls", gettext_lazy("TLS, the usual one (port 993)")),
    ("starttls", gettext_lazy("STARTTLS (port 143)")),
    ("none", gettext_lazy("None: only for a server on this machine")),
]
_SIGNS_IN = [
    ("password", gettext_lazy("An app password")),
    ("oauth", gettext_lazy("OAuth (XOAUTH2), with a refresh token")),
]
_AFTERWARDS = [
    ("keep", gettext_lazy("Stays there, marked as read")),
    ("move", gettext_lazy("Is moved into another folder")),
    ("delete", gettext_lazy("Is deleted there")),
]


class MailboxForm(ChannelForm):
    """A mailbox."""

    secrets = frozenset({"secret", "client_secret"})
    key_words = gettext_lazy("Small letters: complaints")

    address = forms.EmailField(label=gettext_lazy("Address"))
    team = forms.ChoiceField(
        label=gettext_lazy("Team that receives what comes"),
        required=False,
        help_text=gettext_lazy("Left open, the reception gets it."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the receipts"))
    kind = forms.ChoiceField(
        label=gettext_lazy("What a new mail is, until somebody knows better"),
        choices=Kind.choices,
        initial=Kind.COMPLAINT,
    )
    host = forms.CharField(
        label=gettext_lazy("IMAP server"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Empty where the mail server hands messages to “valedor mail-in”."),
    )
    port = forms.IntegerField(label=gettext_lazy("Port"), min_value=1, max_value=65535, initial=993)
    security = forms.ChoiceField(label=gettext_lazy("Encryption"), choices=_SECURITY)
    login = forms.CharField(label=gettext_lazy("Login"), required=False, max_length=200)
    signs_in = forms.ChoiceField(label=gettext_lazy("Signs in with"), choices=_SIGNS_IN)
    secret = forms.CharField(
        label=gettext_lazy("App password or refresh token"),
        required=False,
        max_length=4000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    token_url = forms.CharField(
        label=gettext_lazy("Address that gives tokens (OAuth)"), required=False, max_length=300
    )
    client_id = forms.CharField(
        label=gettext_lazy("Client (OAuth)"), required=False, max_length=200
    )
    client_secret = forms.CharField(
        label=gettext_lazy("Secret of the client (OAuth)"),
        required=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    folder = forms.CharField(label=gettext_lazy("Folder"), max_length=200, initial="INBOX")
    afterwards = forms.ChoiceField(
        label=gettext_lazy("Once a message is here, the server's copy"), choices=_AFTERWARDS
    )
    done_folder = forms.CharField(
        label=gettext_lazy("Folder it is moved into"), required=False, max_length=200
    )
    is_fax = forms.BooleanField(
        label=gettext_lazy("A fax service delivers faxes there"),
        required=False,
        help_text=gettext_lazy(
            "Each enclosed PDF or TIFF becomes a letter that came in; nobody is answered by mail."
        ),
    )
    is_of_the_office = forms.BooleanField(
        label=gettext_lazy("It belongs to the ombudsman's office"),
        required=False,
        help_text=gettext_lazy(
            "What arrives there lies behind the wall, and the office's letters go out from it. It "
            "is never changed afterwards."
        ),
    )
    is_active = forms.BooleanField(
        label=pgettext_lazy("mailbox", "Is read"), required=False, initial=True
    )

    def __init__(self, *args: Any, entity: Entity, **kwargs: Any) -> None:
        super().__init__(*args, entity=entity, **kwargs)
        names = dict(settings.LANGUAGES)
        chosen = [(language, names[language]) for language in entity.languages]
        self.fields["language"].choices = chosen  # type: ignore[attr-defined]
        self.initial.setdefault("language", entity.default_language)


@require_safe
@staff_page(Permission.CONFIGURE)
def mailboxes(request: StaffRequest, key: str) -> HttpResponse:
    """The mailboxes, when each was last looked at, and what keeps one from being read."""
    entity = entity_or_404(key)
    rows = [
        ListRow(
            url=reverse("desk:settings:mailbox", args=[key, one.key]),
            cells=[one.address, one.key, one.host or _("by a pipe"), _state_of(one)],
            tag=_tag_of(one),
        )
        for one in mailboxes_of(entity)
    ]
    table = Listing(
        columns=[_("Address"), _("Key"), _("Server"), _("Last looked at")],
        rows=rows,
        empty=_("No mailbox yet"),
        empty_words=_("Add the address that people write to: every mail becomes a contact."),
    )
    return listing(
        request, TAB, entity.name, table, entity=entity, lede=_judge_in_words(request, entity),
        add_url=reverse("desk:settings:mailbox_new", args=[key]), add=_("Add a mailbox"),
    )  # fmt: skip


def _tag_of(mailbox: Mailbox) -> str:
    if not mailbox.is_active:
        return _("not read")
    return _("of the ombudsman") if mailbox.is_of_the_office else ""


def _judge_in_words(request: StaffRequest, entity: Entity) -> str:
    """That nobody says whether mail is wanted, and what becomes of it meanwhile."""
    judge = judge_of_spam()
    if judge is None or judge.trouble_since is None:
        return ""
    said = _(
        "Since %(when)s nobody says whether mail is wanted (%(why)s). It is taken in all the "
        "same, and judged once rspamd answers again."
    ) % {"when": spoken.stamp(judge.trouble_since, entity.timezone), "why": judge.trouble}
    number = awaiting_verdict(request.viewer, entity)
    if not number:
        return said
    waits = ngettext("%(number)s mail waits.", "%(number)s mails wait.", number)
    return f"{said} {waits % {'number': number}}"


def _state_of(mailbox: Mailbox) -> str:
    zone = mailbox.entity.timezone
    if mailbox.trouble:
        since = spoken.stamp(mailbox.trouble_since, zone) if mailbox.trouble_since else ""
        return _("Cannot be read since %(when)s: %(why)s") % {
            "when": since,
            "why": mailbox.trouble,
        }
    if not mailbox.host:
        return _("when the mail server hands something over")
    return spoken.stamp(mailbox.looked_at, zone) if mailbox.looked_at else _("not yet")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def mailbox_new(request: StaffRequest, key: str) -> HttpResponse:
    """A new mailbox."""
    entity = entity_or_404(key)
    form = MailboxForm(request.POST or None, entity=entity)
    title = _("Add a mailbox")
    return channel_page(request, TAB, form, set_mailbox, entity=entity, title=title)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def mailbox(request: StaffRequest, key: str, mailbox_key: str) -> HttpResponse:
    """One mailbox."""
    entity = entity_or_404(key)
    found = mailbox_of(entity, mailbox_key)
    form = MailboxForm(request.POST or None, entity=entity, row=found)
    return channel_page(
        request, TAB, form, set_mailbox, entity=entity, key=mailbox_key, title=found.address,
        lede=_state_of(found) if found.trouble else "",
    )  # fmt: skip
