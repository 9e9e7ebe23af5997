"""Telephone lines and calls, as the pages of the desk ask for them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.http import Http404

from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer
from valedor.channels.models import Call, CallCase, Line
from valedor.channels.telephone.call_rules import GOES_ON
from valedor.people.contact_points import persons_reached_at
from valedor.people.models import ContactPoint, Contract, Entity
from valedor.people.permissions import Permission

MOST = 100
JUST_OVER = timedelta(hours=2)
"""So long a call that is over stands in the list of whoever had it, to be written down."""


# ------------------------------------------------------------------ lines
def lines_of(entity: Entity) -> list[Line]:
    """The lines of an entity, by key."""
    return list(Line.objects.filter(entity=entity).select_related("entity", "team"))


def line_of(entity: Entity, key: str) -> Line:
    """One of them. Raises ``Http404``."""
    found = Line.objects.filter(entity=entity, key=key).select_related("entity", "team").first()
    if found is None:
        raise Http404
    return found


def lines_attended(viewer: Viewer) -> list[Line]:
    """The lines whose calls a viewer takes, those of one entity together."""
    entities = viewer.entities_where(Permission.REGISTER)
    found = Line.objects.filter(_of_their_team(viewer), entity__in=entities, is_active=True)
    return list(found.select_related("entity").order_by("entity__name", "key"))


def _of_their_team(viewer: Viewer, line: str = "") -> Q:
    """Lines of the viewer's teams, and those that belong to none; a lead sees all of an entity."""
    leads = viewer.entities_where(Permission.ASSIGN)
    return (
        Q(**{f"{line}team": None})
        | Q(**{f"{line}team__in": viewer.teams})
        | Q(**{f"{line}entity__in": leads})
    )


# ------------------------------------------------------------------ calls
def calls_visible_to(viewer: Viewer) -> QuerySet[Call]:
    """The calls of the lines that a viewer attends to, and those that they had themselves."""
    mine = Q(operator=viewer.account_id) | Q(taken_by=viewer.account_id)
    return (
        Call.objects.filter(entity__in=viewer.entities_where(Permission.REGISTER))
        .filter(Q(line=None) | _of_their_team(viewer, "line__") | mine)
        .select_related("entity", "line", "operator", "taken_by", "checked_by", "lead")
    )


def going_on(viewer: Viewer) -> list[Call]:
    """The calls that have not ended: those with priority first, then the longest waiting."""
    found = calls_visible_to(viewer).filter(state__in=GOES_ON)
    return list(found.order_by("-has_priority", "last_event_at", "pk")[:MOST])


def just_over(viewer: Viewer, *, at: datetime) -> list[Call]:
    """Calls that the viewer had lately and of which nothing was written down."""
    mine = Q(operator=viewer.account_id) | Q(taken_by=viewer.account_id)
    found = (
        calls_visible_to(viewer)
        .filter(mine, state__in=[Call.State.ENDED, Call.State.LOST])
        .filter(last_event_at__gt=at - JUST_OVER, cases=None)
    )
    return list(found.order_by("-last_event_at")[:20])


def call_for(viewer: Viewer, call_id: int) -> Call:
    """One call. Raises ``Http404`` for one that may not be seen."""
    found = calls_visible_to(viewer).filter(pk=call_id).first()
    if found is None:
        raise Http404
    return found


def cases_of(viewer: Viewer, call: Call) -> list[CallCase]:
    """What the call was about, as far as the viewer may see it: each case once."""
    found = CallCase.objects.filter(call=call, case__in=cases_visible_to(viewer))
    return list({one.case_id: one for one in found.select_related("case").order_by("at")}.values())


def contracts_reached_at(viewer: Viewer, call: Call) -> list[str]:
    """The contracts of whoever has the caller's number, as far as the house knows them."""
    persons = persons_reached_at(call.caller, (call.entity.country,)) if call.caller else set()
    if not persons:
        return []
    told = list(
        Contract.objects.filter(entity=call.entity, person__in=persons, ended_on=None)
        .order_by("number")
        .values_list("number", flat=True)[:6]
    )
    of_cases = (
        cases_visible_to(viewer)
        .filter(complainant__in=persons, entity=call.entity)
        .exclude(contract_number="")
        .order_by("-received_at")
        .values_list("contract_number", flat=True)[:6]
    )
    return list(dict.fromkeys([*told, *of_cases]))


def ways_to(case: Case) -> Sequence[ContactPoint]:
    """The e-mails and numbers of whoever gets the letters of a case, the newest first."""
    person = case.mandate.representative_id if case.mandate else case.complainant_id
    kinds = [ContactPoint.Kind.EMAIL, ContactPoint.Kind.TELEPHONE]
    found = ContactPoint.objects.filter(person=person or 0, kind__in=kinds, ended_at=None)
    return list(found.order_by("-pk"))
