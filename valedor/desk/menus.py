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
from valedor.review.office.recommendations.queries import READ_FOR_THE_COMPANY

Place = tuple[bool, str, str, int | None]
"""Whether it is shown, the name of its address, what it is called, how much waits there."""
_PRESSING = {
    "hearings", "recommendations", "alarms", "calls", "call_backs", "chats", "duty", "letters",
    "office_alarms", "office_letters",
}  # fmt: skip
_LATE = {Queue.OVERDUE, Queue.DUE_SOON}


def frame_of(viewer: Viewer, *, at: datetime, place: str = "") -> dict[str, Any]:
    """What the frame of a page shows at a moment. One round trip."""
    sees_cases = viewer.may(Permission.SEE_CASES)
    with one_round_trip() as ask:
        counted, asked = AskedCounters(ask, viewer, at=at), AskedWaiting(ask, viewer, at=at)
    counters, waiting = counted.counters(), asked.waiting()
    return {
        "queue_items": _queues(viewer, counters, place) if sees_cases else [],
        "menu_groups": _groups(viewer, waiting, place),
        "may_register": viewer.may(Permission.REGISTER),
        "search_url": _search_of(viewer),
        "brand_url": home_of(viewer),
        "me": viewer.account,
        "is_demonstration": settings.DEMO,
    }


def _search_of(viewer: Viewer) -> str:
    """Where somebody searches: the cases of the house, else the files of the office."""
    if viewer.may(Permission.SEE_CASES):
        return reverse("desk:search")
    return reverse("desk:office_search") if viewer.may(Permission.WORK_IN_OFFICE) else ""


def home_of(viewer: Viewer) -> str:
    """Where somebody begins: their cases, else the one thing that they are asked for."""
    if viewer.may(Permission.SEE_CASES):
        return reverse("desk:queues")
    if viewer.may(Permission.ANSWER_AS_AREA):
        return reverse("desk:inquiries")
    if viewer.may(Permission.CONFIGURE):
        return settings_url()
    if viewer.may(Permission.WORK_IN_OFFICE):
        return reverse("desk:office")
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


def _groups(viewer: Viewer, waiting: Waiting, place: str) -> list[tuple[str, list[MenuItem]]]:
    """The other places, by what brings one there; a group without any is left out."""
    groups = [
        (_("To see to"), _pressing(viewer, waiting)),
        (_("Contacts"), _contacts(viewer, waiting)),
        (_("House"), _house(viewer)),
    ]
    return [
        (title, [_item(key, name, count, place) for shown, key, name, count in places if shown])
        for title, places in groups
        if any(shown for shown, *_rest in places)
    ]


def _item(key: str, name: str, count: int | None, place: str) -> MenuItem:
    return MenuItem(
        name=name,
        url=settings_url() if key == "settings" else reverse(f"desk:{key}"),
        count=count,
        is_current=place in {f"house:{key}", key},
        is_late=key in _PRESSING and bool(count),
    )


def _pressing(viewer: Viewer, waiting: Waiting) -> list[Place]:
    may = viewer.may
    works = _works(viewer)
    hears = may(Permission.HANDLE) or may(Permission.AUDIT)
    is_advised = any(map(may, READ_FOR_THE_COMPANY))
    return [
        *_office(viewer, waiting),
        (works, "alarms", _("Calls for attention"), waiting.alarms),
        (works, "duty", _("On duty"), waiting.emergencies),
        (hears, "hearings", _("The ombudsman asks"), waiting.hearings),
        (hears, "disputes", _("Before other bodies"), None),
        (
            is_advised,
            "recommendations",
            _("Recommendations of the ombudsman"),
            waiting.recommendations,
        ),
        (may(Permission.APPROVE), "approvals", _("Waiting for approval"), waiting.approvals),
        (may(Permission.ANSWER_AS_AREA), "inquiries", _("Questions to my area"), waiting.inquiries),
        (
            bool(waiting.thanks) or may(Permission.ANSWER_AS_AREA),
            "thanks",
            _("Thanks"),
            waiting.thanks,
        ),
        (may(Permission.SEE_CASES), "incidents", _("Incidents"), None),
        (works, "letters", _("Letters to see to"), waiting.letters),
    ]


def _office(viewer: Viewer, waiting: Waiting) -> list[Place]:
    """Behind the wall."""
    works = viewer.may(Permission.WORK_IN_OFFICE)
    return [
        (works, "office", _("Files of the ombudsman"), None),
        (works, "office_alarms", _("Office: calls for attention"), waiting.office_alarms),
        (works, "office_letters", _("Office: letters"), waiting.office_letters),
        (works, "office_held", _("Office: could not be read"), waiting.office_held),
        (works, "office_precedents", _("Precedents"), None),
        (works, "office_recommendations", _("Recommendations to the company"), None),
        (works, "office_reports", _("Yearly reports"), None),
    ]


def _contacts(viewer: Viewer, waiting: Waiting) -> list[Place]:
    works, audits = _works(viewer), viewer.may(Permission.AUDIT)
    registers = viewer.may(Permission.REGISTER)
    registers_here = registers and not viewer.only_teams
    works_here = works and not viewer.only_teams  # Lists of the whole house.
    return [
        (registers, "calls", _("Telephone calls"), waiting.calls),
        (registers, "call_backs", _("Call-backs"), waiting.call_backs),
        (works, "chats", _("Chats"), waiting.chats),
        (registers_here, "public_messages", _("Public messages"), None),
        (registers, "counter", _("At the counter"), None),
        (registers, "bookings", _("Bookings"), None),
        (registers, "orders", _("Orders"), None),
        (works or audits, "scans", _("Letters that came in"), waiting.scans),
        (works_here or audits, "held", _("Could not be read"), waiting.held),
        (works_here, "marked", _("Possible abuse"), None),
    ]


def _house(viewer: Viewer) -> list[Place]:
    may = viewer.may
    sees, audits = may(Permission.SEE_CASES), may(Permission.AUDIT)
    configures = may(Permission.CONFIGURE)
    return [
        (sees or may(Permission.EDIT_KNOWLEDGE), "knowledge", _("What we know"), None),
        (may(Permission.ASSIGN), "team", _("Team overview"), None),
        (may(Permission.ASSIGN) or audits, "call_figures", _("How calls are answered"), None),
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
        (configures, "settings", _("Settings"), None),
    ]


def _works(viewer: Viewer) -> bool:
    return viewer.may(Permission.HANDLE) or viewer.may(Permission.ANSWER_ENQUIRIES)
