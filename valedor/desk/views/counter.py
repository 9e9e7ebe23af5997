"""The counter: somebody comes in person, is written down and read back to, hands in papers and
carries a stamped receipt away.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from valedor.acts import Situation
from valedor.acts.handing_in import HandInForm, take_in
from valedor.acts.reading.scans import entities_of_paper
from valedor.casefile.access import case_for
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, Entry, RawMessage
from valedor.casefile.reads import note_read
from valedor.channels.post.stamped import stamped_receipt
from valedor.channels.web_form.multipart import Unreadable
from valedor.desk import calling
from valedor.desk.alike import alike_to, chosen_in, form_of
from valedor.desk.forms.alike import ApartOrTogether
from valedor.desk.forms.counter import CounterForm
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queries.counter import hand_in_of, hand_ins_of
from valedor.desk.queries.register import case_of_token, entity_by_key, note_read_as
from valedor.desk.registering import (
    Posted,
    add_instead,
    dates_told,
    keep_and_read,
    keep_answer,
    read_as_django,
    register,
)
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.intake.actions.receive import Registration
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.procedures.house_rules import house_rules
from valedor.telling import spoken
from valedor.telling.spelling import spelled
from valedor.telling.values import details_of

PLACE = "house:counter"


# ------------------------------------------------------------------ somebody new
# The post is kept as it came before anything reads it, the check of its token included.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.REGISTER)
def counter(request: StaffRequest) -> HttpResponse:
    """Whoever comes is written down, it is read back to them, corrected or saved."""
    key, at = request.GET.get("entity", ""), now()
    entity = entity_by_key(request.viewer, key)
    if entity is None:
        if key:
            raise Http404
        context = {"title": _("At the counter"), "entities": entities_of_paper(request.viewer)}
        return page(request, "desk/register_where.html", context, place=PLACE)
    with timezone.override(entity.timezone):
        if request.method != "POST":
            return _form_page(request, entity, _form(entity, None, at))
        try:
            posted = keep_and_read(request, entity.pk, by=staff(request.user), at=at)
        except Unreadable:
            said = _("What was sent could not be read; it is kept. Fill in the form once more.")
            return _form_page(request, entity, _form(entity, None, at), said=said, status=422)
        refused = read_as_django(request, posted.post)
        if refused is not None:
            return refused
        return _written(request, entity, posted, at)


def _written(request: StaffRequest, entity: Entity, posted: Posted, at: datetime) -> HttpResponse:
    form = _form(entity, posted.post.fields, at, troubles=posted.post.troubles)
    step = posted.post.text("step")
    if not form.is_valid() or step == "edit":
        return _form_page(request, entity, form, status=200 if form.is_valid() else 422)
    if (known := case_of_token(posted.post.text("token"))) is not None:
        return redirect("desk:case", reference=known.reference)
    alike, by = alike_to(form, request.viewer), staff(request.user)
    asked = form_of(alike, posted.post.fields if step == "save" else None)
    if step != "save" or not asked.is_valid():
        return _read_back(request, entity, form, asked if alike else None)
    chosen = chosen_in(asked, alike)
    if chosen.into is not None:
        add_instead(form, posted, chosen.into, by=by, at=at)
        messages.success(request, keep_answer(form, chosen.into, by=by, at=at))
        return redirect("desk:case", reference=chosen.into.reference)
    case, registration = register(form, posted, by=by, at=at)
    if registration is None:
        return redirect("desk:case", reference=case.reference)
    chosen.write_down(case, by=by, at=at)
    note_read_as(posted.raw, channel=case.channel, state=RawMessage.State.REGISTERED, case=case)
    return _registered(request, registration, at)


def _form(
    entity: Entity, data: MultiValueDict[str, str] | None, at: datetime, **said: Any
) -> CounterForm:
    today = at.astimezone(ZoneInfo(entity.timezone)).date()
    return CounterForm(house_rules(entity.pk), data, begun_at=at, at=at, on=today, **said)


def _address(entity: Entity) -> str:
    return f"{reverse('desk:counter')}?entity={entity.key}"


def _form_page(
    request: StaffRequest, entity: Entity, form: CounterForm, *, said: str = "", status: int = 200
) -> HttpResponse:
    names = {
        "who": ["language", "name", "telephone", "email", "postal_address", "contract_number"],
        "what": [
            "kind",
            "category",
            "narrative",
            "answer_article",
            "answer_now",
            "remedy_sought",
        ],
        "how": ["answer_channel"],
        "mandate": ["represented_name", "mandate_basis", "mandate_expires_on"],
        "care": ["touches_safety", "needs_help"],
    }
    context = {
        "title": _("At the counter"),
        "entity": entity,
        "form": form,
        "sections": {key: [form[name] for name in fields] for key, fields in names.items()},
        "asked": [form[f"fact_{key}"] for key in form.asked],
        "said": said,
        "action": _address(entity),
        "asked_url": f"{reverse('desk:register_asked')}?entity={entity.key}",
        "known_url": f"{reverse('desk:register_known')}?entity={entity.key}",
        "mandate_open": form.speaks_for_somebody,
    }
    return page(request, "desk/counter.html", context, status=status, place=PLACE)


def _read_back(
    request: StaffRequest, entity: Entity, form: CounterForm, alike: ApartOrTogether | None
) -> HttpResponse:
    """The page that is read aloud; the fields go along unseen."""
    typed = [
        (name, value)
        for name, values in form.data.lists()  # type: ignore[attr-defined]
        if name in form.fields
        for value in values
    ]
    context = {
        "title": _("Read it to them"),
        "sentences": calling.read_back(form),
        "language": form.cleaned_data["language"],
        "typed": typed,
        "contact_url": _address(entity),
        "alike": alike,
    }
    status = 422 if alike is not None and alike.is_bound else 200
    return page(request, "desk/call_read_back.html", context, status=status, place=PLACE)


def _registered(request: StaffRequest, registration: Registration, at: datetime) -> HttpResponse:
    """Reference and code, large and spelled; then what they brought."""
    case, letter = registration.case, registration.letter
    context = {
        "title": _("Registered"),
        "case": case,
        "code": registration.access_code,
        "reference_spelled": spelled(case.reference, case.language),
        "code_spelled": spelled(registration.access_code, case.language),
        "language": case.language,
        "dates": dates_told(registration, house_rules(case.entity_id), at=at),
        "letter": letter,
        "waits": letter is not None and letter.state == letter.State.WAITING,
        "receipt_url": reverse("desk:receipt", args=[case.reference]),
        "papers_url": reverse("desk:papers", args=[case.reference]),
        "case_url": reverse("desk:case", args=[case.reference]),
        "again_url": _address(case.entity),
    }
    return page(request, "desk/counter_registered.html", context, place=PLACE)


# ------------------------------------------------------------------ papers
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.REGISTER)
def papers(request: StaffRequest, reference: str) -> HttpResponse:
    """What somebody hands in for a case that is there, and the receipts for it."""
    case, at = case_for(request.viewer, reference), now()
    form, said = HandInForm(request.POST or None, request.FILES or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _take(request, case, form, at)
        except Refused as refused:
            said = str(refused.refusal)
        else:
            messages.success(request, _("Taken in. Print the stamped receipt for them."))
            return redirect("desk:papers", reference=case.reference)
    zone = case.entity.timezone
    context = {
        "title": _("Papers handed in"),
        "case": case,
        "case_url": reverse("desk:case", args=[case.reference]),
        "form": form,
        "said": said,
        "papers": [_row(case, entry, zone) for entry in hand_ins_of(request.viewer, case)],
    }
    status = 409 if said else 422 if form.errors else 200
    return page(request, "desk/papers.html", context, status=status, place=PLACE)


def _take(request: StaffRequest, case: Case, form: HandInForm, at: datetime) -> None:
    """What was handed in; what is not taken is told by name."""
    situation, given = Situation(case=case, viewer=request.viewer, at=at), form.cleaned_data
    uploads = request.FILES.getlist("scans")
    take_in(situation, uploads, what=given["what"], pages=given["pages"])
    for words in situation.said:
        messages.warning(request, words)


def _row(case: Case, entry: Entry, zone: str) -> dict[str, Any]:
    return {
        "when": spoken.stamp(entry.at, zone),
        "what": details_of(entry).get("what", ""),
        "pages": entry.particulars["pages"],
        "url": reverse("desk:stamped", args=[case.reference, entry.pk]),
    }


@require_safe
@staff_page(Permission.REGISTER)
def stamped(request: StaffRequest, reference: str, entry_id: int) -> HttpResponse:
    """The stamped receipt of what was handed in at one time."""
    case, at = case_for(request.viewer, reference), now()
    entry = hand_in_of(request.viewer, case, entry_id)
    content = stamped_receipt(case, entry, at=at)
    note_read(request.viewer, case, "receipt", at)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{case.reference}-stamped.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
