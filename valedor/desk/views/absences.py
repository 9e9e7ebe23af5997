"""When somebody is away: one's own days, and those of the people whom one leads."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from valedor.design.forms import DayInput
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.views.settings.shell import do, save
from valedor.foundation.moments import now
from valedor.people import queries
from valedor.people.actions.absences import end_absence, set_absence
from valedor.people.models import Account
from valedor.people.permissions import Permission
from valedor.telling import spoken


class AbsenceForm(forms.Form):
    """Who is away, from which day to which."""

    use_required_attribute = False

    who = forms.ChoiceField(label=gettext_lazy("Who is away?"))
    from_on = forms.DateField(
        label=gettext_lazy("First day away"),
        widget=DayInput(),
        error_messages={"required": gettext_lazy("Say from which day.")},
    )
    to_on = forms.DateField(
        label=gettext_lazy("Last day away"),
        widget=DayInput(),
        error_messages={"required": gettext_lazy("Say until which day.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note for colleagues"),
        help_text=gettext_lazy("Who stands in for them, say. Never why somebody is away."),
        max_length=200,
        required=False,
    )

    def __init__(self, people: list[Account], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        names = [(one.username, one.name) for one in people]
        self.fields["who"].choices = names  # type: ignore[attr-defined]
        if len(names) == 1:
            self.fields["who"].widget = forms.HiddenInput()
            self.fields["who"].initial = names[0][0]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(None)
def absences(request: StaffRequest) -> HttpResponse:
    """The days that are known, and more of them."""
    at, people = now(), _people_of(request)
    first = {"who": request.GET.get("who") or request.user.username}
    form = AbsenceForm(people, request.POST or None, initial=first)

    def tell(at: datetime) -> object:
        given = form.cleaned_data
        account = next(one for one in people if one.username == given["who"])
        return set_absence(
            account,
            from_on=given["from_on"],
            to_on=given["to_on"],
            note=given["note"],
            today=_today(account, at),
            by=request.user,
            at=at,
        )

    done = save(request, form, tell, reverse("desk:absences"))
    if done is not None:
        return done
    today = _today(request.user, at)
    rows = [
        {
            "who": one.account.name,
            "days": _("%(first)s to %(last)s")
            % {"first": spoken.short_day(one.from_on), "last": spoken.short_day(one.to_on)},
            "is_away": one.from_on <= today,
            "note": one.note,
            "by": one.recorded_by.name if one.recorded_by else _("the console"),
            "end_url": reverse("desk:absence_end", args=[one.pk]),
            "end": _("Back today") if one.from_on < today else _("Withdraw"),
        }
        for one in queries.absences_from(today, people)
    ]
    context = {
        "title": _("Absences"),
        "rows": rows,
        "form": form,
        "submit": _("Keep it"),
        "cancel_url": reverse("desk:account"),
    }
    status = 422 if form.errors else 200
    return page(request, "desk/absences.html", context, status=status, place="absences")


@require_POST
@staff_page(None)
def absence_end(request: StaffRequest, absence_id: int) -> HttpResponse:
    """Somebody is back, or does not go."""
    absence = queries.absence_with(absence_id)
    if absence is None or absence.account not in _people_of(request):
        raise Http404
    return do(
        request,
        lambda at: end_absence(absence, today=_today(absence.account, at), by=request.user, at=at),
        reverse("desk:absences"),
    )


def _people_of(request: StaffRequest) -> list[Account]:
    """Oneself, whom one leads, and for administrators everybody."""
    if request.viewer.may(Permission.CONFIGURE):
        return queries.everybody_at_work()
    led = queries.people_led_by(request.user)
    return led if request.user in led else [request.user, *led]


def _today(account: Account, at: datetime) -> date:
    return at.astimezone(ZoneInfo(queries.zone_of_work(account))).date()
