"""Quick registration, for whoever answers the telephone or stands at the counter."""

from collections.abc import Mapping
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

from valedor.acts.reading.unread import message_for
from valedor.acts.unread_text import reading_of, trouble_of
from valedor.casefile.actors import staff
from valedor.casefile.models import Case, RawMessage
from valedor.channels.web_form.multipart import Unreadable
from valedor.desk.alike import alike_to, chosen_in, form_of
from valedor.desk.forms.alike import ApartOrTogether
from valedor.desk.forms.contact import ContactForm
from valedor.desk.guiding import MANNERS, note_remembered, remembered
from valedor.desk.noticing import notices_to_tell
from valedor.desk.pages import StaffRequest, page, part, staff_page
from valedor.desk.queries.choices import entities_of
from valedor.desk.queries.register import (
    case_of_token,
    cases_reached_at,
    entity_by_key,
    note_read_as,
)
from valedor.desk.queue_rows import rows_of
from valedor.desk.registering import (
    Unread,
    add_instead,
    as_typed,
    dates_told,
    keep_and_read,
    keep_answer,
    read_as_django,
    register,
    sealed,
    unsealed,
)
from valedor.foundation.moments import now
from valedor.foundation.refusals import refuse_if
from valedor.intake.actions.receive import Registration
from valedor.intake.rules import why_not_sort
from valedor.people.permissions import Permission
from valedor.procedures.house_rules import HouseRules, house_rules
from valedor.telling import spoken


# The post is kept as it came before anything reads it, the check of its token included.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.REGISTER)
def register_contact(request: StaffRequest) -> HttpResponse:
    """The form, and what it becomes: a case with its reference and access code, shown once."""
    entity = entity_by_key(request.viewer, request.GET.get("entity", ""))
    if entity is None:
        if request.GET.get("entity"):
            raise Http404
        return page(
            request,
            "desk/register_where.html",
            {"title": _("Register a contact"), "entities": entities_of(request.viewer)},
        )
    house, at = house_rules(entity.pk), now()
    unread = _unread(request, house)
    with timezone.override(entity.timezone):
        if request.method == "POST":
            return _register(request, house, at, unread)
        if unread is not None:
            return _form_page(
                request,
                house,
                _form(house, None, at, initial=as_typed(unread, house), unread=unread),
                unread=unread,
            )
        known = {name: str(request.GET[name]) for name in _FROM_ADDRESS if name in request.GET}
        first = {"received_at": timezone.localtime(at), **known}
        return _form_page(request, house, _form(house, None, at, initial=first))


def _unread(request: StaffRequest, house: HouseRules) -> Unread | None:
    """The message that is written down, where the address names one. Raises ``Http404``."""
    wanted = request.GET.get("held", "")
    if not wanted:
        return None
    if not wanted.isdecimal() or len(wanted) > 18:
        raise Http404
    raw = message_for(request.viewer, int(wanted), registered_too=request.method == "POST")
    if raw.entity_id != house.entity.pk:
        raise Http404
    return Unread(raw, reading_of(raw), request.viewer)


_FROM_ADDRESS = ("channel", "kind", "telephone", "email", "name", "category", "language")


def _form(
    house: HouseRules,
    data: MultiValueDict[str, str] | None,
    at: datetime,
    *,
    troubles: Mapping[str, str] | None = None,
    initial: Mapping[str, Any] | None = None,
    unread: Unread | None = None,
) -> ContactForm:
    today = at.astimezone(ZoneInfo(house.entity.timezone)).date()
    came_by = unread.raw.channel if unread else ""
    return ContactForm(
        house, data, at=at, on=today, troubles=troubles, initial=initial, came_by=came_by
    )


def _register(
    request: StaffRequest, house: HouseRules, at: datetime, unread: Unread | None
) -> HttpResponse:
    assert request.viewer.account is not None  # noqa: S101 -- pages are for staff
    by = staff(request.viewer.account)
    try:
        posted = keep_and_read(request, house.entity.pk, by=by, at=at)
    except Unreadable:
        form = _form(house, None, at, initial={"received_at": timezone.localtime(at)})
        said = _("What was sent could not be read; it is kept. Fill in the form once more.")
        return _form_page(request, house, form, said=said, status=422, unread=unread)
    if (refused := read_as_django(request, posted.post)) is not None:
        return refused
    answer = posted.post
    try:
        first = unsealed(answer.text("first"), house.entity.pk, by)
    except (FileNotFoundError, Unreadable):
        first = None
    contact = first or posted
    post = contact.post
    form = _form(house, post.fields, at, troubles=post.troubles, unread=unread)
    is_back = answer.text("step") == "edit"
    if is_back or not form.is_valid():
        channel = str(post.fields.get("channel") or Case.Channel.TELEPHONE)[:12]
        note_read_as(posted.raw, channel=channel, state=RawMessage.State.DRAFT)
        said = (
            _("Choose the files again: a browser does not send them twice.") if post.files else ""
        )
        status = 200 if is_back else 422
        return _form_page(request, house, form, said=said, status=status, unread=unread)
    if (known := case_of_token(post.text("token"))) is not None:
        return redirect("desk:case", reference=known.reference)
    if unread is not None:
        refuse_if(why_not_sort(unread.raw, unread.viewer.within(house.entity.pk)))
    alike = alike_to(form, request.viewer)
    asked = form_of(alike, answer.fields if first else None)
    if alike and not asked.is_valid():
        note_read_as(posted.raw, channel=form.cleaned_data["channel"], state=RawMessage.State.DRAFT)
        return _alike_page(request, house, asked, sealed(contact, by), unread)
    chosen = chosen_in(asked, alike)
    if chosen.into is not None:
        add_instead(form, contact, chosen.into, by=by, at=at, unread=unread)
        messages.success(request, keep_answer(form, chosen.into, by=by, at=at))
        return redirect("desk:case", reference=chosen.into.reference)
    case, registration = register(form, contact, by=by, at=at, unread=unread)
    if registration is None:
        return redirect("desk:case", reference=case.reference)
    chosen.write_down(case, by=by, at=at)
    if first is not None:
        state = RawMessage.State.REGISTERED
        note_read_as(posted.raw, channel=case.channel, state=state, case=case)
    note_remembered(request.session, post.text("token"), case, viewer=request.viewer, at=at)
    return _registered(request, house, registration, at)


