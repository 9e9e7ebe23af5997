"""Incidents: one that befalls many, the cases it gathers, and the one answer to all."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from valedor.acts.forms.incidents import AnswerForm, DeclareForm, EndForm, LeaveForm, TellForm
from valedor.acts.reading import incidents as reading
from valedor.casefile.queries import CaseLine
from valedor.desk.incident_page import page_of, row_of
from valedor.desk.pages import StaffRequest, page, part, staff_page
from valedor.desk.queries.choices import entities_of
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused, refuse_if
from valedor.incidents.collective import incident_rules
from valedor.incidents.collective.actions.answer import answer_rest, order_answer
from valedor.incidents.collective.actions.declare import (
    close_incident,
    declare,
    end,
    tell_more,
)
from valedor.incidents.collective.actions.gather import decline, join, leave
from valedor.incidents.collective.models import AnswerPart, Incident, Membership
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.telling import spoken

PLACE = "house:incidents"
AT_ONCE = 500


@require_safe
@staff_page(Permission.SEE_CASES)
def incidents(request: StaffRequest) -> HttpResponse:
    """The incidents of one's entities."""
    viewer = request.viewer
    found = reading.incidents_for(viewer)
    counted = reading.members_by_incident(viewer, found)
    context = {
        "title": _("Incidents"),
        "rows": [row_of(one, *counted.get(one.pk, (0, 0))) for one in found],
        "declare_url": reverse("desk:incident_new") if viewer.may(Permission.HANDLE) else "",
    }
    return page(request, "desk/incidents.html", context, place=PLACE)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.HANDLE)
def incident_new(request: StaffRequest) -> HttpResponse:
    """Declare one: at which entity, where one works for several, then what."""
    entity = _entity(request)
    if entity is None:
        theirs = {"title": _("Declare an incident"), "entities": entities_of(request.viewer)}
        return page(request, "desk/register_where.html", theirs, place=PLACE)
    refuse_if(incident_rules.why_not_work(request.viewer, entity.pk))
    at = now()
    with timezone.override(entity.timezone):
        first = {"began_at": timezone.localtime(at)}
        form = DeclareForm(request.POST or None, entity=entity, initial=first)
        if form.is_bound and form.is_valid():
            try:
                made = declare(entity, **form.said(), by=request.user, at=at)
            except Refused as refused:
                form.add_error(None, str(refused.refusal))
            else:
                messages.success(
                    request, _("It is declared: gather the cases that it brought so far.")
                )
                return redirect("desk:incident", made.pk)
        context: dict[str, Any] = {
            "title": _("Declare an incident"),
            "entity": entity,
            "form": form,
            "submit": _("Declare it"),
            "cancel_url": reverse("desk:incidents"),
        }
        status = 422 if form.errors else 200
        return page(request, "desk/incident_new.html", context, status=status, place=PLACE)


def _entity(request: StaffRequest) -> Entity | None:
    theirs = entities_of(request.viewer)
    wanted = request.GET.get("entity", "")
    if not wanted:
        return theirs[0] if len(theirs) == 1 else None
    found = next((one for one in theirs if one.key == wanted), None)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.SEE_CASES)
def incident(request: StaffRequest, incident_id: int) -> HttpResponse:
    """One incident; a post says in ``do`` what is done to it."""
    found = reading.incident_for(request.viewer, incident_id)
    at = now()
    members = [one.line for one in reading.gathered(request.viewer, found, Membership.State.JOINED)]
    with timezone.override(found.entity.timezone):
        kinds = _forms(request, found, members, at)
        if request.method == "POST" and _is_done(request, found, kinds, at):
            return redirect(_back(request, found))
        status = 422 if any(form.errors for form in kinds.values()) else 200
        context = page_of(request.viewer, found, members, kinds, at)
        return page(request, "desk/incident.html", context, status=status, place=PLACE)


def _forms(
    request: StaffRequest, found: Incident, members: list[CaseLine], at: datetime
) -> dict[str, forms.Form]:
    do = request.POST.get("do", "") if request.method == "POST" else ""

    def sent(name: str) -> Any:
        return request.POST if do == name else None

    entity = found.entity
    return {
        "tell": TellForm(
            sent("tell"), entity=entity, expected=found.expected_end_at, prefix="tell"
        ),
        "end": EndForm(sent("end"), entity=entity, at=at, prefix="end"),
        "leave": LeaveForm(sent("leave"), members=members),
    }


