"""Whoever holds the office declares what ties them to the company, each year."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queries.office import own_appointments
from valedor.foundation.moments import now
from valedor.people.permissions import Permission
from valedor.review.office.actions.appoint import declare
from valedor.telling import spoken

from .files import PLACE


class DeclarationForm(forms.Form):
    """Whether anything ties them, and what."""

    has_ties = forms.ChoiceField(
        label=gettext_lazy("Does anything tie you to the company, its owners or its people?"),
        choices=[("no", gettext_lazy("Nothing")), ("yes", gettext_lazy("Yes, this:"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )
    ties = forms.CharField(
        label=gettext_lazy("What"),
        help_text=gettext_lazy("A tie ends the appointment: whoever has one cannot hold it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def clean_ties(self) -> str:
        """A tie is named."""
        ties: str = self.cleaned_data["ties"].strip()
        if self.cleaned_data.get("has_ties") == "yes" and not ties:
            raise forms.ValidationError(_("Write what ties you."))
        return ties if self.cleaned_data.get("has_ties") == "yes" else ""


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.WORK_IN_OFFICE)
def declaration(request: StaffRequest) -> HttpResponse:
    """Renew one's declaration."""
    at = now()
    held = own_appointments(request.user, at=at)
    if not held:
        raise Http404
    form = DeclarationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        for one in held:
            declare(one, ties=form.cleaned_data["ties"], by=request.user, at=at)
        messages.success(request, _("Your declaration is on the record."))
        return redirect("desk:office")
    context = {
        "title": _("What ties you to the company"),
        "form": form,
        "back_url": reverse("desk:office"),
        "stands": [
            _("%(entity)s: declared until %(day)s")
            % {
                "entity": one.entity.name,
                "day": spoken.day(max(each.valid_until for each in one.declarations.all())),
            }
            for one in held
            if one.declarations.all()
        ],
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "desk/office/declaration.html", context, status=status, place=PLACE)