def _alike_page(
    request: StaffRequest,
    house: HouseRules,
    asked: ApartOrTogether,
    first: str,
    unread: Unread | None,
) -> HttpResponse:
    """Before it is saved: whom and what it may be about. What was typed lies with us meanwhile."""
    context = {
        "title": _("Before you save"),
        "entity": house.entity,
        "form": asked,
        "first": first,
        "action": _action(house, unread),
    }
    status = 422 if asked.is_bound else 200
    return page(request, "desk/register_alike.html", context, status=status)


def _action(house: HouseRules, unread: Unread | None) -> str:
    held = f"&held={unread.raw.pk}" if unread else ""
    return f"{reverse('desk:register')}?entity={house.entity.key}{held}"


def _form_page(
    request: StaffRequest,
    house: HouseRules,
    form: ContactForm,
    *,
    said: str = "",
    status: int = 200,
    unread: Unread | None = None,
) -> HttpResponse:
    names = {
        "how": ["channel", "received_at", "language"],
        "what": ["kind", "category"],
        "who": [
            "name", "telephone", "email", "postal_address", "answer_channel", "contract_number",
            "identity_number",
        ],
        "mandate": ["represented_name", "mandate_basis", "mandate_expires_on"],
        "story": [
            "narrative", "answer_article", "answer_now", "point", "subject", "remedy_sought",
            "file",
        ],
        "care": ["touches_safety", "needs_help"],
    }  # fmt: skip
    context = {
        "title": _("Register a contact"),
        "form": form,
        "entity": house.entity,
        "notices": notices_to_tell(house, at=now()),
        "sections": {key: [form[name] for name in fields] for key, fields in names.items()},
        "asked": [form[f"fact_{key}"] for key in form.asked],
        "said": said,
        "action": _action(house, unread),
        "held_url": reverse("desk:held_message", args=[unread.raw.pk]) if unread else "",
        "held_trouble": trouble_of(unread.raw) if unread else "",
        "asked_url": f"{reverse('desk:register_asked')}?entity={house.entity.key}",
        "known_url": f"{reverse('desk:register_known')}?entity={house.entity.key}",
        "manners": MANNERS,
        "manner": remembered(request.session, str(form["token"].value() or "")),
        "mandate_open": form.speaks_for_somebody,
    }
    return page(request, "desk/register.html", context, status=status)


def _registered(
    request: StaffRequest, house: HouseRules, registration: Registration, at: datetime
) -> HttpResponse:
    case = registration.case
    dates = dates_told(registration, house, at=at)
    letter = registration.letter
    context = {
        "title": _("Registered"),
        "case": case,
        "code": registration.access_code,
        "dates": dates,
        "letter": letter,
        "waits": letter is not None and letter.state == letter.State.WAITING,
        "receipt_url": reverse("desk:receipt", args=[case.reference]),
        "case_url": reverse("desk:case", args=[case.reference]),
        "again_url": f"{reverse('desk:register')}?entity={house.entity.key}",
    }
    return page(request, "desk/registered.html", context)


@require_safe
@staff_page(Permission.REGISTER)
def asked(request: StaffRequest) -> HttpResponse:
    """The questions that a kind and a subject bring with them."""
    house, at = _house(request), now()
    initial = {"kind": request.GET.get("kind", ""), "category": request.GET.get("category", "")}
    form = _form(house, None, at, initial=initial)
    return part(request, "desk/_asked.html", {"asked": [form[f"fact_{key}"] for key in form.asked]})


@require_safe
@staff_page(Permission.REGISTER)
def known(request: StaffRequest) -> HttpResponse:
    """Cases of whoever has this number or address: a hint before a second case is opened."""
    house = _house(request)
    typed = [str(request.GET.get(name, "")) for name in ("telephone", "email")]
    lines = cases_reached_at(request.viewer, typed, house.entity.country)
    rows = rows_of(lines, at=now(), reader=spoken.language())
    return part(request, "desk/_known.html", {"rows": rows})


def _house(request: StaffRequest) -> HouseRules:
    entity = entity_by_key(request.viewer, request.GET.get("entity", ""))
    if entity is None:
        raise Http404
    return house_rules(entity.pk)
