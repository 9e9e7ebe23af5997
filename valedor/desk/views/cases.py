"""The page of a case, how its limits are counted, its papers, and who read it."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from valedor.acts import ACTS, Situation
from valedor.casefile import documents, receipts
from valedor.casefile.access import case_for
from valedor.casefile.limits.move import outcome_of
from valedor.casefile.reads import note_read, reads_of
from valedor.casefile.verification import verify
from valedor.desk.case_page.acts import COMPOSER, tabs_of
from valedor.desk.case_page.page import context_of
from valedor.desk.drafting import fresh_form
from valedor.desk.known import articles_beside
from valedor.desk.pages import StaffRequest, page, part, staff_page
from valedor.desk.present import presence_of
from valedor.desk.queries import case as reading
from valedor.desk.rails import kept
from valedor.desk.views.acts import act_context
from valedor.foundation.moments import now
from valedor.handling.models import Draft
from valedor.handling.presence import others_here
from valedor.knowledge.guidance_rules import TALKS
from valedor.people.permissions import Permission
from valedor.procedures.explanation import step_in_words
from valedor.telling import limits, spoken
from valedor.telling.reader import Reader
from valedor.telling.told_apart import labels_of


@require_safe
@staff_page(Permission.SEE_CASES)
def case(request: StaffRequest, reference: str) -> HttpResponse:
    """One case with everything that this viewer may see of it. Opening it is noted.

    A merged one leads to the case in which it goes on; ``?own`` shows its own timeline.
    """
    found = case_for(request.viewer, reference)
    kept = reading.case_it_goes_on_in(request.viewer, found)
    if kept is not None and "own" not in request.GET:
        words = _("%(merged)s goes on in this case.") % {"merged": found.reference}
        messages.info(request, words)
        return redirect("desk:case", reference=kept.reference)
    situation = Situation(case=found, viewer=request.viewer, at=now())
    if getattr(request, "htmx", False) and "write" in request.GET:
        drafts = reading.drafts_of(situation.viewer, situation.case)
        return part(request, "desk/_composer.html", composer_of(request, situation, drafts))
    file = reading.open_file(
        request.viewer, situation.case, at=situation.at, all_lines="all" in request.GET
    )
    situation.state, situation.promised_call = file.state, file.promised_call
    situation.order = file.order
    composer = composer_of(request, situation, file.drafts)
    talks = situation.viewer.within(situation.case.entity_id).permissions & set(TALKS)
    known: dict[str, object] = {
        "case_page_url": reverse("desk:case", args=[reference]),
        "talks": bool(talks and composer["composer_tabs"]),
    }
    if request.GET.get("q") and known["talks"]:
        writes = getattr(composer.get("act"), "noun", "")
        in_form = "act_message" if writes == "message" else ""
        typed = request.GET["q"]
        known |= articles_beside(situation.case, typed, in_form=in_form, at=situation.at)
        known["q"] = typed
    here = presence_of(found.reference, file.here)
    context = {**context_of(situation, file), **composer, **known, **here}
    return page(request, "desk/case.html", context)


@require_safe
@staff_page(Permission.SEE_CASES)
def presence(request: StaffRequest, reference: str) -> HttpResponse:
    """Who else has the case open now, for a page that asks. One query."""
    here = others_here(request.viewer, reference, at=now())
    if here is None:
        raise Http404
    return part(request, "desk/_presence.html", presence_of(reference, here))


def composer_of(
    request: StaffRequest,
    situation: Situation,
    drafts: Mapping[str, Sequence[Draft]],
    wanted: str = "",
) -> dict[str, object]:
    """The form in which something is written; three of them, apart, so that none is sent as
    another.
    """
    allowed = [ACTS[noun] for noun in COMPOSER if ACTS[noun].refusal(situation) is None]
    if not allowed:
        return {"composer_tabs": []}
    wanted = wanted or request.GET.get("write", "")
    drafted = next((act for act in allowed if act.noun in drafts), allowed[0])
    chosen = next((act for act in allowed if act.noun == wanted), drafted)
    form = fresh_form(chosen, situation, drafts, wanted=request.GET.get("draft", ""))
    return {
        **act_context(chosen, situation, form, refusal=None),
        "composer_tabs": tabs_of(situation.case, chosen.noun, allowed),
        "composer_about": _("in %(language)s")
        % {"language": spoken.language_name(situation.case.language)}
        if chosen.noun == "message"
        else "",
        "case_url": "",
    }


@require_safe
@staff_page(Permission.SEE_CASES)
def counting(request: StaffRequest, reference: str, deadline_id: int) -> HttpResponse:
    """How a limit is counted, day by day, with the provision it comes from."""
    case = case_for(request.viewer, reference)
    state, deadlines = reading.limits_of(request.viewer, case)
    deadline = next((one for one in deadlines if one.pk == deadline_id), None)
    if deadline is None:
        raise Http404
    house = state.house
    zone, labels = house.entity.timezone, labels_of(kept(deadlines), Reader.STAFF, house, state)
    label = labels.get(deadline.pk) or limits.label_of(deadline, Reader.STAFF)
    outcome = outcome_of(deadline, house)
    steps = [
        {
            "days": _stretch(step.begins, step.ends),
            "amount": f"{step.amount:g}",
            "words": step_in_words(step),
            "counts": step.what == "counted",
        }
        for step in outcome.steps
    ]
    context = {
        "title": _("How it is counted: %(limit)s") % {"limit": label},
        "case": case,
        "case_url": reverse("desk:case", args=[case.reference]),
        "rail": limits.rail_of(deadline, house, Reader.STAFF, at=now(), label=label),
        "law": limits.law_of(deadline),
        "start": spoken.moment(deadline.starts_at, zone),
        "due": spoken.day(deadline.due_on)
        if deadline.due_on
        else (spoken.moment(deadline.due_at, zone) if deadline.due_at else ""),
        "is_provisional": deadline.is_provisional,
        "steps": steps,
    }
    return page(request, "desk/counting.html", context)


def _stretch(begins: object, ends: object) -> str:
    first = _shown(begins)
    last = _shown(ends) if ends is not None else "…"
    return first if first == last else f"{first} – {last}"


def _shown(moment: object) -> str:
    from datetime import datetime

    if isinstance(moment, datetime):
        return f"{spoken.short_day(moment.date())}, {moment:%H:%M}"
    return spoken.short_day(moment)  # type: ignore[arg-type]


@require_safe
@staff_page(Permission.SEE_CASES)
def document(
    request: StaffRequest, reference: str, document_id: int
) -> HttpResponse | FileResponse:
    """A document, to be saved. Fetching it is noted."""
    case = case_for(request.viewer, reference)
    found = documents.document_for(request.viewer, document_id)
    note_read(request.viewer, case, "document", now(), {"document": found.pk})
    return documents.download_response(found)


@require_safe
@staff_page(Permission.SEE_CASES)
def receipt(request: StaffRequest, reference: str) -> HttpResponse:
    """The receipt on paper, for the counter."""
    case = case_for(request.viewer, reference)
    at = now()
    content = receipts.receipt_to_show(case, at=at)
    note_read(request.viewer, case, "receipt", at)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{case.reference}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@staff_page(Permission.AUDIT, Permission.ASSIGN)
def case_reads(request: StaffRequest, reference: str) -> HttpResponse:
    """Who read a case, and whether its chain holds."""
    case = case_for(request.viewer, reference)
    zone = case.entity.timezone
    names = {
        "case": _("the case"),
        "document": _("a document"),
        "receipt": _("the receipt"),
        "reads": _("the reading log"),
        "mail": _("a mail"),
        "dossier": _("everything, for a dossier"),
    }
    rows = [
        {
            "who": read.account.name if read.account else _("the complainant"),
            "what": names.get(read.what, read.what),
            "when": spoken.stamp(read.at, zone),
            "at": read.at.isoformat(),
        }
        for read in reads_of(case)
    ]
    broken = verify([case.reference]).broken if request.viewer.may(Permission.AUDIT) else None
    note_read(request.viewer, case, "reads", now())
    context = {
        "title": _("Who read this case"),
        "case": case,
        "case_url": reverse("desk:case", args=[case.reference]),
        "rows": rows,
        "is_checked": broken is not None,
        "broken": [one.what for one in broken or ()],
        "lines": case.last_sequence,
    }
    return page(request, "desk/case_reads.html", context)
