"""The systems that one entity tells of its cases, and with which secret."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valedor.announcing import queries
from valedor.announcing.actions.resume import resume
from valedor.announcing.actions.send_again import try_out
from valedor.announcing.actions.set_webhook import draw_other_secret, set_webhook
from valedor.announcing.events import Event
from valedor.announcing.models import Subscription
from valedor.announcing.queries import Counted
from valedor.announcing.signatures import draw_secret
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.foundation.moments import now
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.telling import spoken

from .shell import Listing, ListRow, do, entity_or_404, form_page, frame, listing, save

TAB = "desk:settings:webhooks"
NOTHING = Counted(0, 0)


class WebhookForm(forms.Form):
    """A webhook. Its key is asked only while it is new."""

    use_required_attribute = False

    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=500,
        widget=forms.URLInput(),
        help_text=gettext_lazy("Where events are posted: https://…"),
    )
    events = forms.MultipleChoiceField(
        label=gettext_lazy("What it is told"),
        choices=Event.choices,
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": gettext_lazy("Choose at least one event.")},
    )
    secret = forms.CharField(
        label=gettext_lazy("Secret with which we sign"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Leave it empty: one is drawn, and shown once."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    is_active = forms.BooleanField(
        label=pgettext_lazy("webhook", "Is told"), required=False, initial=True
    )

    def __init__(self, *args: Any, row: Subscription | None = None, **kwargs: Any) -> None:
        if row is not None:
            names = ("address", "events", "is_active")
            kwargs["initial"] = {name: getattr(row, name) for name in names}
        super().__init__(*args, **kwargs)
        if row is None:
            self.fields["key"] = forms.CharField(
                label=_("Key"), max_length=40, help_text=_("Small letters: billing-system")
            )
        else:
            self.fields["secret"].help_text = _("Leave it empty to keep the one that is set.")

    def said(self) -> dict[str, Any]:
        """What the action is told."""
        return {name: self.cleaned_data[name] for name in self.base_fields}


def webhook_or_404(entity: Entity, key: str) -> Subscription:
    """A webhook of an entity."""
    found = queries.webhook_with(entity, key)
    if found is None:
        raise Http404
    return found


@require_safe
@staff_page(Permission.CONFIGURE)
def webhooks(request: StaffRequest, key: str) -> HttpResponse:
    """The webhooks, and which of them takes nothing."""
    entity = entity_or_404(key)
    counted = queries.counted(entity)
    rows = [
        ListRow(
            url=reverse("desk:settings:webhook", args=[key, one.key]),
            cells=[
                one.key,
                one.address,
                ngettext("%(number)s event", "%(number)s events", len(one.events))
                % {"number": len(one.events)},
                state_of(one, counted.get(one.pk, NOTHING)),
            ],
            tag="" if one.is_active else _("switched off"),
        )
        for one in queries.webhooks_of(entity)
    ]
    table = Listing(
        columns=[_("Key"), _("Address"), _("What it is told"), _("How it goes")],
        rows=rows,
        empty=_("No webhook yet"),
        empty_words=_("Add the address of a system, and it is told what happens to the cases."),
    )
    return listing(
        request, TAB, entity.name, table, entity=entity,
        add_url=reverse("desk:settings:webhook_new", args=[key]), add=_("Add a webhook"),
    )  # fmt: skip


def state_of(webhook: Subscription, counted: Counted) -> str:
    """How a webhook goes, in a line."""
    told, zone = [], webhook.entity.timezone
    if webhook.paused_at is not None:
        told.append(
            _("paused since %(when)s: %(why)s")
            % {
                "when": spoken.stamp(webhook.paused_at, zone),
                "why": webhook.get_paused_why_display(),
            }
        )
    elif webhook.failing_since is not None:
        since = spoken.stamp(webhook.failing_since, zone)
        told.append(_("takes nothing since %(when)s") % {"when": since})
    if counted.waiting:
        told.append(
            ngettext("%(number)s waits", "%(number)s wait", counted.waiting)
            % {"number": counted.waiting}
        )
    if counted.failed:
        told.append(
            ngettext("%(number)s given up", "%(number)s given up", counted.failed)
            % {"number": counted.failed}
        )
    return " · ".join(told) or _("everything is delivered")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def webhook_new(request: StaffRequest, key: str) -> HttpResponse:
    """A new webhook, and its secret where we drew it."""
    entity = entity_or_404(key)
    form = WebhookForm(request.POST or None)
    drawn = draw_secret()
    back = reverse(TAB, args=[key])
    done = save(
        request,
        form,
        lambda at: set_webhook(
            entity,
            form.cleaned_data["key"],
            **form.said() | {"secret": form.cleaned_data["secret"] or drawn},
            by=request.user,
            at=at,
        ),
        back,
    )
    if done and not form.cleaned_data["secret"]:
        return _secret_page(request, webhook_or_404(entity, form.cleaned_data["key"]), drawn)
    title = _("Add a webhook")
    return done or form_page(request, TAB, title, form, entity=entity, cancel_url=back)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def webhook(request: StaffRequest, key: str, webhook_key: str) -> HttpResponse:
    """One webhook: what it is told, how it goes, and what can be done about it."""
    entity = entity_or_404(key)
    found = webhook_or_404(entity, webhook_key)
    form = WebhookForm(request.POST or None, row=found)
    here = reverse("desk:settings:webhook", args=[key, webhook_key])
    done = save(
        request,
        form,
        lambda at: set_webhook(entity, webhook_key, **form.said(), by=request.user, at=at),
        here,
    )
    names = [key, webhook_key]
    counted = queries.counted(entity).get(found.pk, NOTHING)
    return done or form_page(
        request,
        TAB,
        webhook_key,
        form,
        entity=entity,
        cancel_url=reverse(TAB, args=[key]),
        template="desk/settings/webhook.html",
        more={
            "webhook": found,
            "state": state_of(found, counted),
            "secret_url": reverse("desk:settings:webhook_secret", args=names),
            "trial_url": reverse("desk:settings:webhook_trial", args=names),
            "resume_url": reverse("desk:settings:webhook_resume", args=names),
            "events_url": reverse("desk:settings:announcements", args=names),
        },
    )


@require_POST
@staff_page(Permission.CONFIGURE)
def secret(request: StaffRequest, key: str, webhook_key: str) -> HttpResponse:
    """Another secret, shown this once; for a day the one before signs too."""
    found = webhook_or_404(entity_or_404(key), webhook_key)
    return _secret_page(
        request, found, draw_other_secret(found, by=request.user, at=now()), is_other=True
    )


def _secret_page(
    request: StaffRequest, found: Subscription, drawn: str, *, is_other: bool = False
) -> HttpResponse:
    context = frame(TAB, entity=found.entity) | {
        "title": _("The secret of %(key)s") % {"key": found.key},
        "secret": drawn,
        "is_other": is_other,
        "back_url": reverse("desk:settings:webhook", args=[found.entity.key, found.key]),
    }
    return page(request, "desk/settings/webhook_secret.html", context, place="settings")


@require_POST
@staff_page(Permission.CONFIGURE)
def trial(request: StaffRequest, key: str, webhook_key: str) -> HttpResponse:
    """Send something that happened to no case, and go and see what became of it."""
    found = webhook_or_404(entity_or_404(key), webhook_key)
    made = try_out(found, by=request.user, at=now())
    return HttpResponseRedirect(
        reverse("desk:settings:announcement", args=[key, webhook_key, made.pk])
    )


@require_POST
@staff_page(Permission.CONFIGURE)
def resumption(request: StaffRequest, key: str, webhook_key: str) -> HttpResponse:
    """Let a paused webhook go on."""
    found = webhook_or_404(entity_or_404(key), webhook_key)
    here = reverse("desk:settings:webhook", args=[key, webhook_key])
    return do(request, lambda at: resume(found, by=request.user, at=at), here)
