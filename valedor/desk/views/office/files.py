"""The files of the office: a list, one file with everything in it, and the company's file of it."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from valedor.acts.office import GROUPS, OFFICE_ACTS
from valedor.acts.office.situation import OfficeSituation
from valedor.acts.reading import office as reading
from valedor.casefile.documents import document_for, download_response
from valedor.casefile.letters import name_of
from valedor.casefile.models import Case, Deadline, DeadlineEvent, Document
from valedor.casefile.reads import note_read
from valedor.casefile.viewing import Viewer
from valedor.design.parts import DocumentRow, Fact
from valedor.desk import telling
from valedor.desk.next_step import letter_state
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queries.alarms import office_alarm_rows
from valedor.foundation.moments import local_day, now
from valedor.participants.queries import participants_inside
from valedor.participants.words import named
from valedor.people.permissions import Permission
from valedor.procedures.explanation import length_in_words
from valedor.procedures.vocabulary_tables import word
from valedor.review.office.access import file_for, looking_at_the_companys_file
from valedor.review.office.models import Proceeding, Statement
from valedor.review.office.opinion_text import text_of
from valedor.review.office.queries import (
    documents_of,
    entries_of,
    is_declared,
    missing_asked_by,
    moves_of,
)
from valedor.review.office.rules import missing_in
from valedor.telling import spoken
from valedor.telling.turns import Room, before_the_office, turns_in_words, turns_of_file
from valedor.telling.values import duty_name

from .beside import document_row
from .precedent_rows import likely

PLACE = "house:office"
State = Proceeding.State


def _tab_names() -> dict[str, str]:
    return {
        "to_see_to": _("To be admitted"),
        "heard": _("Being heard"),
        "answered": _("Opinion or agreement given"),
        "with_company": _("The company answers first"),
        "over": _("Over"),
    }


@require_safe
@staff_page(Permission.WORK_IN_OFFICE)
def files(request: StaffRequest) -> HttpResponse:
    """The files by how far they have come: what is due first stands first."""
    wanted, at = request.GET.get("files", ""), now()
    chosen = wanted if wanted in reading.STANDING else "to_see_to"
    address = reverse("desk:office")
    appointments = reading.own_appointments(request.user, at=at)
    context = {
        "title": _("Files of the ombudsman"),
        "tabs": [
            {"name": name, "url": f"{address}?files={key}", "is_current": key == chosen}
            for key, name in _tab_names().items()
        ],
        "rows": [_row(one) for one in reading.files_in(request.viewer, reading.STANDING[chosen])],
        "search_url": reverse("desk:office_search"),
        "declare_url": reverse("desk:office_declaration") if appointments else "",
        "has_to_declare": any(
            not is_declared(one, on=local_day(at, one.entity.timezone)) for one in appointments
        ),
    }
    return page(request, "desk/office/files.html", context, place=PLACE)


@require_safe
@staff_page(Permission.WORK_IN_OFFICE)
def alarms(request: StaffRequest) -> HttpResponse:
    """What calls somebody of the office: limits, letters that came back, somebody who wrote."""
    context = {"title": _("Calls for attention"), "alarms": office_alarm_rows(request.viewer)}
    return page(request, "desk/alarms.html", context, place="house:office_alarms")


def _row(line: reading.FileLine) -> dict[str, Any]:
    file, zone = line.file, line.file.entity.timezone
    return {
        "reference": file.reference,
        "subject": file.subject or _("Without a title"),
        "name": file.complainant.name if file.complainant else "",
        "url": reverse("desk:office_file", args=[file.reference]),
        "entity": file.entity.name,
        "ground": str(line.proceeding.get_ground_display()),
        "state": str(line.proceeding.get_state_display()),
        "brought": spoken.day(spoken.local_day(line.proceeding.brought_at, zone)),
        "due": spoken.until(file.next_due_at, zone) if file.next_due_at else "",
        "is_late": file.urgency == Case.Urgency.OVERDUE,
        "holder": file.holder.name if file.holder else "",
    }


@require_safe
@staff_page(Permission.WORK_IN_OFFICE)
def file(request: StaffRequest, reference: str) -> HttpResponse:
    """One file: where it stands, what was said by whom, the draft of the opinion, what can be
    done.
    """
    at = now()
    found = file_for(request.viewer, reference)
    note_read(request.viewer, found, "case", at)
    situation = OfficeSituation(case=found, viewer=request.viewer, at=at)
    return page(request, "desk/office/file.html", context_of(situation), place=PLACE)


def context_of(situation: OfficeSituation) -> dict[str, Any]:
    """Everything that the page of a file shows."""
    file, fs = situation.case, situation.fs
    zone, whole = file.entity.timezone, reading.whole_file(file)
    about = fs.proceeding.about_id is not None
    return {
        "case": file,
        "title": file.subject or _("Without a title"),
        "state": str(fs.proceeding.get_state_display()),
        "ground": str(fs.proceeding.get_ground_display()),
        "whose_turn": turns_in_words(
            turns_of_file(before_the_office(fs, send_by=missing_asked_by(file))), Room.OFFICE, zone
        ),
        "points": fs.grievances,
        "entries": telling.tell(
            whole.entries, case=file, zone=zone, names=whole.names, documents={}
        ),
        "documents": [document_row(file, one) for one in documents_of(file)],
        "letters": [
            {
                "name": name_of(one.kind),
                "when": spoken.stamp(one.queued_at, zone),
                "state": letter_state(one),
                "url": reverse("desk:office_letter", args=[one.pk]),
            }
            for one in whole.letters
        ],
        "facts": _facts(situation),
        "limits": [_limit(one, zone) for one in fs.deadlines if one.due_at],
        "moves": [_move(one, zone) for one in moves_of(file)],
        "to_show": [_said(file, one, "showing") for one in fs.to_show],
        "waiting": [_asked(file, one, zone) for one in fs.unanswered]
        if fs.proceeding.state == State.ADMITTED
        else [],
        "groups": _groups(situation),
        "conclusions": _conclusions(situation),
        "draft": text_of(fs, language=file.language) if fs.opinion else "",
        "is_signed": fs.opinion is not None and fs.opinion.signed_at is not None,
        "precedents": likely(situation.viewer, file)
        if fs.proceeding.state == State.ADMITTED
        else [],
        "lacking": missing_in(fs) if fs.proceeding.state == State.ADMITTED else [],
        "company_url": reverse("desk:office_company", args=[file.reference]) if about else "",
    }


def _facts(situation: OfficeSituation) -> list[Fact]:
    file, fs = situation.case, situation.fs
    zone = file.entity.timezone
    found = [
        (_("The company"), file.entity.name),
        (_("The person"), file.complainant.name if file.complainant else ""),
        (_("Speaks for them"), file.mandate.representative.name if file.mandate else ""),
        (_("Why they came"), str(fs.proceeding.get_ground_display())),
        (_("Brought"), spoken.stamp(fs.proceeding.brought_at, zone)),
        (_("Is before another body"), ", ".join(reading.bodies_at_work(fs.proceeding))),
        (_("With"), file.holder.name if file.holder else _("nobody yet")),
        (_("Language"), spoken.language_name(file.language)),
    ]
    told = [Fact(name=name, value=value) for name, value in found if value]
    return told + [
        Fact(
            name=_("Let in"),
            value=named(one.person.name, str(one.role), one.organisation),
            url=reverse("desk:office_act_on", args=[file.reference, "participants", one.pk]),
        )
        for one in participants_inside(file)
    ]


def _limit(deadline: Deadline, zone: str) -> dict[str, Any]:
    return {
        "name": duty_name(deadline.duty),
        "until": spoken.until(deadline.due_at, zone) if deadline.due_at else "",
        "is_late": deadline.state == Deadline.State.MISSED,
    }


def _move(event: DeadlineEvent, zone: str) -> dict[str, str]:
    """What stopped, resumed or extended a clock: which, when, by whom and why."""
    what = word("events", event.event)
    length = (
        length_in_words(event.length, event.unit or event.deadline.unit) if event.length else ""
    )
    return {
        "what": what[:1].upper() + what[1:] + (f" ({length})" if length else ""),
        "duty": duty_name(event.deadline.duty),
        "when": spoken.stamp(event.at, zone),
        "by": event.by.name if event.by else "",
        "reason": event.reason,
    }


def _said(file: Case, statement: Statement, noun: str) -> dict[str, str]:
    return {
        "side": str(statement.get_side_display()),
        "text": statement.text,
        "url": reverse("desk:office_act_on", args=[file.reference, noun, statement.pk]),
    }


def _asked(file: Case, statement: Statement, zone: str) -> dict[str, str]:
    is_third = statement.side == Statement.Side.THIRD
    return {
        "side": statement.whom or str(statement.get_side_display()),
        "text": statement.question,
        "until": spoken.until(statement.answer_by, zone) if statement.answer_by else "",
        "url": reverse("desk:office_act_on", args=[file.reference, "evidence", statement.pk])
        if is_third
        else "",
    }


def _groups(situation: OfficeSituation) -> list[dict[str, Any]]:
    found = []
    for key, title in GROUPS.items():
        acts = []
        for act in OFFICE_ACTS.values():
            is_ours = act.group == key and not act.with_item
            if not is_ours or (act.concerns and not act.concerns(situation)):
                continue
            refusal = act.refusal(situation)
            acts.append(
                {
                    "id": f"act-{act.noun}",
                    "label": str(act.title),
                    "icon": act.icon,
                    "url": reverse("desk:office_act", args=[situation.case.reference, act.noun]),
                    "refusal": str(refusal) if refusal else "",
                }
            )
        if acts:
            found.append({"title": str(title), "acts": acts})
    return found


def _conclusions(situation: OfficeSituation) -> list[dict[str, Any]]:
    """Each point with what is concluded on it, and the way to conclude."""
    fs = situation.fs
    drafted = {one.grievance_id: one for one in fs.conclusions}
    may = fs.proceeding.state == State.ADMITTED
    return [
        {
            "number": point.ordinal,
            "text": point.text,
            "outcome": str(drafted[point.pk].get_outcome_display()) if point.pk in drafted else "",
            "url": reverse(
                "desk:office_act_on", args=[situation.case.reference, "conclusion", point.pk]
            )
            if may
            else "",
        }
        for point in fs.grievances
    ]


@require_safe
@staff_page(Permission.WORK_IN_OFFICE)
def document(request: StaffRequest, reference: str, document_id: int) -> HttpResponse:
    """A document of a file, to be saved."""
    found = file_for(request.viewer, reference)
    shown = Viewer(account=request.user, seats=request.viewer.seats, case_id=found.pk)
    note_read(request.viewer, found, "document", now(), {"document": document_id})
    return download_response(document_for(shown, document_id))  # type: ignore[return-value]


@require_safe
@staff_page(Permission.WORK_IN_OFFICE)
def company(request: StaffRequest, reference: str) -> HttpResponse:
    """The company's whole file of the case: each look is noted as a disclosure."""
    at = now()
    found = file_for(request.viewer, reference)
    situation = OfficeSituation(case=found, viewer=request.viewer, at=at)
    about = situation.fs.proceeding.about_id
    if about is None:
        return page(
            request,
            "desk/plain.html",
            {"title": _("No file of the company"), "words": _("The company was not asked yet.")},
            status=404,
            place=PLACE,
        )
    with looking_at_the_companys_file(request.viewer, found, about, what="file", at=at) as whole:
        entries = entries_of(whole)
        context = {
            "title": _("The company's file"),
            "case": found,
            "about": whole,
            "entries": telling.tell(
                entries,
                case=whole,
                zone=whole.entity.timezone,
                names={one.by_id: one.by.name for one in entries if one.by_id and one.by},
                documents={},
            ),
            "documents": [
                DocumentRow(name=one.name, about=str(Document.Side(one.side).label))
                for one in documents_of(whole)
            ],
            "back_url": reverse("desk:office_file", args=[found.reference]),
        }
    return page(request, "desk/office/company.html", context, place=PLACE)
