"""What somebody says on the telephone becomes a case, or a message of one that is there.

It is read back to them before it is saved; then they hear the reference and the access code.
"""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from valedor.casefile.access import case_for
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, RawMessage
from valedor.channels.models import Call
from valedor.channels.sms.carrier import sending_gateway
from valedor.channels.sms.numbers import takes_messages
from valedor.channels.telephone.actions.add_to_case import add_to_case, registering
from valedor.channels.web_form.multipart import Unreadable
from valedor.desk import calling
from valedor.desk.alike import Chosen, alike_to, chosen_in, form_of
from valedor.desk.forms.alike import ApartOrTogether
from valedor.desk.forms.call import CallForm, WordsForm
from valedor.desk.guiding import note_remembered
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queries.calls import call_for, ways_to
from valedor.desk.queries.register import case_of_token, note_read_as
from valedor.desk.registering import (
    Posted,
    dates_told,
    in_words,
    keep_and_read,
    keep_answer,
    read_as_django,
    register,
)
from valedor.desk.views.calls import PLACE, call_form, call_page
from valedor.foundation.moments import now
from valedor.intake.actions.receive import Registration
from valedor.people.models import ContactPoint
from valedor.people.permissions import Permission
from valedor.procedures.house_rules import house_rules
from valedor.telling.spelling import spelled


# The post is kept as it came before anything reads it, the check of its token included.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.REGISTER)
def call_contact(request: StaffRequest, call_id: int) -> HttpResponse:
    """A contact made in a call: written down, read back to the caller, corrected or saved."""
    call, at = call_for(request.viewer, call_id), now()
    if request.method != "POST":
        return redirect("desk:call", call_id=call.pk)
    with timezone.override(call.entity.timezone):
        posted, answer = _kept(request, call, at)
        if posted is None:
            return answer
        post = posted.post
        form = call_form(call, post.fields, at=at, troubles=post.troubles)
        step = post.text("step")
        if not form.is_valid() or step == "edit":
            status = 200 if form.is_valid() else 422
            return call_page(request, call, at=at, form=form, status=status)
        if (known := case_of_token(post.text("token"))) is not None:
            return redirect("desk:case", reference=known.reference)
        alike = alike_to(form, request.viewer)
        asked = form_of(alike, post.fields if step == "save" else None)
        if step != "save" or not asked.is_valid():
            return _read_back(request, call, form, asked if alike else None)
        return _save(request, call, form, posted, chosen_in(asked, alike), at)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.REGISTER)
def call_words(request: StaffRequest, call_id: int) -> HttpResponse:
    """What a caller adds to a case that is there becomes a message of it."""
    call, at = call_for(request.viewer, call_id), now()
    if request.method != "POST":
        return redirect("desk:call", call_id=call.pk)
    posted, answer = _kept(request, call, at)
    if posted is None:
        return answer
    form = WordsForm(posted.post.fields)
    case = _case_named(request, form) if form.is_valid() else None
    if case is None:
        return call_page(request, call, at=at, words=form, status=422)
    add_to_case(
        call,
        case,
        text=form.cleaned_data["text"],
        raw=posted.raw,
        speaks_for=case.mandate_id is not None,
        by=request.user,
        at=at,
    )
    messages.success(request, _("It is a message of the case now."))
    return redirect("desk:call", call_id=call.pk)


def _case_named(request: StaffRequest, form: WordsForm) -> Case | None:
    try:
        return case_for(request.viewer, form.cleaned_data["reference"])
    except Http404:
        form.add_error("reference", _("There is no case of this reference that you may see."))
        return None


def _kept(
    request: StaffRequest, call: Call, at: datetime
) -> tuple[Posted, HttpResponse] | tuple[None, HttpResponse]:
    """What was posted, kept and read; nothing, with what is answered, where it cannot be."""
    try:
        posted = keep_and_read(request, call.entity_id, by=staff(request.user), at=at)
    except Unreadable:
        said = _("What was sent could not be read; it is kept. Fill in the form once more.")
        return None, call_page(request, call, at=at, said=said, status=422)
    refused = read_as_django(request, posted.post)
    return (posted, HttpResponse()) if refused is None else (None, refused)


def _read_back(
    request: StaffRequest, call: Call, form: CallForm, alike: ApartOrTogether | None
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
        "call": call,
        "sentences": calling.read_back(form),
        "language": form.cleaned_data["language"],
        "typed": typed,
        "contact_url": reverse("desk:call_contact", args=[call.pk]),
        "alike": alike,
    }
    status = 422 if alike is not None and alike.is_bound else 200
    return page(request, "desk/call_read_back.html", context, status=status, place=PLACE)


def _save(
    request: StaffRequest,
    call: Call,
    form: CallForm,
    posted: Posted,
    chosen: Chosen,
    at: datetime,
) -> HttpResponse:
    by = request.user
    if chosen.into is not None:
        add_to_case(
            call,
            chosen.into,
            text=in_words(form),
            raw=posted.raw,
            speaks_for=chosen.into.mandate_id is not None,
            by=by,
            at=at,
        )
        messages.success(request, keep_answer(form, chosen.into, by=staff(by), at=at))
        return redirect("desk:call", call_id=call.pk)
    case, registration = register(
        form,
        posted,
        by=staff(by),
        at=at,
        team=call.line.team if call.line else None,
        also=lambda case: [registering(call, case, by=by, at=at)],
    )
    if registration is None:
        return redirect("desk:case", reference=case.reference)
    chosen.write_down(case, by=staff(by), at=at)
    note_read_as(posted.raw, channel=case.channel, state=RawMessage.State.REGISTERED, case=case)
    token = posted.post.text("token")
    note_remembered(request.session, token, case, viewer=request.viewer, at=at)
    return _registered(request, call, registration, at)


def _registered(
    request: StaffRequest, call: Call, registration: Registration, at: datetime
) -> HttpResponse:
    """Reference and code, large and spelled, and the link that can go while they are there."""
    case, letter = registration.case, registration.letter
    context = {
        "title": _("Registered"),
        "call": call,
        "case": case,
        "code": registration.access_code,
        "reference_spelled": spelled(case.reference, case.language),
        "code_spelled": spelled(registration.access_code, case.language),
        "language": case.language,
        "dates": dates_told(registration, house_rules(case.entity_id), at=at),
        "ways": _ways(case),
        "letter": letter,
        "waits": letter is not None and letter.state == letter.State.WAITING,
        "call_url": reverse("desk:call", args=[call.pk]),
        "case_url": reverse("desk:case", args=[case.reference]),
    }
    return page(request, "desk/call_registered.html", context, place=PLACE)


def _ways(case: Case) -> list[ContactPoint]:
    """The addresses to which a link can go now."""
    sends = sending_gateway(case.entity) is not None
    return [
        one
        for one in ways_to(case)
        if one.kind == ContactPoint.Kind.EMAIL or (sends and takes_messages(one.value, case.entity))
    ]
