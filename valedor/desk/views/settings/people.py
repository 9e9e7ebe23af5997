"""People of the staff, the roles they hold, and their sign-in."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queries import settings as reading
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.handling.actions.redistribute import pass_on_what_was_left
from valedor.people import rules
from valedor.people.actions.accounts import (
    add_account,
    change_account,
    deactivate_account,
    reactivate_account,
    reset_sign_in,
)
from valedor.people.actions.office import Step, ask_office
from valedor.people.actions.roles import end_role, grant_role
from valedor.people.models import Account, Role
from valedor.people.permissions import OFFICE_ROLES, Permission
from valedor.people.queries import (
    account_with_username,
    entities_with_keys,
    every_entity,
    offices_held_by,
    team_with_key,
    teams_at_work,
)
from valedor.people.second_factor import has_second_factor
from valedor.telling import spoken

from .person_form import PersonForm
from .shell import (
    Listing,
    ListRow,
    do,
    form_page,
    frame,
    listing,
    save,
    say_what_changed,
)


class RoleForm(forms.Form):
    """A role to grant."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"] = forms.ChoiceField(
            label=_("In the team"),
            help_text=_("For every role but auditor and administrator."),
            choices=[("", _("none")), *((team.key, str(team.name)) for team in teams_at_work())],
            required=False,
        )
        self.fields["entities"] = forms.MultipleChoiceField(
            label=_("Over the entities"),
            help_text=_("For an auditor."),
            choices=[(entity.key, entity.name) for entity in every_entity()],
            required=False,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--row"}),
        )
        self.fields["reason"] = forms.CharField(label=_("Why"), required=False, max_length=300)


def account_or_404(username: str) -> Account:
    """Somebody by their user name."""
    account = account_with_username(username)
    if account is None:
        raise Http404
    return account


@require_safe
@staff_page(Permission.CONFIGURE)
def people(request: StaffRequest) -> HttpResponse:
    """Everybody of the staff."""
    rows = [
        ListRow(
            url=reverse("desk:settings:person", args=[account.username]),
            cells=[account.name, account.username, _roles_in_words(account)],
            tag="" if account.is_active else _("no sign-in"),
        )
        for account in reading.everybody()
    ]
    table = Listing(
        columns=[_("Name"), _("User name"), _("Roles")],
        rows=rows,
        empty=_("Nobody yet"),
        empty_words=_("Add the people who handle cases, then give each a role in a team."),
    )
    return listing(
        request, "desk:settings:people", _("People and roles"), table,
        add_url=reverse("desk:settings:person_new"), add=_("Add somebody"),
    )  # fmt: skip


