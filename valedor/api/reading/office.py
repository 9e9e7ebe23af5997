"""The files of the ombudsman's office for whoever works in it, and what the office asks the company
for whoever speaks for that.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from valedor.acts.desk import Desk
from valedor.acts.desk.hearings import may_say_done
from valedor.acts.reading import office as office_read
from valedor.api import queries
from valedor.api.acting_at_desk import acts_on
from valedor.api.asking import as_json, note
from valedor.api.looking import ONE_PROBLEMS, as_person, local, looking, one_of, there
from valedor.api.schemas import DeskActView, Journey
from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer
from valedor.people.permissions import Permission
from valedor.review.office.access import file_for
from valedor.review.office.models import Hearing, Opinion, Proceeding, Statement
from valedor.review.office.queries import FileState, documents_of, file_state, first_words
from valedor.review.office.rules import missing_in

router = Router(tags=["office"])
_IN_THE_OFFICE = as_person(Permission.WORK_IN_OFFICE)
_FOR_THE_COMPANY = as_person(Permission.HANDLE, Permission.AUDIT)


class OfficeFileLine(Schema):
    """A file of the office."""

    reference: str
    entity: str
    ground: str
    state: str
    subject: str
    holder: str | None
    brought_at: datetime
    next_due_at: datetime | None


class OfficeFiles(Schema):
    """Files that stand alike, what is due first before the rest; at most 200."""

    files: list[OfficeFileLine]


class OfficePoint(Schema):
    """A point of a file, and what the draft concludes on it."""

    number: int
    ordinal: int
    text: str
    outcome: str | None
    reasons: str | None
    to_do: str | None
    do_by: date | None


class OfficeStatement(Schema):
    """What one side was asked and what it said; ``shared_text`` is what the other side read."""

    number: int
    side: str
    whom: str
    question: str
    asked_at: datetime
    answer_by: datetime | None
    text: str
    given_at: datetime | None
    shared_text: str
    shared_at: datetime | None


class OfficeOffer(Schema):
    """A proposal to settle."""

    number: int
    by_side: str
    option: str
    text: str
    amount: Decimal | None
    currency: str
    state: str
    made_at: datetime
    answer_by: datetime


class OfficeFact(Schema):
    """A fact that the opinion holds proved."""

    text: str
    shown_by: str
    document: int | None


class OfficeOpinion(Schema):
    """The opinion as it stands: a draft until it is signed."""

    principles: str
    binds: bool
    facts: list[OfficeFact]
    signed_at: datetime | None
    answer: str
    answer_reasons: str
    carried_out_text: str
    carried_out_at: datetime | None
    verified: str


class OfficeDocument(Schema):
    """A document of the file, by the number that an act cites it with."""

    number: int
    name: str
    side: str


class OfficeFile(OfficeFileLine):
    """A file whole. ``about`` is the company's case, where there is one, ``elsewhere`` names the
    bodies before which that is now, ``lacking`` says what the opinion needs to be signed.
    """

    about: str | None
    elsewhere: list[str]
    person: str
    language: str
    words: str
    points: list[OfficePoint]
    statements: list[OfficeStatement]
    offers: list[OfficeOffer]
    documents: list[OfficeDocument]
    opinion: OfficeOpinion | None
    lacking: list[str]


class HearingView(Schema):
    """Something that the office addressed to the company, on the company's case ``reference``."""

    number: int
    reference: str
    file: str
    what: str
    text: str
    asked_at: datetime
    answer_by: datetime | None
    answer: str
    answered_at: datetime | None
    ended_at: datetime | None
    acts: list[DeskActView]


class Hearings(Schema):
    """What waits for the company's word, or everything; at most 200."""

    hearings: list[HearingView]


# ------------------------------------------------------------------ in the office
@router.get(
    "/office/files",
    auth=_IN_THE_OFFICE,
    response={200: OfficeFiles} | dict.fromkeys((400, 401, 403), ONE_PROBLEMS[401]),
    summary="List the files of the ombudsman",
    operation_id="list_office_files",
    openapi_extra={
        "parameters": [
            {
                "in": "query",
                "name": "files",
                "required": False,
                "schema": {"type": "string", "enum": list(office_read.STANDING)},
            }
        ]
    },
)
def list_office_files(request: HttpRequest) -> HttpResponse:
    """Those that stand as asked: to be admitted, unless said otherwise."""
    with looking(request, "office", "files") as (viewer, _at):
        states = office_read.STANDING[one_of(request, "files", list(office_read.STANDING))]
        found = office_read.files_in(viewer, states)
        lines = [OfficeFileLine(**_line(one.file, one.proceeding)) for one in found]
        return as_json(OfficeFiles(files=lines))


@router.get(
    "/office/files/{reference}",
    auth=_IN_THE_OFFICE,
    response={200: OfficeFile} | ONE_PROBLEMS,
    summary="Read a file of the ombudsman",
    operation_id="read_office_file",
)
def read_office_file(request: HttpRequest, reference: str) -> HttpResponse:
    """What it is about, what each side said, how far the opinion has come."""
    with looking(request, "office_file") as (viewer, at):
        file = file_for(viewer, reference)
        note(request, file, "case")
        return as_json(_whole(file, file_state(file, at=at)))


@router.get(
    "/office/files/{reference}/timeline",
    auth=_IN_THE_OFFICE,
    response={200: Journey} | ONE_PROBLEMS,
    summary="Read the timeline of a file of the ombudsman",
    operation_id="read_office_timeline",
)
def read_office_timeline(request: HttpRequest, reference: str) -> HttpResponse:
    """What happened, what is counted, and what the office wrote for itself."""
    with looking(request, "office_file") as (viewer, _at):
        file = file_for(viewer, reference)
        note(request, file, "journey")
        return as_json(queries.journey_of(file))


