"""What the pages of incidents show."""

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from valedor.acts.reading import incidents as reading
from valedor.casefile.queries import CaseLine
from valedor.casefile.viewing import Viewer
from valedor.design.parts import Fact, QueueRow
from valedor.desk.queue_rows import rows_of
from valedor.incidents.collective import incident_rules
from valedor.incidents.collective.actions.declare import still_open
from valedor.incidents.collective.gathering import Likely, likely_cases
from valedor.incidents.collective.models import Incident, IncidentLine, Membership
from valedor.people.permissions import Permission
from valedor.telling import spoken


def page_of(
    viewer: Viewer,
    found: Incident,
    members: list[CaseLine],
    kinds: dict[str, forms.Form],
    at: datetime,
) -> dict[str, Any]:
    """The context of one incident's page. ``kinds``: its forms, by what they do."""
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
        "history": _history(found),
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
        "here": reverse("desk:incident", args=[found.pk]),
    }


def row_of(one: Incident, joined: int, proposed: int) -> dict[str, Any]:
    """A row of the list. The numbers: its cases, and those proposed for it."""
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


def _history(found: Incident) -> list[dict[str, Any]]:
    sent = reading.sent_of(found)
    return [_line(one, found, *sent.get(one.pk, (0, 0, 0))) for one in reading.lines_for(found)]


def _line(one: IncidentLine, found: Incident, sent: int, waits: int, failed: int) -> dict[str, Any]:
    zone = found.entity.timezone
    expected = one.expected_end_at
    return {
        "what": str(one.get_what_display()),
        "by": one.by.name if one.by else _("the house"),
        "when": spoken.stamp(one.at, zone),
        "send_url": reverse("desk:incident_send", args=[found.pk, one.pk])
        if incident_rules.can_be_sent(one)
        else "",
        "sent": _("sent to %(sent)s, on the way to %(waits)s, not sent to %(failed)s")
        % {"sent": sent, "waits": waits, "failed": failed}
        if sent or waits or failed
        else "",
        "words": str(one.words or ""),
        "expected": _("expected until %(when)s") % {"when": spoken.stamp(expected, zone)}
        if expected
        else "",
    }
