"""Incidents, as the pages of the desk ask for them.

An incident is the entity's; which of its cases somebody sees is decided case by case.
"""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import Case
from valedor.casefile.queries import CaseLine, lines_of
from valedor.casefile.viewing import Viewer
from valedor.incidents.collective.models import (
    AnswerPart,
    CollectiveAnswer,
    Incident,
    IncidentLine,
    Membership,
    NoticeSent,
)
from valedor.procedures.models import Area, Category

MOST = 200


def incidents_for(viewer: Viewer) -> list[Incident]:
    """Those of one's entities: the lasting first, then the ones to be closed, then the closed."""
    found = Incident.objects.filter(entity__in=viewer.entities).select_related("entity")
    rank = {True: 0, False: 1}
    return sorted(
        found.order_by("-began_at")[:MOST],
        key=lambda one: (one.closed_at is not None, rank[one.ended_at is None]),
    )


def members_by_incident(viewer: Viewer, incidents: list[Incident]) -> dict[int, tuple[int, int]]:
    """How many cases of each one may see belong to it, and how many are proposed."""
    rows = (
        Membership.objects.filter(incident__in=incidents, case__in=cases_visible_to(viewer))
        .values("incident")
        .annotate(
            joined=Count("pk", filter=Q(state=Membership.State.JOINED)),
            proposed=Count("pk", filter=Q(state=Membership.State.PROPOSED)),
        )
    )
    return {row["incident"]: (row["joined"], row["proposed"]) for row in rows}


def incident_for(viewer: Viewer, incident_id: int) -> Incident:
    """One of them. Raises ``Http404``."""
    found = Incident.objects.filter(pk=incident_id, entity__in=viewer.entities)
    incident = found.select_related("entity", "declared_by").first()
    if incident is None:
        raise Http404
    return incident


@dataclass(frozen=True)
class Gathered:
    """A case of an incident as its row in a list."""

    line: CaseLine
    signs: list[str]


def gathered(viewer: Viewer, incident: Incident, state: str) -> list[Gathered]:
    """Its cases in a state that somebody may see, the newest first."""
    rows = {
        row.case_id: row
        for row in _memberships(viewer).filter(incident=incident, state=state).order_by("-at")
    }
    lines = lines_of(viewer, list(rows))
    return [Gathered(line, list(rows[line.id].signs)) for line in lines]


def case_in(viewer: Viewer, case_id: int) -> Case:
    """A case that somebody may see. Raises ``Http404``."""
    found = cases_visible_to(viewer).filter(pk=case_id).select_related("entity").first()
    if found is None:
        raise Http404
    return found


def membership_of(viewer: Viewer, case: Case) -> list[Membership]:
    """The incidents that a case belongs to, or was proposed for."""
    wanted = [Membership.State.JOINED, Membership.State.PROPOSED]
    found = Membership.objects.filter(case=case, state__in=wanted).select_related("incident")
    return list(found.order_by("-at"))


def lines_for(incident: Incident) -> list[IncidentLine]:
    """What happened to it, the latest first."""
    return list(incident.lines.select_related("by").order_by("-at", "-pk"))


def line_of(incident: Incident, line_id: int) -> IncidentLine:
    """One line of it. Raises ``Http404``."""
    line = incident.lines.select_related("incident__entity").filter(pk=line_id).first()
    if line is None:
        raise Http404
    return line


def sent_of(incident: Incident) -> dict[int, tuple[int, int, int]]:
    """By line, how many notices were sent, wait, and could not be sent."""
    states = NoticeSent.State
    rows = (
        NoticeSent.objects.filter(line__incident=incident)
        .values("line")
        .annotate(
            sent=Count("pk", filter=Q(state=states.SENT)),
            waiting=Count("pk", filter=Q(state=states.WAITING)),
            failed=Count("pk", filter=Q(state=states.FAILED)),
        )
    )
    return {row["line"]: (row["sent"], row["waiting"], row["failed"]) for row in rows}


def answer_of(incident: Incident) -> CollectiveAnswer | None:
    """The answer to all, ordered or finished."""
    return CollectiveAnswer.objects.filter(incident=incident).select_related("by").first()


@dataclass(frozen=True)
class Progress:
    """How far an answer has got. ``hidden`` are cases that this viewer may not see."""

    waiting: int
    answered: int
    told: int
    left_out: int

    @property
    def total(self) -> int:
        """How many get it."""
        return self.waiting + self.answered + self.told + self.left_out


def progress_of(viewer: Viewer, answer: CollectiveAnswer) -> Progress:
    """Over the cases that somebody may see."""
    states = AnswerPart.State
    counted = AnswerPart.objects.filter(answer=answer, case__in=cases_visible_to(viewer)).aggregate(
        waiting=Count("pk", filter=Q(state=states.WAITING)),
        answered=Count("pk", filter=Q(state=states.ANSWERED)),
        told=Count("pk", filter=Q(state=states.TOLD)),
        left_out=Count("pk", filter=Q(state=states.LEFT_OUT)),
    )
    return Progress(**counted)


def parts_of(viewer: Viewer, answer: CollectiveAnswer) -> list[AnswerPart]:
    """What each case got, what is still due first."""
    found = AnswerPart.objects.filter(answer=answer, case__in=cases_visible_to(viewer))
    return list(found.select_related("case").order_by("-state", "pk")[:MOST])


def without_answer(viewer: Viewer, incident: Incident) -> int:
    """How many of its cases one may see did not get the answer."""
    had = AnswerPart.objects.filter(answer__incident=incident).values("case")
    joined = _memberships(viewer).filter(incident=incident, state=Membership.State.JOINED)
    return joined.exclude(case__in=had).count()


def subjects_of(entity_id: int) -> list[Category]:
    """The subjects of an entity, for a form."""
    return list(Category.objects.filter(entity=entity_id, valid_until=None).order_by("key"))


def areas_of(entity_id: int) -> list[Area]:
    """The areas of an entity that still receive anything."""
    return list(Area.objects.filter(entity=entity_id, ended_at=None).order_by("key"))


def _memberships(viewer: Viewer) -> QuerySet[Membership]:
    return Membership.objects.filter(case__in=cases_visible_to(viewer))
