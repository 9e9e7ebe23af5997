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

from valedor.casefile.queries import CaseLine
from valedor.casefile.viewing import Viewer
from valedor.design.parts import Fact, QueueRow
from valedor.desk.forms.incidents import AnswerForm, DeclareForm, EndForm, LeaveForm, TellForm
from valedor.desk.pages import StaffRequest, page, part, staff_page
from valedor.desk.queries import incidents as reading
from valedor.desk.queries.choices import entities_of
from valedor.desk.queue_rows import rows_of
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused, refuse_if
from valedor.incidents.collective import incident_rules
from valedor.incidents.collective.actions.answer import answer_rest, order_answer
from valedor.incidents.collective.actions.declare import (
    close_incident,
    declare,
    end,
    still_open,
    tell_more,
)
from valedor.incidents.collective.actions.gather import decline, join, leave
from valedor.incidents.collective.actions.tell_affected import order_notices
from valedor.incidents.collective.affected import affected
from valedor.incidents.collective.gathering import Likely, likely_cases
from valedor.incidents.collective.models import AnswerPart, Incident, IncidentLine, Membership
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.telling import spoken

PLACE = "house:incidents"
AT_ONCE = 500
_SENT = (IncidentLine.What.DECLARED, IncidentLine.What.TOLD, IncidentLine.What.ENDED)