def _line(file: Case, proceeding: Proceeding) -> dict[str, Any]:
    return {
        "reference": file.reference,
        "entity": file.entity.key,
        "ground": proceeding.ground,
        "state": proceeding.state,
        "subject": file.subject,
        "holder": file.holder.username if file.holder else None,
        "brought_at": there(proceeding.brought_at, file.entity),
        "next_due_at": local(file.next_due_at, file.entity),
    }


def _whole(file: Case, fs: FileState) -> OfficeFile:
    drafted = {one.grievance_id: one for one in fs.conclusions}
    return OfficeFile(
        **_line(file, fs.proceeding),
        about=office_read.reference_of_the_company(fs.proceeding),
        elsewhere=office_read.bodies_at_work(fs.proceeding),
        person=file.complainant.name if file.complainant else "",
        language=file.language,
        words=first_words(file),
        points=[
            OfficePoint(
                number=one.pk,
                ordinal=one.ordinal,
                text=one.text,
                outcome=drafted[one.pk].outcome if one.pk in drafted else None,
                reasons=drafted[one.pk].reasons if one.pk in drafted else None,
                to_do=drafted[one.pk].to_do if one.pk in drafted else None,
                do_by=drafted[one.pk].do_by if one.pk in drafted else None,
            )
            for one in fs.grievances
        ],
        statements=[_statement(one, file) for one in fs.statements],
        offers=[
            OfficeOffer(
                number=one.pk,
                by_side=one.by_side,
                option=one.option,
                text=one.text,
                amount=one.amount,
                currency=one.currency,
                state=one.state,
                made_at=there(one.made_at, file.entity),
                answer_by=there(one.answer_by, file.entity),
            )
            for one in fs.offers
        ],
        documents=[
            OfficeDocument(number=one.pk, name=one.name, side=one.side)
            for one in documents_of(file)
        ],
        opinion=_opinion(fs.opinion, fs, file) if fs.opinion else None,
        lacking=missing_in(fs) if fs.proceeding.state == Proceeding.State.ADMITTED else [],
    )


def _statement(one: Statement, file: Case) -> OfficeStatement:
    return OfficeStatement(
        number=one.pk,
        side=one.side,
        whom=one.whom,
        question=one.question,
        asked_at=there(one.asked_at, file.entity),
        answer_by=local(one.answer_by, file.entity),
        text=one.text,
        given_at=local(one.given_at, file.entity),
        shared_text=one.shared_text,
        shared_at=local(one.shared_at, file.entity),
    )


def _opinion(one: Opinion, fs: FileState, file: Case) -> OfficeOpinion:
    return OfficeOpinion(
        principles=one.principles,
        binds=one.binds,
        facts=[
            OfficeFact(text=fact.text, shown_by=fact.shown_by, document=fact.document_id)
            for fact in fs.facts
        ],
        signed_at=local(one.signed_at, file.entity),
        answer=one.answer,
        answer_reasons=one.answer_reasons,
        carried_out_text=one.carried_out_text,
        carried_out_at=local(one.carried_out_at, file.entity),
        verified=one.verified,
    )


# ------------------------------------------------------------------ for the company
@router.get(
    "/hearings",
    auth=_FOR_THE_COMPANY,
    response={200: Hearings} | dict.fromkeys((400, 401, 403), ONE_PROBLEMS[401]),
    summary="List what the ombudsman asks the company",
    operation_id="list_hearings",
    openapi_extra={
        "parameters": [
            {
                "in": "query",
                "name": "state",
                "required": False,
                "schema": {"type": "string", "enum": ["waiting", "all"]},
            }
        ]
    },
)
def list_hearings(request: HttpRequest) -> HttpResponse:
    """What waits for the company's word, in cases that the person sees; ``all`` for everything."""
    with looking(request, "hearings", "state") as (viewer, at):
        waiting = one_of(request, "state", ["waiting", "all"]) == "waiting"
        found = office_read.hearings_for(viewer, waiting=waiting)
        return as_json(Hearings(hearings=[_hearing(one, viewer, at) for one in found]))


@router.get(
    "/hearings/{int:number}",
    auth=_FOR_THE_COMPANY,
    response={200: HearingView} | ONE_PROBLEMS,
    summary="Read what the ombudsman asks the company",
    operation_id="read_hearing",
)
def read_hearing(request: HttpRequest, number: int) -> HttpResponse:
    """Its words, the company's answer, and what can be said to it now."""
    with looking(request, "hearing") as (viewer, at):
        return as_json(_hearing(office_read.hearing_for(viewer, number), viewer, at))


_ANSWERS = {
    Hearing.What.STATEMENT: ("hearing-answer", "hearing-proposal"),
    Hearing.What.SHOWN: ("hearing-answer", "hearing-proposal"),
    Hearing.What.OFFER: ("hearing-offer", "hearing-proposal"),
    Hearing.What.OPINION: ("hearing-opinion",),
    Hearing.What.NOTICE: (),
}


def _hearing(one: Hearing, viewer: Viewer, at: datetime) -> HearingView:
    nouns = ("hearing-done",) if may_say_done(one) else _ANSWERS[Hearing.What(one.what)]
    entity = one.case.entity
    return HearingView(
        number=one.pk,
        reference=one.case.reference,
        file=one.file_reference,
        what=one.what,
        text=one.text,
        asked_at=there(one.asked_at, entity),
        answer_by=local(one.answer_by, entity),
        answer=one.answer,
        answered_at=local(one.answered_at, entity),
        ended_at=local(one.ended_at, entity),
        acts=acts_on(Desk(viewer, at, str(one.pk)), *nouns),
    )
