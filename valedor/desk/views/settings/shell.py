"""What the pages of the settings share: the frame, lists, forms, and saying what changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from valedor.design.parts import MenuItem
from valedor.desk.pages import StaffRequest, page
from valedor.desk.queries.settings import log_lines_of
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.people.acts import words_of
from valedor.people.models import Entity
from valedor.people.queries import entity_with_key

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

SECTIONS = (
    (
        "desk:settings:entities",
        gettext_lazy("Legal entities"),
        gettext_lazy("Who answers: addresses, languages, rules, categories, letters."),
    ),
    (
        "desk:settings:teams",
        gettext_lazy("Teams"),
        gettext_lazy("Who works together, and for whom."),
    ),
    (
        "desk:settings:people",
        gettext_lazy("People and roles"),
        gettext_lazy("Who signs in, and what they may do."),
    ),
    (
        "desk:settings:bodies",
        gettext_lazy("Bodies outside"),
        gettext_lazy("Who can be turned to after the house, by place, trade and amount."),
    ),
    (
        "desk:settings:office",
        gettext_lazy("Ombudsman's office"),
        gettext_lazy("Steps that wait until the office confirms them."),
    ),
    (
        "desk:settings:programs",
        gettext_lazy("Programs"),
        gettext_lazy("Other systems that call: their tokens, and what each may."),
    ),
    (
        "desk:settings:log",
        gettext_lazy("Administration log"),
        gettext_lazy("Who changed what, when, from what to what."),
    ),
)

OF_ENTITY = (
    ("desk:settings:entity", pgettext_lazy("tab", "Details")),
    ("desk:settings:regimes", pgettext_lazy("tab", "Rules followed")),
    ("desk:settings:targets", pgettext_lazy("tab", "Targets")),
    ("desk:settings:closures", pgettext_lazy("tab", "Closed days")),
    ("desk:settings:areas", pgettext_lazy("tab", "Areas")),
    ("desk:settings:categories", pgettext_lazy("tab", "Categories")),
    ("desk:settings:letters", pgettext_lazy("tab", "Letters")),
    ("desk:settings:mailboxes", pgettext_lazy("tab", "Mailboxes")),
    ("desk:settings:lines", pgettext_lazy("tab", "Telephone lines")),
    ("desk:settings:gateways", pgettext_lazy("tab", "SMS")),
    ("desk:settings:chat", pgettext_lazy("tab", "Chat")),
    ("desk:settings:services", pgettext_lazy("tab", "Bookings")),
    ("desk:settings:products", pgettext_lazy("tab", "Orders")),
    ("desk:settings:duty", pgettext_lazy("tab", "Duty")),
    ("desk:settings:embedding", pgettext_lazy("tab", "Form elsewhere")),
    ("desk:settings:webhooks", pgettext_lazy("tab", "Webhooks")),
    ("desk:settings:adhesions", pgettext_lazy("tab", "Arbitration")),
    ("desk:settings:redress", pgettext_lazy("tab", "Redress")),
    ("desk:settings:appointments", pgettext_lazy("tab", "Ombudsman")),
    ("desk:settings:authority", pgettext_lazy("tab", "Authority")),
    ("desk:settings:notice", pgettext_lazy("tab", "Privacy notice")),
)


@dataclass(frozen=True, kw_only=True)
class ListRow:
    """A line of a list: its first cell is a link where there is an address."""

    cells: Sequence[str]
    url: str = ""
    tag: str = ""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A table, or the words that stand where it would be empty."""

    columns: Sequence[str]
    rows: Sequence[ListRow]
    empty: str
    empty_words: str

    @property
    def lines(self) -> list[tuple[ListRow, list[tuple[str, str]]]]:
        """Each row with its cells named, for screens too narrow for columns."""
        return [(row, list(zip(self.columns, row.cells, strict=True))) for row in self.rows]


def frame(view: str, *, entity: Entity | None = None) -> dict[str, Any]:
    """Menu and tabs around a page."""
    section = "desk:settings:entities" if entity is not None else view
    found: dict[str, Any] = {
        "sections": [
            MenuItem(name=str(name), url=reverse(key), is_current=key == section)
            for key, name, _about in SECTIONS
        ],
    }
    if entity is not None:
        found["entity"] = entity
        found["tabs"] = [
            MenuItem(name=str(name), url=reverse(key, args=[entity.key]), is_current=key == view)
            for key, name in OF_ENTITY
        ]
    return found


def listing(
    request: StaffRequest,
    view: str,
    title: str,
    table: Listing,
    *,
    entity: Entity | None = None,
    lede: str = "",
    add_url: str = "",
    add: str = "",
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """A page that is a list."""
    context = frame(view, entity=entity) | {
        "title": title,
        "lede": lede,
        "listing": table,
        "add_url": add_url,
        "add": add,
        **(more or {}),
    }
    return page(request, "desk/settings/list.html", context, place="settings")


def form_page(
    request: StaffRequest,
    view: str,
    title: str,
    form: forms.Form,
    *,
    entity: Entity | None = None,
    lede: str = "",
    submit: str = "",
    cancel_url: str = "",
    template: str = "desk/settings/form.html",
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """A page that is a form; 422 when it came back with something to correct."""
    context = frame(view, entity=entity) | {
        "title": title,
        "lede": lede,
        "form": form,
        "submit": submit or _("Save"),
        "cancel_url": cancel_url,
        **(more or {}),
    }
    status = 422 if form.is_bound and form.errors else 200
    return page(request, template, context, status=status, place="settings")


def save(
    request: StaffRequest, form: forms.Form, act: Callable[[datetime], object], to: str
) -> HttpResponse | None:
    """Do what a valid form asks, say what changed and go on; None to show the page again."""
    if request.method != "POST" or not form.is_valid():
        return None
    at = now()
    try:
        act(at)
    except Refused as refused:
        form.add_error(None, str(refused.refusal))
        return None
    say_what_changed(request, at)
    return HttpResponseRedirect(to)


def do(request: StaffRequest, act: Callable[[datetime], object], to: str) -> HttpResponse:
    """The same for a button without a form."""
    at = now()
    try:
        act(at)
    except Refused as refused:
        messages.error(request, str(refused.refusal))
    else:
        say_what_changed(request, at)
    return HttpResponseRedirect(to)


def say_what_changed(request: StaffRequest, at: datetime) -> None:
    """A message for every line that the log has gained, or that there is none."""
    lines = log_lines_of(request.user, at=at)
    for line in lines:
        sentence = _("Done: you %(act)s (%(subject)s).")
        messages.success(request, sentence % {"act": words_of(line.act), "subject": line.subject})
    if not lines:
        messages.info(request, _("It is so already: nothing was changed."))


def entity_or_404(key: str) -> Entity:
    """An entity by its key. Settings are the whole organisation's."""
    entity = entity_with_key(key)
    if entity is None:
        raise Http404
    return entity


def languages_field(label: "StrOrPromise", *, required: bool = True) -> forms.MultipleChoiceField:
    """Some of the four languages."""
    return forms.MultipleChoiceField(
        label=label,
        choices=list(settings.LANGUAGES),
        required=required,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--row"}),
    )