@require_safe
@staff_page(Permission.SEE_CASES)
def incidents(request: StaffRequest) -> HttpResponse:
    """The incidents of one's entities."""
    viewer = request.viewer
    found = reading.incidents_for(viewer)
    counted = reading.members_by_incident(viewer, found)
    context = {
        "title": _("Incidents"),
        "rows": [_row(one, *counted.get(one.pk, (0, 0))) for one in found],
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
        context = _context(request, found, members, kinds, at)
        return page(request, "desk/incident.html", context, status=status, place=PLACE)


def _forms(
    request: StaffRequest, found: Incident, members: list[CaseLine], at: datetime
) -> dict[str, forms.Form]:
    do = request.POST.get("do", "") if request.method == "POST" else ""

    def sent(name: str) -> Any:
        return request.POST if do == name else None

    entity = found.entity
    return {
        "tell": TellForm(sent("tell"), entity=entity, expected=found.expected_end_at),
        "end": EndForm(sent("end"), entity=entity, at=at),
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
    if do == "send":
        number = request.POST.get("line", "")
        line = reading.line_of(found, int(number) if number.isdecimal() and len(number) < 19 else 0)
        people = order_notices(line, by=by, at=at)
        said = ngettext(
            "It goes to %(number)s person now.", "It goes to %(number)s people now.", people
        )
        messages.success(request, said % {"number": people})
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


# ------------------------------------------------------------------ what the page shows
def _context(
    request: StaffRequest,
    found: Incident,
    members: list[CaseLine],
    kinds: dict[str, forms.Form],
    at: datetime,
) -> dict[str, Any]:
    viewer, here = request.viewer, reverse("desk:incident", args=[found.pk])
    proposed = reading.gathered(viewer, found, Membership.State.PROPOSED)
    likely = likely_cases(viewer, found) if found.closed_at is None else []
    open_cases, waiting = still_open(found)
    may = viewer.within(found.entity_id).may
    is_open = found.closed_at is None
    return {
        "title": str(found.title),
        "entity_name": found.entity.name,
        "state": _state(found),
        "words": str(found.words),
        "facts": _facts(found),
        "members": _case_rows(members, viewer, at),
        "candidates": [
            *(_candidate(one.line, one.signs, is_chosen=True) for one in proposed),
            *(_likely(one) for one in likely),
        ],
        "history": _history(found, at),
        "affected": len(affected(found, at=at)) if is_open else 0,
        "may_gather": is_open
        and bool({Permission.HANDLE, Permission.ANSWER_ENQUIRIES} & viewer.permissions),
        "may_work": is_open and may(Permission.HANDLE),
        "tell_form": kinds["tell"],
        "end_form": kinds["end"] if found.ended_at is None else None,
        "leave_form": kinds["leave"] if members else None,
        "wrong": next((name for name, form in kinds.items() if form.errors), ""),
        "answer_url": reverse("desk:incident_answer", args=[found.pk]),
        "is_answered": reading.answer_of(found) is not None,
        "why_not_close": incident_rules.why_not_close(
            found, open_cases=open_cases, waiting=waiting
        ),
        "here": here,
    }


def _row(one: Incident, joined: int, proposed: int) -> dict[str, Any]:
    zone = one.entity.timezone
    cases = ngettext("%(number)s case", "%(number)s cases", joined) % {"number": joined}
    return {
        "url": reverse("desk:incident", args=[one.pk]),
        "title": str(one.title),
        "state": _state(one),
        "about": " · ".join(
            [
                one.entity.name,
                *one.places[:3],
                _("since %(when)s") % {"when": spoken.stamp(one.began_at, zone)},
                cases,
            ]
        ),
        "proposed": ngettext("%(number)s proposed", "%(number)s proposed", proposed)
        % {"number": proposed}
        if proposed and one.closed_at is None
        else "",
    }


def _state(one: Incident) -> dict[str, str]:
    if one.closed_at is not None:
        return {"words": _("closed"), "tone": "", "icon": "check"}
    if one.ended_at is not None:
        return {"words": _("ended, to be answered and closed"), "tone": "warn", "icon": "clock"}
    return {"words": _("lasts"), "tone": "late", "icon": "alert"}


def _facts(one: Incident) -> list[Fact]:
    zone = one.entity.timezone
    found = [
        Fact(name=_("Since"), value=spoken.stamp(one.began_at, zone)),
        Fact(name=_("Expected until"), value=spoken.stamp(one.expected_end_at, zone)),
    ]
    if one.ended_at is not None:
        found.append(Fact(name=_("Ended"), value=spoken.stamp(one.ended_at, zone)))
    if one.places:
        found.append(Fact(name=_("Places"), value=", ".join(one.places)))
    subjects = [str(subject.name) for subject in one.categories.order_by("key")]
    if subjects:
        found.append(Fact(name=_("Subjects"), value=", ".join(subjects)))
    areas = [str(area.name) for area in one.areas.order_by("key")]
    if areas:
        found.append(Fact(name=_("Areas"), value=", ".join(areas)))
    on_portal = f"/{one.entity.key}/notices" if one.is_public else ""
    found.append(
        Fact(
            name=_("On the portal"),
            value=_("people read of it") if one.is_public else _("not told"),
            url=on_portal,
        )
    )
    return found


def _case_rows(lines: list[CaseLine], viewer: Viewer, at: datetime) -> list[QueueRow]:
    return rows_of(
        lines, at=at, reader=spoken.language(), several_entities=len(viewer.entities) > 1
    )


def _likely(one: Likely) -> dict[str, Any]:
    case = one.case
    return {
        "id": case.pk,
        "reference": case.reference,
        "subject": case.subject or _("Without a title"),
        "url": reverse("desk:case", args=[case.reference]),
        "about": _about(case.complainant.name if case.complainant else "", one.signs),
        "is_chosen": one.is_likely,
    }


def _candidate(line: CaseLine, signs: list[str], *, is_chosen: bool) -> dict[str, Any]:
    return {
        "id": line.id,
        "reference": line.reference,
        "subject": line.subject or _("Without a title"),
        "url": reverse("desk:case", args=[line.reference]),
        "about": _about(line.person, signs),
        "is_chosen": is_chosen,
    }


def _about(person: str, signs: Any) -> str:
    known = [str(Membership.Sign(sign).label) for sign in signs]
    return " · ".join([person or _("anonymous"), *known])


def _history(found: Incident, at: datetime) -> list[dict[str, Any]]:
    sent = reading.sent_of(found)
    return [_line(one, found, *sent.get(one.pk, (0, 0, 0))) for one in reading.lines_for(found)]


def _line(one: IncidentLine, found: Incident, sent: int, waits: int, failed: int) -> dict[str, Any]:
    zone = found.entity.timezone
    expected = one.expected_end_at
    return {
        "what": str(one.get_what_display()),
        "by": one.by.name if one.by else _("the house"),
        "when": spoken.stamp(one.at, zone),
        "id": one.pk,
        "can_go": one.what in _SENT and bool(one.words),
        "sent": _("sent to %(sent)s, on the way to %(waits)s, not sent to %(failed)s")
        % {"sent": sent, "waits": waits, "failed": failed}
        if sent or waits or failed
        else "",
        "words": str(one.words or ""),
        "expected": _("expected until %(when)s") % {"when": spoken.stamp(expected, zone)}
        if expected
        else "",
    }
