"""Incidents: their cases, and what people are told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from valedor.acts.desk import Desk
from valedor.acts.reading import incidents as incidents_read
from valedor.api.acting_at_desk import acts_on
from valedor.api.asking import as_json
from valedor.api.looking import (
    ONE_PROBLEMS,
    as_person,
    local,
    looking,
    there,
)
from valedor.api.schemas import DeskActView
from valedor.casefile.viewing import Viewer
from valedor.incidents.collective.gathering import likely_cases
from valedor.incidents.collective.models import Incident, Membership
from valedor.incidents.collective.models import IncidentLine as Line
from valedor.people.permissions import Permission

router = Router()


Words = dict[str, str]
"""A text by language: ``es``, ``ca``, ``pt-br``, ``en``."""


class IncidentLine(Schema):
    """Something that befalls many. ``cases`` belong to it, ``proposed`` may."""

    number: int
    entity: str
    state: Literal["lasts", "ended", "closed"]
    title: Words
    words: Words
    places: list[str]
    is_public: bool
    began_at: datetime
    expected_end_at: datetime | None
    ended_at: datetime | None
    closed_at: datetime | None
    cases: int
    proposed: int


class Incidents(Schema):
    """Those that last first, then those to be closed, then the closed ones; at most 200."""

    incidents: list[IncidentLine]


class Gathered(Schema):
    """A case of an incident, or one that may be, with what speaks for it."""

    reference: str
    subject: str
    signs: list[str]


class ToldLine(Schema):
    """Something that happened to an incident. How many got its words, by now; ``acts`` sends them
    to whoever has not.
    """

    number: int
    what: str
    words: Words
    expected_end_at: datetime | None
    by: str | None
    at: datetime
    sent: int
    waiting: int
    failed: int
    acts: list[DeskActView]


class AnswerProgress(Schema):
    """How far the answer to all has got, over the cases that the person sees. ``told`` got a word,
    since their own answer is still due.
    """

    by: str
    ordered_at: datetime
    finished_at: datetime | None
    waiting: int
    answered: int
    told: int
    left_out: int


class IncidentView(IncidentLine):
    """One of them whole."""

    categories: list[str]
    areas: list[str]
    members: list[Gathered]
    candidates: list[Gathered]
    history: list[ToldLine]
    answer: AnswerProgress | None
    acts: list[DeskActView]


@router.get(
    "/incidents",
    auth=as_person(Permission.SEE_CASES),
    response={200: Incidents} | ONE_PROBLEMS,
    summary="List incidents",
    operation_id="list_incidents",
    tags=["incidents"],
)
def list_incidents(request: HttpRequest) -> HttpResponse:
    """Those of the person's entities. The numbers count the cases that they see."""
    with looking(request, "incidents") as (viewer, _at):
        found = incidents_read.incidents_for(viewer)
        counted = incidents_read.members_by_incident(viewer, found)
        lines = [IncidentLine(**_incident(one, counted)) for one in found]
        return as_json(Incidents(incidents=lines))


@router.get(
    "/incidents/{int:number}",
    auth=as_person(Permission.SEE_CASES),
    response={200: IncidentView} | ONE_PROBLEMS,
    summary="Read an incident",
    operation_id="read_incident",
    tags=["incidents"],
)
def read_incident(request: HttpRequest, number: int) -> HttpResponse:
    """What it is, its cases and those that may be, what people were told, and what can be done."""
    with looking(request, "incident") as (viewer, at):
        found = incidents_read.incident_for(viewer, number)
        counted = incidents_read.members_by_incident(viewer, [found])
        states = Membership.State
        joined = incidents_read.gathered(viewer, found, states.JOINED)
        proposed = incidents_read.gathered(viewer, found, states.PROPOSED)
        likely = likely_cases(viewer, found) if found.closed_at is None else []
        view = IncidentView(
            **_incident(found, counted),
            categories=[one.key for one in found.categories.order_by("key")],
            areas=[one.key for one in found.areas.order_by("key")],
            members=[_gathered(one) for one in joined],
            candidates=[
                *(_gathered(one) for one in proposed),
                *(
                    Gathered(
                        reference=one.case.reference,
                        subject=one.case.subject,
                        signs=list(one.signs),
                    )
                    for one in likely
                ),
            ],
            history=_history(viewer, found, at),
            answer=_answer(viewer, found),
            acts=acts_on(
                Desk(viewer, at, str(found.pk)),
                "incident-gathering",
                "incident-news",
                "incident-answer",
                "incident-answer-rest",
                "incident-end",
                "incident-closing",
            ),
        )
        return as_json(view)


def _incident(one: Incident, counted: Mapping[int, tuple[int, int]]) -> dict[str, Any]:
    cases, proposed = counted.get(one.pk, (0, 0))
    state = "closed" if one.closed_at else "ended" if one.ended_at else "lasts"
    return {
        "number": one.pk,
        "entity": one.entity.key,
        "state": state,
        "title": dict(one.title),
        "words": dict(one.words),
        "places": list(one.places),
        "is_public": one.is_public,
        "began_at": there(one.began_at, one.entity),
        "expected_end_at": local(one.expected_end_at, one.entity),
        "ended_at": local(one.ended_at, one.entity),
        "closed_at": local(one.closed_at, one.entity),
        "cases": cases,
        "proposed": proposed,
    }


def _gathered(one: incidents_read.Gathered) -> Gathered:
    line = one.line
    return Gathered(reference=line.reference, subject=line.subject, signs=list(one.signs))


def _history(viewer: Viewer, found: Incident, at: datetime) -> list[ToldLine]:
    sent = incidents_read.sent_of(found)
    return [
        _told(one, sent.get(one.pk, (0, 0, 0)), found, Desk(viewer, at, f"{found.pk}:{one.pk}"))
        for one in incidents_read.lines_for(found)
    ]


def _told(one: Line, sent: tuple[int, int, int], found: Incident, desk: Desk) -> ToldLine:
    is_open = found.closed_at is None and bool(one.words)
    return ToldLine(
        number=one.pk,
        what=one.what,
        words=dict(one.words),
        expected_end_at=local(one.expected_end_at, found.entity),
        by=one.by.username if one.by else None,
        at=there(one.at, found.entity),
        sent=sent[0],
        waiting=sent[1],
        failed=sent[2],
        acts=acts_on(desk, "incident-notice") if is_open else [],
    )


def _answer(viewer: Viewer, found: Incident) -> AnswerProgress | None:
    answer = incidents_read.answer_of(found)
    if answer is None:
        return None
    progress = incidents_read.progress_of(viewer, answer)
    return AnswerProgress(
        by=answer.by.username,
        ordered_at=there(answer.ordered_at, found.entity),
        finished_at=local(answer.finished_at, found.entity),
        waiting=progress.waiting,
        answered=progress.answered,
        told=progress.told,
        left_out=progress.left_out,
    )
