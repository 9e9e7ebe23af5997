"""Who holds the ombudsman's office at one entity: the record of appointments, which is public."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from valedor.design.forms import DayInput
from valedor.design.words_form import WordsForm
from valedor.desk.pages import StaffRequest, staff_page
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.people.queries import holders_of_office
from valedor.review.office.actions.appoint import appoint, end_appointment
from valedor.review.office.queries import appointments_of
from valedor.telling import spoken

from .shell import Listing, ListRow, entity_or_404, form_page, listing, save

TAB = "desk:settings:appointments"


class AppointmentForm(WordsForm):
    """Who, for which term, named by whom, fit for what reason."""

    use_required_attribute = False

    account = forms.ChoiceField(
        label=gettext_lazy("Who"),
        error_messages={
            "required": gettext_lazy("Give somebody the role of the ombudsman first."),
            "invalid_choice": gettext_lazy("Give somebody the role of the ombudsman first."),
        },
    )
    appointed_by = forms.CharField(
        label=gettext_lazy("Appointed by"),
        help_text=gettext_lazy("The body of the organisation that named them."),
        max_length=200,
        error_messages={"required": gettext_lazy("Write which body named them.")},
    )
    begins_on = forms.DateField(label=gettext_lazy("From"), widget=DayInput())
    ends_on = forms.DateField(label=gettext_lazy("Until"), widget=DayInput())
    substitute_for = forms.ChoiceField(label=gettext_lazy("Stands in for"), required=False)
    has_no_ties = forms.BooleanField(
        label=gettext_lazy("They have declared that nothing ties them to the company."),
        error_messages={
            "required": gettext_lazy("Whoever has a tie with the company cannot hold the office.")
        },
    )

    def __init__(self, *args: Any, entity: Entity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, rows in (
            ("title", _("What the office is called"), 0),
            ("standing", _("Recognised legal standing: what makes them fit"), 2),
        ):
            self.add_words(name, label, None, spoken=entity.languages, rows=rows)
        self.accounts = {str(one.pk): one for one in holders_of_office(entity)}
        self.held = {
            str(one.pk): one for one in appointments_of(entity) if one.substitute_for_id is None
        }
        self.fields["account"].choices = [  # type: ignore[attr-defined]
            (key, one.name) for key, one in self.accounts.items()
        ]
        self.fields["substitute_for"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((key, one.account.name) for key, one in self.held.items()),
        ]


class EndForm(forms.Form):
    """Why an appointment ends before its term."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("The reason is public."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why: the reason is public.")},
    )


@require_safe
@staff_page(Permission.CONFIGURE)
def appointments(request: StaffRequest, key: str) -> HttpResponse:
    """Everybody who has held the office, the newest first."""
    entity = entity_or_404(key)
    rows = [
        ListRow(
            url=""
            if one.ended_on
            else reverse("desk:settings:appointment_end", args=[key, one.pk]),
            cells=[
                one.account.name,
                str(one.title),
                f"{spoken.day(one.begins_on)} – {spoken.day(one.ended_on or one.ends_on)}",
                one.appointed_by,
            ],
            tag=_("ended") if one.ended_on else "",
        )
        for one in appointments_of(entity)
    ]
    table = Listing(
        columns=[_("Who"), _("Office"), _("Term"), _("Appointed by")],
        rows=rows,
        empty=_("Nobody holds the ombudsman's office"),
        empty_words=_("Give somebody the role first, which the office confirms; then record here."),
    )
    return listing(
        request, TAB, entity.name, table, entity=entity,
        add_url=reverse("desk:settings:appointment_new", args=[key]),
        add=_("Record an appointment"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def appointment_new(request: StaffRequest, key: str) -> HttpResponse:
    """Record who was appointed."""
    entity = entity_or_404(key)
    form = AppointmentForm(request.POST or None, entity=entity)
    to = reverse(TAB, args=[key])

    def do(at: Any) -> Any:
        given = form.cleaned_data
        return appoint(
            entity,
            form.accounts[given["account"]],
            title=form.words("title"),
            standing=form.words("standing"),
            appointed_by=given["appointed_by"],
            begins_on=given["begins_on"],
            ends_on=given["ends_on"],
            ties="",
            substitute_for=form.held.get(given["substitute_for"]),
            by=request.user,
            at=at,
        )

    lede = _("Everybody reads this on the portal.")
    return save(request, form, do, to) or form_page(
        request, TAB, _("Record an appointment"), form, entity=entity, lede=lede, cancel_url=to
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.CONFIGURE)
def appointment_end(request: StaffRequest, key: str, pk: int) -> HttpResponse:
    """End an appointment before its term."""
    entity = entity_or_404(key)
    one = next((each for each in appointments_of(entity) if each.pk == pk), None)
    if one is None or one.ended_on is not None:
        raise Http404
    form = EndForm(request.POST or None)
    to = reverse(TAB, args=[key])

    def do(at: Any) -> Any:
        return end_appointment(one, reason=form.cleaned_data["reason"], by=request.user, at=at)

    return save(request, form, do, to) or form_page(
        request,
        TAB,
        _("End the appointment of %(name)s") % {"name": one.account.name},
        form,
        entity=entity,
        cancel_url=to,
    )
