"""What reached the ombudsman's office and no machine could read: filed, registered or set aside."""

from dataclasses import asdict, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from valedor.acts import unread_text
from valedor.acts.desk.held import ReasonForm
from valedor.acts.reading import unread
from valedor.acts.unread_text import Reading
from valedor.casefile.actors import staff
from valedor.casefile.documents import Kept, why_not_save_held
from valedor.casefile.models import Case, RawMessage
from valedor.channels.email.actions.not_spam import not_spam
from valedor.channels.email.mailbox_rules import why_not_spare
from valedor.channels.email.sorting import MAY_BE_SPARED
from valedor.channels.web_form.first_hand import submission_of
from valedor.channels.web_form.held import store_files
from valedor.design.parts import Fact, MenuItem
from valedor.desk.forms.office_held import AboutForm, OfficeFilingForm, OfficeRegisterForm
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queries import office_held as reading
from valedor.desk.views.held import message_row, saved_as_it_came
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.people.permissions import Permission
from valedor.procedures.house_rules import house_rules
from valedor.review.office import rules
from valedor.review.office.actions.bring import Filed
from valedor.review.office.actions.sort import (
    bring_held,
    bring_held_about,
    file_held,
    set_held_aside,
    take_held_up,
)
from valedor.telling import spoken

PLACE = "house:office_held"
_NAME = "desk:office_held_message"


@require_safe
@staff_page(Permission.WORK_IN_OFFICE)
def held(request: StaffRequest) -> HttpResponse:
    """Messages that wait for somebody of the office, or those that somebody set aside."""
    here, viewer, is_aside = reverse("desk:office_held"), request.viewer, "aside" in request.GET
    if is_aside:
        aside = reading.set_aside_for(viewer)
        mails = unread.mails_of([one.raw for one in aside])
        rows = [
            message_row(one.raw, mails, said=one.reason, by=one.by.name, name=_NAME)
            for one in aside
        ]
    else:
        waiting = reading.held_for(viewer)
        mails = unread.mails_of(waiting)
        rows = [message_row(one, mails, name=_NAME) for one in waiting]
    names = {here: _("Waiting"), f"{here}?aside": _("Set aside")}
    current = f"{here}?aside" if is_aside else here
    context = {
        "title": _("Could not be read"),
        "tabs": [
            MenuItem(name=name, url=url, is_current=url == current) for url, name in names.items()
        ],
        "is_aside": is_aside,
        "raws": rows,
    }
    return page(request, "desk/office/held.html", context, place=PLACE)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.WORK_IN_OFFICE)
def message(request: StaffRequest, raw_id: int) -> HttpResponse:
    """One message: what it says, and what becomes of it."""
    raw = reading.held_message_for(request.viewer, raw_id)
    read, about = unread_text.reading_of(raw), reading.companys_case_of(raw)
    does, typed = request.POST.get("do", ""), request.POST
    first = {"reference": "" if about else unread_text.reference_of(raw), "text": read.narrative}
    filing = OfficeFilingForm(request.viewer, typed if does == "file" else None, initial=first)
    new = _new_form(read, about, typed if does == "register" else None)
    reason = ReasonForm(typed if does == "aside" else None)
    by, at, said = staff(request.user), now(), ""
    try:
        if does == "file" and filing.is_valid():
            text = filing.cleaned_data["text"]
            file_held(raw, filing.case, text=text, by=by, at=at, documents=_documents(read))
            messages.success(request, _("Filed: it counts from the moment it reached us."))
            return redirect("desk:office_file", reference=filing.case.reference)
        if does == "register" and new.is_valid():
            return _registered(request, _register(request, raw, read, about, new))
        if does == "aside" and reason.is_valid():
            set_held_aside(raw, reason=reason.cleaned_data["reason"], by=by, at=at)
            messages.success(request, _("It is set aside."))
            return HttpResponseRedirect(reverse("desk:office_held"))
        if does == "not-spam":
            not_spam(raw, by=request.user, at=at)
            messages.success(request, _("It is being registered, from the moment it reached us."))
            return HttpResponseRedirect(reverse("desk:office_held"))
        if does == "take-up":
            take_held_up(raw, by=by, at=at)
            messages.success(request, _("It waits for somebody again."))
            return HttpResponseRedirect(reverse("desk:office_held"))
    except Refused as refused:
        said = str(refused.refusal)
    context = _of_message(request, raw, read, about) | {
        "filing": filing,
        "new": new,
        "reason": reason,
        "said": said,
    }
    status = 409 if said else 422 if filing.errors or reason.errors or new.errors else 200
    return page(request, "desk/office/held_message.html", context, status=status, place=PLACE)


