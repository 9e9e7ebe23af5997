"""Calls that the house owes: those that it promised, and those of callers who hung up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet
from django.http import Http404

from valedor.casefile.access import cases_visible_to
from valedor.casefile.viewing import Viewer
from valedor.channels.models import Call, CallBack
from valedor.desk.queries.calls import calls_visible_to
from valedor.people.permissions import Permission

MOST = 100
RETURNED_WITHIN = timedelta(days=7)
"""Whoever hung up longer ago is not called any more."""


@dataclass(frozen=True)
class Owed:
    """Somebody who hung up before anybody answered. ``times`` counts their calls."""

    last: Call
    times: int


def promised(viewer: Viewer) -> list[CallBack]:
    """The call-backs of the cases that a viewer may see, the next one first."""
    found = CallBack.objects.filter(
        case__in=cases_visible_to(viewer),
        entity__in=viewer.entities_where(Permission.REGISTER),
        settled_at=None,
    ).exclude(number="")
    return list(
        found.select_related("case__entity", "case__complainant", "line")
        .annotate(tries=Count("attempts"))
        .order_by("next_at", "pk")[:MOST]
    )


def call_back_for(viewer: Viewer, call_back_id: int) -> CallBack:
    """One of them, settled or not. Raises ``Http404``."""
    found = CallBack.objects.filter(
        pk=call_back_id,
        case__in=cases_visible_to(viewer),
        entity__in=viewer.entities_where(Permission.REGISTER),
    ).select_related("case__entity", "case__complainant", "line", "asked_by")
    call_back = found.first()
    if call_back is None:
        raise Http404
    return call_back


def abandoned(viewer: Viewer, *, at: datetime) -> list[Owed]:
    """Callers who hung up and were not reached since, once each, the newest first."""
    found: dict[tuple[int, str], Owed] = {}
    for call in _abandoned(viewer, at).exclude(caller="").order_by("-last_event_at")[:500]:
        key = (call.entity_id, call.caller)
        known = found.get(key)
        found[key] = Owed(known.last if known else call, (known.times if known else 0) + 1)
    return list(found.values())[:MOST]


def abandoned_without_number(viewer: Viewer, *, at: datetime) -> int:
    """How many hung up whose number was withheld: nobody can call them."""
    return _abandoned(viewer, at).filter(caller="").count()


def abandoned_for(viewer: Viewer, call_id: int) -> Call:
    """A call that was abandoned. Raises ``Http404``."""
    found = calls_visible_to(viewer).filter(pk=call_id, state=Call.State.ABANDONED).first()
    if found is None or not found.caller:
        raise Http404
    return found


def _abandoned(viewer: Viewer, at: datetime) -> QuerySet[Call]:
    return calls_visible_to(viewer).filter(
        state=Call.State.ABANDONED, settled_at=None, last_event_at__gt=at - RETURNED_WITHIN
    )
