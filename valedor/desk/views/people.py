"""The areas' page, the lead's overview, the auditor's log, and one's own account."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valedor.acts.desk import Desk, areas
from valedor.acts.desk import queries as reading_acts
from valedor.casefile.models import Kind
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queries import reads as reading_reads
from valedor.desk.queries import teams as reading_teams
from valedor.desk.queue_rows import rows_of
from valedor.desk.views.giving_out import GiveOutForm, give_out_chosen
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.handling.models import Inquiry
from valedor.people.models import Role
from valedor.people.permissions import Permission
from valedor.telling import spoken


# ------------------------------------------------------------------ areas
@require_safe
@staff_page(Permission.ANSWER_AS_AREA)
def inquiries(request: StaffRequest) -> HttpResponse:
    """What the areas of this member of the staff are asked, and nothing else."""
    at = now()
    asked = reading_acts.asked_of(request.viewer, at=at)
    context = {
        "title": _("Questions to my area"),
        "open": [_inquiry_row(one, at) for one in asked.open],
        "answered": [_inquiry_row(one, at) for one in asked.answered],
        "notices": [
            {
                "area": str(one.area.name),
                "complained_of": one.complained_of,
                "done": one.done,
                "when": spoken.stamp(one.at, one.case.entity.timezone),
                "url": reverse("desk:area_notice", args=[one.pk]),
            }
            for one in asked.notices
        ],
    }
    return page(request, "desk/inquiries.html", context, place="house:inquiries")


def _inquiry_row(inquiry: Inquiry, at: object) -> dict[str, object]:
    zone = inquiry.case.entity.timezone
    return {
        "url": reverse("desk:inquiry", args=[inquiry.pk]),
        "area": str(inquiry.area.name) if inquiry.area else "",
        "reference": inquiry.case.reference,
        "kind": str(Kind(inquiry.case.kind).label),
        "question": inquiry.question,
        "answer": inquiry.answer,
        "by": inquiry.by.name if inquiry.by else "",
        "when": spoken.stamp(inquiry.at, zone),
        "until": spoken.end_of_limit(inquiry.answer_by, zone) if inquiry.answer_by else "",
        "is_late": inquiry.answer_by is not None and inquiry.answer_by <= at,  # type: ignore[operator]
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.ANSWER_AS_AREA)
def inquiry(request: StaffRequest, inquiry_id: int) -> HttpResponse:
    """One question: what is asked, and the answer."""
    desk = Desk(request.viewer, now(), str(inquiry_id), request.FILES.getlist("file"))
    asked, refusal = areas.inquiry_of(desk), areas.why_not_answer(desk)
    form = areas.AnswerForm(desk)
    if request.method != "POST":
        return _inquiry_page(request, asked, form, said=str(refusal) if refusal else "")
    form = areas.AnswerForm(desk, request.POST, request.FILES)
    if refusal is not None:
        return _inquiry_page(request, asked, form, said=str(refusal), status=409)
    if not form.is_valid():
        return _inquiry_page(request, asked, form, status=422)
    try:
        with transaction.atomic():
            words = areas.do_answer(desk, form.cleaned_data)
    except Refused as refused:
        return _inquiry_page(request, asked, form, said=str(refused.refusal), status=409)
    messages.success(request, words)
    for sentence in desk.said:
        messages.warning(request, sentence)
    return redirect("desk:inquiries")


def _inquiry_page(
    request: StaffRequest,
    asked: Inquiry,
    form: areas.AnswerForm,
    *,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "title": _("Question to %(area)s") % {"area": str(asked.area.name) if asked.area else ""},
        "row": _inquiry_row(asked, now()),
        "facts": _needed_facts(asked),
        "form": form,
        "said": said,
        "is_open": asked.answered_at is None and not (said and status == 200),
    }
    return page(request, "desk/inquiry.html", context, status=status, place="house:inquiries")


def _needed_facts(asked: Inquiry) -> list[tuple[str, str]]:
    """What an area needs to find the matter in its own books: no name, no message."""
    case, zone = asked.case, asked.case.entity.timezone
    facts = [
        (_("Reference"), case.reference),
        (_("Kind of contact"), str(Kind(case.kind).label)),
        (_("Received"), spoken.stamp(case.received_at, zone)),
        (_("Contract"), case.contract_number),
    ]
    return [(name, value) for name, value in facts if value]


@require_POST
@staff_page(Permission.ANSWER_AS_AREA)
def area_notice(request: StaffRequest, notice_id: int) -> HttpResponse:
    """The area has read what came of a case."""
    reading_acts.read_notice(request.viewer, notice_id, at=now())
    return redirect("desk:inquiries")


# ------------------------------------------------------------------ teams
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.ASSIGN)
def team(request: StaffRequest) -> HttpResponse:
    """How much each person of a team holds; cases given out together, each by the same action."""
    viewer, at = request.viewer, now()
    teams = reading_acts.teams_led(viewer)
    if not teams:
        return page(request, "desk/team.html", {"title": _("Team overview"), "teams": []})
    chosen = next((one for one in teams if one.key == request.GET.get("team")), teams[0])
    loads = reading_teams.loads_of(viewer, chosen, at=at, zone="UTC")
    wanted = request.GET.get("of", "")
    person = next(
        (one.account for one in loads if one.account and one.account.username == wanted), None
    )
    lines = (
        reading_teams.open_cases_of(viewer, chosen, person)
        if wanted in {"nobody"} or person is not None
        else []
    )
    form = GiveOutForm(request.POST or None)
    form.fields["cases"].choices = [(one.reference, one.reference) for one in lines]  # type: ignore[attr-defined]
    form.fields["holder"].choices = [  # type: ignore[attr-defined]
        ("", _("Whoever of the team has most room")),
        *((one.username, one.name) for one in reading_acts.members_of(chosen)),
    ]
    status = 200
    if request.method == "POST":
        if form.is_valid():
            give_out_chosen(request, form, chosen)
            address = reverse("desk:team")
            return redirect(f"{address}?team={chosen.key}&of={wanted}")
        status = 422
    context = {
        "title": _("Team overview"),
        "teams": teams,
        "chosen": chosen,
        "loads": [
            {
                "name": one.account.name if one.account else _("Nobody yet"),
                "url": f"?team={chosen.key}&of={one.account.username if one.account else 'nobody'}",
                "is_current": wanted == (one.account.username if one.account else "nobody"),
                "open": one.open,
                "most": one.account.most_open_cases if one.account else "",
                "due_soon": one.due_soon,
                "overdue": one.overdue,
                "is_away": one.is_away,
                "leaving_url": reverse("desk:leaving", args=[one.account.username])
                if one.account
                else "",
            }
            for one in loads
        ],
        "of_whom": person.name if person else _("Nobody yet"),
        "is_open": bool(wanted),
        "rows": rows_of(lines, at=at, reader=spoken.language()),
        "form": form,
        "picked": form.data.getlist("cases") if form.is_bound else [],  # type: ignore[attr-defined]
    }
    return page(request, "desk/team.html", context, status=status, place="house:team")


# ------------------------------------------------------------------ reading log and account
@require_safe
@staff_page(Permission.AUDIT)
def reads(request: StaffRequest) -> HttpResponse:
    """Who read what, the latest first, and whether the chain of reads is whole."""
    before = request.GET.get("before", "")
    found = reading_reads.reads_page(
        request.viewer, before=int(before) if before.isdecimal() and len(before) < 20 else None
    )
    names = {
        "case": _("a case"),
        "document": _("a document"),
        "receipt": _("a receipt"),
        "letter": _("a letter"),
        "search": _("searched"),
        "reads": _("the reading log"),
    }
    rows = [
        {
            "who": one.who or _("the complainant"),
            "what": names.get(one.what, one.what),
            "reference": one.reference,
            "url": reverse("desk:case", args=[one.reference]) if one.reference else "",
            "when": spoken.stamp(one.at, one.zone),
            "at": one.at.isoformat(),
        }
        for one in found.rows
    ]
    context = {
        "title": _("Who read what"),
        "rows": rows,
        "next": f"?before={found.before}" if found.before else "",
        "state": reading_reads.chain_state(),
    }
    return page(request, "desk/reads.html", context, place="house:reads")


@require_safe
@staff_page(None)
def account(request: StaffRequest) -> HttpResponse:
    """Who one is here: roles, entities, languages, and the way to password and second factor."""
    viewer = request.viewer
    me = viewer.account
    assert me is not None  # noqa: S101 -- pages are for staff
    context = {
        "title": _("My account"),
        "facts": [
            (_("Name"), me.name),
            (_("Signs in as"), me.username),
            (_("E-mail"), me.email or "—"),
            (_("Telephone for calls of duty"), me.telephone or "—"),
            (_("Roles"), ", ".join(str(Role(role).label) for role in sorted(viewer.roles))),
            (
                _("Languages"),
                ", ".join(map(spoken.language_name, me.languages)) or _("not restricted"),
            ),
        ],
    }
    return page(request, "desk/account.html", context, place="account")