def _roles_in_words(account: Account) -> str:
    held = []
    for grant in account.grants.all():
        if grant.ended_at is None:
            words = str(Role(grant.role).label)
            held.append(f"{words} ({grant.team.name})" if grant.team else words)
    return ", ".join(held)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def person_new(request: StaffRequest) -> HttpResponse:
    """Somebody new."""
    form = PersonForm(request.POST or None)
    username = str(request.POST.get("username", "")).strip()
    done = save(
        request,
        form,
        lambda at: add_account(username, **form.said(), by=request.user, at=at),
        reverse("desk:settings:person", args=[username]) if rules.why_not_username(username) is None
        else reverse("desk:settings:people"),
    )  # fmt: skip
    return done or form_page(
        request, "desk:settings:people", _("Add somebody"), form,
        cancel_url=reverse("desk:settings:people"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def person(request: StaffRequest, username: str) -> HttpResponse:
    """One person: who they are, what they hold, how they sign in."""
    account = account_or_404(username)
    form = PersonForm(request.POST or None, account=account)

    def change(at: datetime) -> None:
        said = form.said()
        if offices_held_by(account) and said["email"] != account.email:
            ask_office(Step.CHANGE_EMAIL, account, email=said.pop("email"), by=request.user, at=at)
        change_account(account, **said, by=request.user, at=at)

    done = save(request, form, change, reverse("desk:settings:person", args=[username]))
    return done or _person_page(request, account, form, RoleForm())


def _person_page(
    request: StaffRequest, account: Account, form: forms.Form, role_form: forms.Form
) -> HttpResponse:
    grants = (
        account.grants.filter(ended_at=None).select_related("team").prefetch_related("entities")
    )
    more = {
        "account": account,
        "role_form": role_form,
        "grants": [
            {
                "words": str(Role(grant.role).label),
                "where": str(grant.team.name)
                if grant.team
                else ", ".join(entity.name for entity in grant.entities.all()),
                "since": spoken.day(localdate(grant.granted_at)),
                "end_url": reverse("desk:settings:role_end", args=[account.username, grant.pk]),
            }
            for grant in grants
        ],
        "open_requests": reading.how_many_wait_about(account),
        "holds_office": bool(offices_held_by(account)),
        "has_password": account.has_usable_password(),
        "has_second_factor": has_second_factor(account),
        "is_self": account.pk == request.user.pk,
    }
    response = form_page(
        request, "desk:settings:people", account.name, form,
        template="desk/settings/person.html", more=more,
        cancel_url=reverse("desk:settings:people"),
    )  # fmt: skip
    if role_form.is_bound:
        response.status_code = 422
    return response


@require_POST
@staff_page(Permission.CONFIGURE)
def roles(request: StaffRequest, username: str) -> HttpResponse:
    """Grant a role, or ask the office for one of its own."""
    account = account_or_404(username)
    form = RoleForm(request.POST)

    def grant(at: datetime) -> object:
        said = form.cleaned_data
        team = team_with_key(said["team"])
        if said["role"] in OFFICE_ROLES:
            return ask_office(
                Step.GRANT_ROLE,
                account,
                role=said["role"],
                team=team,
                reason=said["reason"],
                by=request.user,
                at=at,
            )
        return grant_role(
            account,
            said["role"],
            team=team,
            entities=entities_with_keys(said["entities"]),
            reason=said["reason"],
            by=request.user,
            at=at,
        )

    done = save(request, form, grant, reverse("desk:settings:person", args=[username]))
    return done or _person_page(request, account, PersonForm(account=account), form)


@require_POST
@staff_page(Permission.CONFIGURE)
def role_end(request: StaffRequest, username: str, pk: int) -> HttpResponse:
    """Take a role away."""
    account = account_or_404(username)
    grant = reading.grant_of(account, pk)
    if grant is None:
        raise Http404
    return do(
        request,
        lambda at: end_role(grant, by=request.user, at=at),
        reverse("desk:settings:person", args=[username]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def activity(request: StaffRequest, username: str) -> HttpResponse:
    """Take somebody's sign-in away, or give it back; asked first."""
    account = account_or_404(username)
    to = reverse("desk:settings:person", args=[username])
    if request.method == "POST":
        if not account.is_active:
            return do(request, lambda at: reactivate_account(account, by=request.user, at=at), to)
        return do(request, lambda at: _let_go(request, account, at=at), to)
    if account.is_active:
        title, action = _("Take away %(name)s's sign-in?"), _("Take it away")
        words = _(
            "It works at once and ends their roles. What they hold goes to others of its team; "
            "where nobody can take it, the team is called."
        )
    else:
        title, action = _("Give %(name)s their sign-in back?"), _("Give it back")
        words = _("Their roles are granted anew afterwards.")
    return _confirm(
        request,
        title % {"name": account.name},
        words,
        action,
        reverse("desk:settings:activity", args=[username]),
        to,
        is_danger=account.is_active,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def sign_in(request: StaffRequest, username: str) -> HttpResponse:
    """Make a one-time link, for somebody new or who lost what they sign in with; asked first."""
    account = account_or_404(username)
    to = reverse("desk:settings:person", args=[username])
    if request.method != "POST":
        words = _("Their password and second factor stop working at once.")
        if not account.has_usable_password():
            words = _("They have not chosen a password yet. An earlier link stops working.")
        if offices_held_by(account):
            words = _("The ombudsman's office is asked to confirm it; until then nothing changes.")
        return _confirm(
            request,
            _("A link for %(name)s?") % {"name": account.name},
            words,
            _("Make the link"),
            reverse("desk:settings:sign_in", args=[username]),
            to,
        )
    at = now()
    try:
        if offices_held_by(account):
            ask_office(Step.RESET_SIGN_IN, account, by=request.user, at=at)
            say_what_changed(request, at)
            return HttpResponseRedirect(to)
        link = reset_sign_in(account, by=request.user, at=at)
    except Refused as refused:
        messages.error(request, str(refused.refusal))
        return HttpResponseRedirect(to)
    return hand_over(request, account, link, to)


def hand_over(request: StaffRequest, account: Account, link: str, to: str) -> HttpResponse:
    """Send the link where mail goes out and an address is known; else show it, once."""
    if account.email and (settings.SMTP_URL or settings.DEMO):
        with translation.override(account.language):
            subject = _("Your sign-in to Valedor")
            words = _(
                "With this link, which opens once and for seven days, you choose a password:\n\n"
                "%(link)s\n\nYour user name is %(username)s."
            )
            text = words % {"link": link, "username": account.username}
        send_mail(subject, text, None, [account.email])
        messages.success(
            request, _("A one-time link is on its way to %(name)s.") % {"name": account.name}
        )
        return HttpResponseRedirect(to)
    context = frame("desk:settings:people") | {
        "title": _("A link for %(name)s") % {"name": account.name},
        "link": link,
        "account": account,
        "back_url": to,
    }
    return page(request, "desk/settings/link.html", context, place="settings")


def _let_go(request: StaffRequest, account: Account, *, at: datetime) -> None:
    """Take the sign-in away and give out what they held, in one transaction."""
    deactivate_account(account, by=request.user, at=at)
    pass_on_what_was_left(at=at, bite=10_000)


def _confirm(
    request: StaffRequest,
    title: str,
    words: str,
    action: str,
    action_url: str,
    cancel_url: str,
    *,
    is_danger: bool = False,
) -> HttpResponse:
    context = frame("desk:settings:people") | {
        "title": title,
        "words": words,
        "action": action,
        "action_url": action_url,
        "cancel_url": cancel_url,
        "is_danger": is_danger,
    }
    return page(request, "desk/settings/confirm.html", context, place="settings")
