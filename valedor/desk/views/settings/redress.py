"""The redress catalogue of one entity, and how much each role may offer."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from valedor.design.words_form import WordsForm
from valedor.desk.pages import StaffRequest, staff_page
from valedor.people.models import Entity, Role
from valedor.people.permissions import COMPANY_ROLES, Permission
from valedor.procedures.actions.redress import set_authority_limit, set_redress_option
from valedor.procedures.models import RedressOption

from .shell import Listing, ListRow, entity_or_404, form_page, listing, save

OFFERING = [role for role in Role if role in COMPANY_ROLES and role != Role.AREA]


class OptionForm(WordsForm):
    """A kind of redress; its key only while it is new."""

    days_to_carry_out = forms.IntegerField(
        label=gettext_lazy("Carried out within days"), min_value=1, max_value=366, initial=14
    )
    has_amount = forms.BooleanField(label=gettext_lazy("It is money"), required=False)
    needs_proof = forms.BooleanField(
        label=gettext_lazy("Carrying it out needs a proof"), required=False, initial=True
    )
    is_offered = forms.BooleanField(label=gettext_lazy("Offered"), required=False, initial=True)

    def __init__(
        self, *args: Any, entity: Entity, option: RedressOption | None = None, **kwargs: Any
    ) -> None:
        if option is not None:
            kwargs["initial"] = {
                "days_to_carry_out": option.days_to_carry_out,
                "has_amount": option.has_amount,
                "needs_proof": option.needs_proof,
                "is_offered": option.ended_at is None,
            }
        super().__init__(*args, **kwargs)
        if option is None:
            self.fields["key"] = forms.CharField(
                label=_("Key"), max_length=40, help_text=_("Small letters: refund")
            )
        self.add_words("name", _("Name"), option.name if option else None, spoken=entity.languages)

    def said(self) -> dict[str, Any]:
        """What the action is told."""
        return {"name": self.words("name")} | {
            name: self.cleaned_data[name] for name in self.base_fields
        }


@require_safe
@staff_page(Permission.CONFIGURE)
def redress(request: StaffRequest, key: str) -> HttpResponse:
    """The catalogue."""
    entity = entity_or_404(key)
    rows = [
        ListRow(
            url=reverse("desk:settings:option", args=[key, option.key]),
            cells=[
                str(option.name),
                option.key,
                _("yes") if option.has_amount else _("no"),
                str(option.days_to_carry_out),
            ],
            tag="" if option.ended_at is None else _("not offered"),
        )
        for option in entity.redress_options.order_by("key")
    ]
    table = Listing(
        columns=[_("Redress"), _("Key"), _("Money"), _("Days")],
        rows=rows,
        empty=_("Nothing in the catalogue yet"),
        empty_words=_("Handlers can only offer what stands here: add a refund or an apology."),
    )
    return listing(
        request, "desk:settings:redress", entity.name, table, entity=entity,
        add_url=reverse("desk:settings:option_new", args=[key]), add=_("Add a kind of redress"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def option_new(request: StaffRequest, key: str) -> HttpResponse:
    """A new kind of redress."""
    entity = entity_or_404(key)
    form = OptionForm(request.POST or None, entity=entity)
    to = reverse("desk:settings:redress", args=[key])
    done = save(
        request,
        form,
        lambda at: set_redress_option(
            entity, form.cleaned_data["key"], **form.said(), by=request.user, at=at
        ),
        to,
    )
    return done or form_page(
        request,
        "desk:settings:redress",
        _("Add a kind of redress"),
        form,
        entity=entity,
        cancel_url=to,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def option(request: StaffRequest, key: str, option_key: str) -> HttpResponse:
    """One kind of redress."""
    entity = entity_or_404(key)
    found = entity.redress_options.filter(key=option_key).first()
    if found is None:
        raise Http404
    form = OptionForm(request.POST or None, entity=entity, option=found)
    to = reverse("desk:settings:redress", args=[key])
    done = save(
        request,
        form,
        lambda at: set_redress_option(entity, option_key, **form.said(), by=request.user, at=at),
        to,
    )
    return done or form_page(
        request, "desk:settings:redress", str(found.name), form, entity=entity, cancel_url=to
    )


class AuthorityForm(forms.Form):
    """An amount a role, in one currency."""

    def __init__(self, *args: Any, entity: Entity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits = {limit.role: limit for limit in entity.authority_limits.all()}
        self.fields["currency"] = forms.CharField(
            label=_("Currency"),
            max_length=3,
            help_text=_("Three letters: EUR"),
            initial=next((limit.currency for limit in limits.values()), "EUR"),
        )
        for role in OFFERING:
            limit = limits.get(role)
            self.fields[f"role_{role.value}"] = forms.DecimalField(
                label=str(role.label),
                help_text=_("Empty: no limit is set, and an approver says yes to any amount."),
                min_value=Decimal(0),
                max_digits=12,
                decimal_places=2,
                localize=True,
                initial=limit.amount if limit else None,
                required=limit is not None,
            )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def authority(request: StaffRequest, key: str) -> HttpResponse:
    """Up to which amount each role offers redress on its own."""
    entity = entity_or_404(key)
    form = AuthorityForm(request.POST or None, entity=entity)

    def set_all(at: Any) -> None:
        currency = form.cleaned_data["currency"].upper()
        for role in OFFERING:
            amount = form.cleaned_data[f"role_{role.value}"]
            if amount is not None:
                set_authority_limit(entity, role, amount, currency, by=request.user, at=at)

    done = save(request, form, set_all, reverse("desk:settings:authority", args=[key]))
    return done or form_page(
        request, "desk:settings:authority", entity.name, form, entity=entity,
        lede=_("Above its amount, a role's offer waits for an approver's yes."),
    )  # fmt: skip
