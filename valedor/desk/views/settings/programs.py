"""The tokens with which programs call the interface: made, shown once, revoked."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valedor.design.parts import Fact
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.foundation.moments import local_day, now
from valedor.foundation.refusals import Refused
from valedor.people.permissions import Permission
from valedor.programs import queries
from valedor.programs.models import ApiToken
from valedor.programs.tokens import ACTS_AT_MOST, ACTS_FOR, issue_token, revoke_token
from valedor.telling import spoken

from .shell import Listing, ListRow, do, form_page, frame, listing, say_what_changed

SECTION = "desk:settings:programs"


class TokenForm(forms.Form):
    """What a program may, for whom, and as whom."""

    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        help_text=gettext_lazy("Which program it is for, as you will look for it: CRM, robot."),
        error_messages={"required": gettext_lazy("Give the token a name.")},
    )
    entity = forms.ChoiceField(label=gettext_lazy("Legal entity"))
    account = forms.ChoiceField(
        label=gettext_lazy("Acts as"),
        required=False,
        help_text=gettext_lazy(
            "As a person it sees and may do what they see and may do, and every line says that "
            "they did it. No more than you may yourself."
        ),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may"),
        choices=ApiToken.Scope.choices,
        widget=forms.CheckboxSelectMultiple(),
        help_text=gettext_lazy(
            "A program sends messages for the house; whoever acts as a person acts on cases "
            "instead."
        ),
        error_messages={"required": gettext_lazy("Choose at least one thing that it may.")},
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days until it ends"),
        required=False,
        min_value=1,
        max_value=ACTS_AT_MOST.days,
        help_text=gettext_lazy(
            "Left empty: 90 days where it acts as a person, else until it is revoked."
        ),
    )

    def __init__(self, data: Any = None, *, at: datetime) -> None:
        super().__init__(data)
        self.entities = {one.key: one for one in queries.entities_called()}
        self.accounts = {one.username: one for one in queries.accounts_acted_as(at)}
        self.fields["entity"].choices = [(key, one.name) for key, one in self.entities.items()]  # type: ignore[attr-defined]
        self.fields["account"].choices = [  # type: ignore[attr-defined]
            ("", _("Nobody: a program for the entity")),
            *((key, f"{one.name} ({key})") for key, one in self.accounts.items()),
        ]

    def said(self) -> dict[str, Any]:
        """What the action is told."""
        given = self.cleaned_data
        account = self.accounts.get(given["account"])
        lasts = timedelta(days=given["days"]) if given["days"] else ACTS_FOR if account else None
        return {
            "name": given["name"].strip(),
            "entity": self.entities[given["entity"]],
            "scopes": given["scopes"],
            "account": account,
            "lasts": lasts,
        }


@require_safe
@staff_page(Permission.CONFIGURE)
def programs(request: StaffRequest) -> HttpResponse:
    """Every token, those that live first."""
    at = now()
    rows = [
        ListRow(
            url=reverse("desk:settings:program", args=[one.pk]),
            cells=[
                one.name,
                one.entity.name,
                ", ".join(_scopes(one)),
                one.account.name if one.account else "—",
                spoken.short_day(local_day(one.issued_at, one.entity.timezone)),
                spoken.short_day(local_day(one.last_used_at, one.entity.timezone))
                if one.last_used_at
                else _("never"),
            ],
            tag=_over(one, at),
        )
        for one in queries.tokens_made()
    ]
    table = Listing(
        columns=[
            _("Name"),
            _("Legal entity"),
            _("What it may"),
            _("Acts as"),
            _("Made on"),
            _("Last used"),
        ],
        rows=rows,
        empty=_("No program calls yet"),
        empty_words=_(
            "Make a token for each program that registers contacts, reads cases or acts for "
            "somebody."
        ),
    )
    return listing(
        request,
        SECTION,
        _("Programs"),
        table,
        add_url=reverse("desk:settings:program_new"),
        add=_("Make a token"),
    )


def _scopes(token: ApiToken) -> list[str]:
    return [str(ApiToken.Scope(one).label) for one in token.scopes]


def _over(token: ApiToken, at: datetime) -> str:
    """Why it opens nothing any more; empty while it does."""
    if token.revoked_at is not None:
        return _("revoked")
    if token.expires_at is not None and token.expires_at <= at:
        return _("over")
    return ""


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def program_new(request: StaffRequest) -> HttpResponse:
    """One more, shown this once."""
    at = now()
    form = TokenForm(request.POST or None, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            token = issue_token(**form.said(), by=request.user, at=at)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            say_what_changed(request, at)
            return _shown_once(request, form.said()["name"], token)
    return form_page(
        request,
        SECTION,
        _("Make a token"),
        form,
        submit=_("Make it"),
        cancel_url=reverse(SECTION),
    )


def _shown_once(request: StaffRequest, name: str, token: str) -> HttpResponse:
    made = queries.living_token_named(name)
    if made is None:
        raise Http404
    context = frame(SECTION) | {
        "title": _("The token of %(name)s") % {"name": name},
        "token": token,
        "back_url": reverse("desk:settings:program", args=[made.pk]),
    }
    response = page(request, "desk/settings/program_token.html", context, place="settings")
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@staff_page(Permission.CONFIGURE)
def program(request: StaffRequest, pk: int) -> HttpResponse:
    """One token: what it may, since when, until when; and the button that ends it."""
    found, at = _token(pk), now()
    zone = found.entity.timezone
    told = [
        (_("Legal entity"), found.entity.name),
        (_("What it may"), ", ".join(_scopes(found))),
        (_("Acts as"), found.account.name if found.account else _("nobody: for the entity")),
        (_("Made on"), spoken.stamp(found.issued_at, zone)),
        (
            _("Last used"),
            spoken.stamp(found.last_used_at, zone) if found.last_used_at else _("never"),
        ),
        (_("Ends"), spoken.stamp(found.expires_at, zone) if found.expires_at else ""),
        (_("Revoked"), spoken.stamp(found.revoked_at, zone) if found.revoked_at else ""),
    ]
    context = frame(SECTION) | {
        "title": found.name,
        "facts": [Fact(name=name, value=value) for name, value in told if value],
        "over": _over(found, at),
        "revoke_url": reverse("desk:settings:program_revocation", args=[pk])
        if found.revoked_at is None
        else "",
        "back_url": reverse(SECTION),
    }
    return page(request, "desk/settings/program.html", context, place="settings")


@require_POST
@staff_page(Permission.CONFIGURE)
def program_revocation(request: StaffRequest, pk: int) -> HttpResponse:
    """The program that holds it is refused from now on."""
    found = _token(pk)
    here = reverse("desk:settings:program", args=[pk])
    name = found.name if found.revoked_at is None else ""
    return do(request, lambda at: revoke_token(name, by=request.user, at=at), here)


def _token(pk: int) -> ApiToken:
    found = queries.token_made(pk)
    if found is None:
        raise Http404
    return found
