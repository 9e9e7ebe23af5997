"""The programs that act as somebody of the office, who makes and ends the tokens themselves."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.programs import queries
from valedor.programs.tokens import ACTS_AT_MOST, ACTS_FOR, issue_own_token, revoke_own_token
from valedor.telling import spoken

from .files import PLACE


class OwnTokenForm(forms.Form):
    """What the program is called, where it works and for how long."""

    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        help_text=gettext_lazy("Which program it is for, as you will look for it: CRM, robot."),
        error_messages={"required": gettext_lazy("Give the token a name.")},
    )
    entity = forms.ChoiceField(label=gettext_lazy("Legal entity"))
    days = forms.IntegerField(
        label=gettext_lazy("Days until it ends"),
        min_value=1,
        max_value=ACTS_AT_MOST.days,
        initial=ACTS_FOR.days,
    )

    def __init__(self, entities: list[Entity], data: Any = None) -> None:
        super().__init__(data)
        self.entities = {one.key: one for one in entities}
        self.fields["entity"].choices = [(key, one.name) for key, one in self.entities.items()]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.WORK_IN_OFFICE)
def programs(request: StaffRequest) -> HttpResponse:
    """One's own tokens; a new one is shown this once."""
    at, mine = now(), request.viewer.entities_where(Permission.WORK_IN_OFFICE)
    here = [one for one in queries.entities_called() if one.pk in mine]
    is_end = request.method == "POST" and "end" in request.POST
    form = OwnTokenForm(here, request.POST if request.method == "POST" and not is_end else None)
    token, status = "", 200
    if is_end:
        try:
            revoke_own_token(request.POST["end"][:80], by=request.user, at=at)
        except Refused as refused:
            messages.warning(request, str(refused.refusal))
        else:
            messages.success(request, _("The program is refused from now on."))
        return redirect("desk:office_programs")
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                token = issue_own_token(
                    form.cleaned_data["name"].strip(),
                    form.entities[form.cleaned_data["entity"]],
                    lasts=timedelta(days=form.cleaned_data["days"]),
                    by=request.user,
                    at=at,
                )
            except Refused as refused:
                form.add_error(None, str(refused.refusal))
            else:
                form, status = OwnTokenForm(here), 200
    context = {
        "title": _("Programs that act as me"),
        "form": form,
        "token": token,
        "tokens": [
            {
                "name": one.name,
                "entity": one.entity.name,
                "until": spoken.stamp(one.expires_at, one.entity.timezone)
                if one.expires_at
                else "",
            }
            for one in queries.tokens_acting_as(request.user, at=at)
        ],
        "back_url": reverse("desk:office"),
    }
    response = page(request, "desk/office/programs.html", context, status=status, place=PLACE)
    response["Cache-Control"] = "private, no-store"
    return response