def _new_form(read: Reading, about: Case | None, typed: Any) -> forms.Form:
    """What is asked to make a file of it: nothing but the words where its case is known."""
    if about is not None:
        return AboutForm(typed, initial={"text": read.narrative}, prefix="new")
    initial = {
        "text": read.narrative,
        "name": read.said("name"),
        "email": read.said("email"),
        "postal_address": read.said("postal_address"),
        "kind": read.said("kind") or "complaint",
    }
    return OfficeRegisterForm(typed, initial=initial, prefix="new")


def _register(
    request: StaffRequest, raw: RawMessage, read: Reading, about: Case | None, form: forms.Form
) -> Filed:
    by, at, documents = staff(request.user), now(), _documents(read)
    if about is not None:
        text = form.cleaned_data["text"]
        return bring_held_about(raw, about, text=text, by=by, at=at, documents=documents)
    assert isinstance(form, OfficeRegisterForm)  # noqa: S101 -- made by _new_form
    house = house_rules(raw.entity_id)
    submission = submission_of(
        form,
        house,
        language=raw.envelope.get("language", house.entity.default_language),
        received_at=raw.received_at,
        raw_id=raw.pk,
    )
    given = replace(submission, channel=Case.Channel(raw.channel))
    return bring_held(raw, given, by=by, at=at, documents=documents)


def _registered(request: StaffRequest, filed: Filed) -> HttpResponse:
    """The access code, shown this once: whoever gave no address needs it."""
    reference = filed.file.reference
    context = {
        "title": _("The new access code"),
        "words": _("It is a file of the office now: it counts from the moment it reached us."),
        "code": filed.access_code,
        "reference": reference,
        "case_url": reverse("desk:office_file", args=[reference]),
    }
    return page(request, "desk/code.html", context, place=PLACE)


def _documents(read: Reading) -> list[Kept]:
    return [Kept(**asdict(one)) for one in store_files(read.post.files)]


def _of_message(
    request: StaffRequest, raw: RawMessage, read: Reading, about: Case | None
) -> dict[str, Any]:
    viewer = request.viewer.within(raw.entity_id)
    aside = unread.set_aside_of(raw)
    facts = [
        (_("Entity"), raw.entity.name),
        (_("How it came"), str(Case.Channel(raw.channel).label)),
        (_("When"), spoken.stamp(raw.received_at, raw.entity.timezone)),
        (_("On its way to"), "" if about else unread_text.reference_of(raw)),
        (_("Case of the company"), about.reference if about else ""),
        (_("Files"), ", ".join(part.file_name or "" for part in read.post.files)),
    ]
    return {
        "title": unread_text.trouble_of(raw),
        "facts": [Fact(name=name, value=value) for name, value in facts if value],
        "reading": read,
        "fields": [Fact(name=name, value=text) for name, text in read.fields.items()],
        "content_url": reverse("desk:office_held_content", args=[raw.pk]),
        "refusal": str(rules.why_not_sort(raw, viewer) or ""),
        "is_spam": raw.trouble in MAY_BE_SPARED,
        "spare_it": unread_text.spare_in_words(raw),
        "spare_refusal": str(why_not_spare(raw, viewer) or ""),
        "is_harmful": raw.scan == RawMessage.Scan.INFECTED,
        "back_refusal": str(rules.why_not_take_held_up(raw, viewer) or ""),
        "aside": aside,
        "aside_when": spoken.stamp(aside.at, raw.entity.timezone) if aside else "",
    }


@require_safe
@staff_page(Permission.WORK_IN_OFFICE)
def content(request: StaffRequest, raw_id: int) -> HttpResponse:
    """What arrived, byte for byte, to be saved and looked at with care."""
    raw = reading.held_message_for(request.viewer, raw_id)
    if (refusal := why_not_save_held(raw)) is not None:
        return refusal
    try:
        return saved_as_it_came(raw)
    except FileNotFoundError:
        raise Http404 from None
