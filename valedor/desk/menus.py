"""The side of every page: where one can go, and how much waits there."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from valedor.casefile.counts import AskedCounters, Counters
from valedor.casefile.queues import Queue
from valedor.casefile.viewing import Viewer
from valedor.design.parts import MenuItem
from valedor.desk.queries.waiting import AskedWaiting, Waiting
from valedor.foundation.questions import one_round_trip
from valedor.people.permissions import Permission

_PRESSING = {"alarms", "calls", "call_backs", "chats", "duty", "letters"}
_LATE = {Queue.OVERDUE, Queue.DUE_SOON}


def frame_of(viewer: Viewer, *, at: datetime, place: str = "") -> dict[str, Any]:
    """What the frame of a page shows at a moment. One round trip."""
    sees_cases = viewer.may(Permission.SEE_CASES)
    with one_round_trip() as ask:
        counted, asked = AskedCounters(ask, viewer, at=at), AskedWaiting(ask, viewer, at=at)
    counters, waiting = counted.counters(), asked.waiting()
    return {
        "queue_items": _queues(viewer, counters, place) if sees_cases else [],
        "house_items": _house(viewer, waiting, place),
        "may_register": viewer.may(Permission.REGISTER),
        "search_url": reverse("desk:search") if sees_cases else "",
        "brand_url": home_of(viewer),
        "me": viewer.account,
        "is_demonstration": settings.DEMO,
    }


def home_of(viewer: Viewer) -> str:
    """Where somebody begins: their cases, else the one thing that they are asked for."""
    if viewer.may(Permission.SEE_CASES):
        return reverse("desk:queues")
    if viewer.may(Permission.ANSWER_AS_AREA):
        return reverse("desk:inquiries")
    if viewer.may(Permission.CONFIGURE):
        return settings_url()
    if viewer.may(Permission.CONFIRM_OFFICE):
        return reverse("desk:settings:office")
    return reverse("desk:account")


def settings_url() -> str:
    """The screens of the settings."""
    return reverse("desk:settings:overview")


def _queues(viewer: Viewer, counters: Counters, place: str) -> list[MenuItem]:
    works = viewer.permissions & {Permission.HANDLE, Permission.ANSWER_ENQUIRIES}
    items = []
    for queue in Queue:
        if queue in {Queue.MINE, Queue.TEAM} and not works:
            continue
        count = counters.of(queue)
        address = reverse("desk:queues")
        items.append(
            MenuItem(
                name=queue.label,
                url=f"{address}?queue={queue.value}",
                count=count,
                is_current=place == queue.value,
                is_late=queue in _LATE and bool(count),
            )
        )
    return items


def _house(viewer: Viewer, waiting: Waiting, place: str) -> list[MenuItem]:
    may = viewer.may
    works = may(Permission.HANDLE) or may(Permission.ANSWER_ENQUIRIES)
    works_here = works and not viewer.only_teams  # Lists of the whole house.
    sees = may(Permission.SEE_CASES)
    audits, configures = may(Permission.AUDIT), may(Permission.CONFIGURE)
    places = [
        (works, "alarms", _("Calls for attention"), waiting.alarms),
        (may(Permission.REGISTER), "calls", _("Telephone calls"), waiting.calls),
        (may(Permission.REGISTER), "call_backs", _("Call-backs"), waiting.call_backs),
        (works, "chats", _("Chats"), waiting.chats),
        (may(Permission.REGISTER), "bookings", _("Bookings"), None),
        (works, "duty", _("On duty"), waiting.emergencies),
        (may(Permission.SEE_CASES), "incidents", _("Incidents"), None),
        (may(Permission.REGISTER), "counter", _("At the counter"), None),
        (works, "letters", _("Letters to see to"), waiting.letters),
        (works or audits, "scans", _("Letters that came in"), waiting.scans),
        (works_here or audits, "held", _("Could not be read"), waiting.held),
        (sees or may(Permission.EDIT_KNOWLEDGE), "knowledge", _("What we know"), None),
        (works_here, "marked", _("Possible abuse"), None),
        (may(Permission.ANSWER_AS_AREA), "inquiries", _("Questions to my area"), waiting.inquiries),
        (may(Permission.APPROVE), "approvals", _("Waiting for approval"), waiting.approvals),
        (may(Permission.ASSIGN) or audits, "call_figures", _("How calls are answered"), None),
        (may(Permission.ASSIGN), "team", _("Team overview"), None),
        (may(Permission.CORRECT) or audits, "persons", _("People with several records"), None),
        (audits, "reads", _("Who read what"), None),
        # The settings hold these for whoever changes them.
        (audits and not configures, "settings:log", _("Administration log"), None),
        (
            may(Permission.CONFIRM_OFFICE) and not configures,
            "settings:office",
            _("Ombudsman's office"),
            None,
        ),
    ]
    items = [
        MenuItem(
            name=name,
            url=reverse(f"desk:{key}"),
            count=count,
            is_current=place == f"house:{key}",
            is_late=key in _PRESSING and bool(count),
        )
        for shown, key, name, count in places
        if shown
    ]
    if configures:
        items.append(
            MenuItem(name=_("Settings"), url=settings_url(), is_current=place == "settings")
        )
    return items