def _is_done(
    request: StaffRequest, found: Incident, kinds: dict[str, forms.Form], at: datetime
) -> bool:
    """Do what was sent. Where a form lacks something it comes back with it."""
    do, by = request.POST.get("do", ""), request.user
    if do in {"join", "decline"}:
        _gather(request, found, do, at)
        return True
    if do == "close":
        close_incident(found, by=by, at=at)
        messages.success(request, _("The incident is closed."))
        return True
    form = kinds.get(do)
    if form is None:
        raise Http404
    if not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        if isinstance(form, TellForm):
            tell_more(
                found, words=form.words("words"), expected_end_at=given["expected_end_at"],
                by=by, at=at,
            )  # fmt: skip
            messages.success(request, _("It is told on the portal now."))
        elif isinstance(form, EndForm):
            end(found, ended_at=given["ended_at"], words=form.words("words"), by=by, at=at)
            messages.success(request, _("It has ended; its cases are still to be answered."))
        else:
            case = reading.case_in(request.viewer, int(given["case"]))
            leave(found, case, reason=given["reason"], by=by, at=at)
            messages.success(request, _("The case goes its own way."))
    except Refused as refused:
        form.add_error(None, str(refused.refusal))
        return False
    return True


def _gather(request: StaffRequest, found: Incident, do: str, at: datetime) -> None:
    act: Callable[..., Membership] = join if do == "join" else decline
    done, refusals = 0, list[str]()
    for number in request.POST.getlist("case")[:AT_ONCE]:
        if not number.isdecimal() or len(number) > 19:
            raise Http404
        case = reading.case_in(request.viewer, int(number))
        try:
            act(found, case, by=request.user, at=at)
        except Refused as refused:
            if refused.code == "not_permitted":
                raise
            refusals.append(f"{case.reference}: {refused.refusal}")
        else:
            done += 1
    for words in refusals[:5]:
        messages.warning(request, words)
    if done and do == "join":
        said = ngettext("%(number)s case joined.", "%(number)s cases joined.", done)
        messages.success(request, said % {"number": done})
    elif not done and not refusals:
        messages.info(request, _("No case was chosen."))


def _back(request: StaffRequest, found: Incident) -> str:
    """To the case from whose page it was done, else to the incident."""
    reference = request.POST.get("from_case", "")
    if reference and len(reference) <= 24 and reference.replace("-", "").isalnum():
        return reverse("desk:case", args=[reference])
    return reverse("desk:incident", args=[found.pk])


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.HANDLE)
def incident_answer(request: StaffRequest, incident_id: int) -> HttpResponse:
    """Answer all: the text before, how far it has got afterwards."""
    found, at = reading.incident_for(request.viewer, incident_id), now()
    answer = reading.answer_of(found)
    here = reverse("desk:incident_answer", args=[found.pk])
    if request.method == "POST":
        refuse_if(incident_rules.why_not_work(request.viewer, found.entity_id))
    if request.method == "POST" and request.POST.get("do") == "rest":
        answer_rest(found, by=request.user, at=at)
        return redirect(here)
    form = AnswerForm(request.POST or None, entity=found.entity)
    if form.is_bound and form.is_valid():
        try:
            order_answer(found, words=form.words("words"), by=request.user, at=at)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            return redirect(here)
    members = reading.without_answer(request.viewer, found)
    context = {
        "title": _("Answer all: %(incident)s") % {"incident": found.title},
        "incident_url": reverse("desk:incident", args=[found.pk]),
        "form": form,
        "is_answered": answer is not None,
        "members": members,
        "submit": ngettext(
            "Answer %(number)s case", "Answer %(number)s cases", members
        ) % {"number": members},
        "cancel_url": reverse("desk:incident", args=[found.pk]),
        **(_progress(request, found) if answer is not None else {}),
    }  # fmt: skip
    if getattr(request, "htmx", False) and request.method == "GET":
        return part(request, "desk/_incident_progress.html", context)
    status = 422 if form.errors else 200
    return page(request, "desk/incident_answer.html", context, status=status, place=PLACE)


def _progress(request: StaffRequest, found: Incident) -> dict[str, Any]:
    answer = reading.answer_of(found)
    if answer is None:
        raise Http404
    progress = reading.progress_of(request.viewer, answer)
    done = progress.total - progress.waiting
    return {
        "news_url": reverse("desk:incident_answer", args=[found.pk]),
        "is_going": progress.waiting > 0,
        "is_reloading": "reload" in request.GET,
        "done": done,
        "total": progress.total,
        "progress_words": _("%(done)s of %(total)s") % {"done": done, "total": progress.total},
        "ordered": _("%(name)s, %(when)s")
        % {
            "name": answer.by.name,
            "when": spoken.stamp(answer.ordered_at, found.entity.timezone),
        },
        "parts": [_part(one) for one in reading.parts_of(request.viewer, answer)],
    }


def _part(one: AnswerPart) -> dict[str, str]:
    tones = {
        AnswerPart.State.ANSWERED: ("good", "check"),
        AnswerPart.State.TOLD: ("warn", "clock"),
        AnswerPart.State.LEFT_OUT: ("late", "alert"),
    }
    tone, icon = tones.get(AnswerPart.State(one.state), ("", ""))
    return {
        "reference": one.case.reference,
        "subject": one.case.subject,
        "url": reverse("desk:case", args=[one.case.reference]),
        "language": spoken.language_name(one.case.language),
        "state": str(AnswerPart.State(one.state).label),
        "tone": tone,
        "icon": icon,
    }
