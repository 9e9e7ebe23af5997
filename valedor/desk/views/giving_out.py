"""Many cases given out at once: those of a queue, and everything of somebody who leaves."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from valedor.acts.desk import giving_out as acts
from valedor.acts.desk import queries as reading
from valedor.casefile.filters import read_filters
from valedor.casefile.queues import Queue, queue_page
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queue_rows import rows_of
from valedor.foundation.moments import now
from valedor.people.models import Team
from valedor.people.permissions import Permission
from valedor.telling import spoken


class GiveOutForm(forms.Form):
    """Which cases, and to whom."""

    use_required_attribute = False

    cases = forms.MultipleChoiceField(
        label=gettext_lazy("Which cases?"),
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": gettext_lazy("Choose at least one case.")},
    )
    holder = forms.ChoiceField(label=gettext_lazy("To whom?"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


def give_out_chosen(request: StaffRequest, form: GiveOutForm, chosen: Team) -> None:
    """Each case on its own: what is refused for one does not stop the others."""
    given = form.cleaned_data
    members = {one.username: one for one in reading.members_of(chosen)}
    told = acts.give_out(
        request.viewer,
        given["cases"],
        team=chosen,
        holder=members.get(given["holder"]),
        reason=given["reason"],
        at=now(),
    )
    _tell(request, told)


def _tell(request: StaffRequest, told: acts.GivenOut) -> None:
    for words in told.refused:
        messages.warning(request, words)
    done, waiting = told.words
    if done:
        messages.success(request, done)
    if waiting:
        messages.warning(request, waiting)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.ASSIGN)
def give_out(request: StaffRequest) -> HttpResponse:
    """The cases of a queue as it is narrowed, the next limit first, to be given out together."""
    viewer, at = request.viewer, now()
    word = request.GET.get("queue", "")
    queue = Queue(word) if word in list(Queue) and word != Queue.CLOSED else Queue.UNASSIGNED
    filters = read_filters(request.GET, viewer)
    lines = queue_page(viewer, queue, filters, at=at, size=acts.AT_ONCE).lines
    teams = {one.key: one for one in reading.teams_led(viewer)}
    chosen = teams.get(request.GET.get("team", "")) or next(iter(teams.values()), None)
    form = GiveOutForm(request.POST or None)
    form.fields["cases"].choices = [(one.reference, one.reference) for one in lines]  # type: ignore[attr-defined]
    form.fields["holder"].choices = [  # type: ignore[attr-defined]
        ("", _("Whoever of the team has most room")),
        *((one.username, one.name) for one in (reading.members_of(chosen) if chosen else [])),
    ]
    here = f"{reverse('desk:give_out')}?{filters.as_query(queue=queue.value)}"
    status = 200
    if request.method == "POST":
        if chosen is not None and form.is_valid():
            give_out_chosen(request, form, chosen)
            return redirect(f"{here}&team={chosen.key}")
        status = 422
    context = {
        "title": _("Give several out: %(queue)s") % {"queue": queue.label},
        "queue_url": f"{reverse('desk:queues')}?{filters.as_query(queue=queue.value)}",
        "queue_name": queue.label,
        "teams": [
            {"name": str(one.name), "url": f"{here}&team={one.key}", "is_current": one == chosen}
            for one in teams.values()
        ],
        "rows": rows_of(lines, at=at, reader=spoken.language()),
        "form": form,
        "picked": form.data.getlist("cases") if form.is_bound else [],  # type: ignore[attr-defined]
        "is_whole": len(lines) < acts.AT_ONCE,
    }
    return page(request, "desk/give_out.html", context, status=status, place=queue.value)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.ASSIGN)
def leaving(request: StaffRequest, username: str) -> HttpResponse:
    """Everything open that somebody holds; given out at once, nothing is left with nobody."""
    viewer, at = request.viewer, now()
    person = reading.colleague_led(viewer, username)
    if person is None:
        raise Http404
    lines = reading.held_by(viewer, person)
    if request.method == "POST":
        reason = request.POST.get("reason", "")[:1000]
        _tell(request, acts.pass_all_on(viewer, person, reason=reason, at=at))
        return redirect("desk:leaving", username=username)
    context = {
        "title": _("Everything that %(name)s holds") % {"name": person.name},
        "rows": rows_of(lines, at=at, reader=spoken.language()),
        "person": person,
    }
    return page(request, "desk/leaving.html", context, place="house:team")
