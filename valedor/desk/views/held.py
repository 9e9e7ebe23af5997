"""What no machine could read: a person files it, registers it, corrects it or sets it aside."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from valedor.acts import unread_text
from valedor.acts.desk.held import FilingForm, ReasonForm, RowForm, filed
from valedor.acts.reading import unread
from valedor.acts.unread_text import Reading
from valedor.casefile.access import case_for
from valedor.casefile.actors import staff
from valedor.casefile.arrivals import content_of
from valedor.casefile.documents import why_not_save_held
from valedor.casefile.models import Case, RawMessage
from valedor.casefile.viewing import Viewer
from valedor.channels.email.actions.not_spam import not_spam
from valedor.channels.email.mailbox_rules import why_not_spare
from valedor.channels.email.sorting import MAY_BE_SPARED, SPAM
from valedor.channels.models import Mail
from valedor.design.parts import Fact, MenuItem
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queries import imports
from valedor.desk.views.mails import verdict_in_words
from valedor.desk.views.settings.shell import say_what_changed
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.intake import rules
from valedor.intake.actions.set_aside import set_message_aside, set_row_aside, take_message_up
from valedor.intake.actions.take_corrected_row import columns_of, row_as_text, take_corrected_row
from valedor.intake.models import ImportReject
from valedor.people.permissions import Permission
from valedor.telling import spoken

PLACE = "house:held"


# ------------------------------------------------------------------ the list
@require_safe
@staff_page(*unread.LOOKS)
def held(request: StaffRequest) -> HttpResponse:
    """Messages and rows that wait for a person, or those that somebody set aside."""
    here, viewer = reverse("desk:held"), request.viewer
    is_aside = "aside" in request.GET
    if is_aside:
        aside = unread.messages_set_aside(viewer)
        mails = unread.mails_of([one.raw for one in aside])
        raws = [message_row(one.raw, mails, said=one.reason, by=one.by.name) for one in aside]
        rejects = unread.rows_set_aside(viewer)
    else:
        waiting = unread.messages_waiting(viewer)
        mails = unread.mails_of(waiting)
        raws = [message_row(one, mails) for one in waiting]
        rejects = unread.rows_waiting(viewer)
    context = {
        "title": _("Could not be read"),
        "tabs": tabs(viewer, f"{here}?aside" if is_aside else here),
        "is_aside": is_aside,
        "raws": raws,
        "rejects": [_reject_row(one) for one in rejects],
    }
    return page(request, "desk/held.html", context, place=PLACE)


def tabs(viewer: Viewer, current: str) -> list[MenuItem]:
    """What waits, what is held as spam, what was set aside."""
    here, spam = reverse("desk:held"), reverse("desk:spam")
    number = unread.spam_count(viewer)
    names = {
        here: _("Waiting"),
        spam: _("Held as spam (%(number)s)") % {"number": number} if number else _("Held as spam"),
        f"{here}?aside": _("Set aside"),
    }
    return [MenuItem(name=name, url=url, is_current=url == current) for url, name in names.items()]


def message_row(
    raw: RawMessage,
    mails: Mapping[int, Mail],
    *,
    said: str = "",
    by: str = "",
    name: str = "desk:held_message",
) -> dict[str, str]:
    """A mail is named by its subject and sender, everything else by why it waits."""
    why, mail = said or unread_text.trouble_of(raw), mails.get(raw.pk)
    about = (
        raw.entity.name,
        str(Case.Channel(raw.channel).label),
        spoken.stamp(raw.received_at, raw.entity.timezone),
        *([by] if by else []),
    )
    return {
        "title": why if mail is None else mail.subject or _("Mail without a subject"),
        "sender": "" if mail is None else unread_text.sender_of(mail),
        "why": "" if mail is None else why,
        "about": " · ".join(about),
        "url": reverse(name, args=[raw.pk]),
    }


def _reject_row(reject: ImportReject) -> dict[str, str]:
    by = reject.settled_by.name if reject.settled_by else ""
    return {
        "title": reject.settled_reason or reject.why,
        "about": " · ".join(filter(None, (reject.entity.name, _line_of(reject), by))),
        "content": row_as_text(reject)[:400],
        "url": reverse("desk:held_row", args=[reject.pk]),
    }


def _line_of(reject: ImportReject) -> str:
    words = _("%(file)s, line %(line)s")
    return words % {"file": reject.file.name, "line": reject.line}


# ------------------------------------------------------------------ a message
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*unread.LOOKS)
def message(request: StaffRequest, raw_id: int) -> HttpResponse:
    """One message: what it says, and what becomes of it."""
    raw = unread.message_for(request.viewer, raw_id)
    reading = unread_text.reading_of(raw)
    does, typed = request.POST.get("do", ""), request.POST
    first = {"reference": unread_text.reference_of(raw), "text": reading.narrative}
    filing = FilingForm(request.viewer, typed if does == "file" else None, initial=first)
    reason = ReasonForm(typed if does == "aside" else None)
    said = ""
    try:
        if does == "file" and filing.is_valid():
            return file_it(request, raw, filing, reading)
        if does == "aside" and reason.is_valid():
            set_aside(request, raw, reason)
            return HttpResponseRedirect(reverse("desk:held"))
        if does == "not-spam":
            not_spam(raw, by=request.user, at=now())
            messages.success(request, _("It is being registered, from the moment it reached us."))
            return HttpResponseRedirect(
                reverse("desk:spam" if raw.trouble == SPAM else "desk:held")
            )
        if does == "take-up":
            return _done(request, lambda at: take_message_up(raw, by=request.user, at=at))
    except Refused as refused:
        said = str(refused.refusal)
    context = _of_message(request, raw, reading) | {
        "filing": filing,
        "reason": reason,
        "said": said,
    }
    status = 409 if said else 422 if filing.errors or reason.errors else 200
    return page(request, "desk/held_message.html", context, status=status, place=PLACE)


def _of_message(request: StaffRequest, raw: RawMessage, reading: Reading) -> dict[str, Any]:
    viewer = request.viewer.within(raw.entity_id)
    refusal = rules.why_not_sort(raw, viewer)
    back = rules.why_not_take_up(raw, viewer)
    aside = unread.set_aside_of(raw)
    spare = why_not_spare(raw, viewer)
    mail = unread.mails_of([raw]).get(raw.pk)
    facts = [
        (_("Entity"), raw.entity.name),
        (_("How it came"), str(Case.Channel(raw.channel).label)),
        (_("When"), spoken.stamp(raw.received_at, raw.entity.timezone)),
        (_("On its way to"), unread_text.reference_of(raw)),
        (_("Files"), ", ".join(part.file_name or "" for part in reading.post.files)),
        (_("Spam check"), verdict_in_words(mail) if mail else ""),
    ]
    return {
        "title": unread_text.trouble_of(raw),
        "facts": [Fact(name=name, value=value) for name, value in facts if value],
        "reading": reading,
        "fields": [Fact(name=name, value=text) for name, text in reading.fields.items()],
        "content_url": reverse("desk:held_content", args=[raw.pk]),
        "register_url": f"{reverse('desk:register')}?entity={raw.entity.key}&held={raw.pk}",
        "may_register": viewer.may(Permission.REGISTER),
        "refusal": str(refusal) if refusal else "",
        "is_spam": raw.trouble in MAY_BE_SPARED,
        "spare_it": unread_text.spare_in_words(raw),
        "spare_refusal": str(spare) if spare else "",
        "is_harmful": raw.scan == RawMessage.Scan.INFECTED,
        "back_refusal": str(back) if back else "",
        "aside": aside,
        "aside_when": spoken.stamp(aside.at, raw.entity.timezone) if aside else "",
    }


def set_aside(request: StaffRequest, raw: RawMessage, form: ReasonForm) -> None:
    """Nothing comes of it, for the reason that was given. Raises ``Refused``."""
    at = now()
    set_message_aside(raw, reason=form.cleaned_data["reason"], by=request.user, at=at)
    say_what_changed(request, at)


def file_it(
    request: StaffRequest, raw: RawMessage, form: FilingForm, reading: Reading
) -> HttpResponse:
    """Into the case that was named, with the files that came along."""
    by, case = staff(request.user), form.case
    filed(raw, case, text=form.cleaned_data["text"], reading=reading, by=by, at=now())
    messages.success(request, _("Filed: it counts from the moment it reached us."))
    return redirect("desk:case", reference=case.reference)


def _done(request: StaffRequest, act: Callable[[datetime], object]) -> HttpResponse:
    at = now()
    act(at)
    say_what_changed(request, at)
    return HttpResponseRedirect(reverse("desk:held"))


@require_safe
@staff_page(*unread.LOOKS)
def content(request: StaffRequest, raw_id: int) -> HttpResponse:
    """What arrived, byte for byte, to be saved and looked at with care."""
    raw = unread.message_for(request.viewer, raw_id)
    if (refusal := why_not_save_held(raw)) is not None:
        return refusal
    try:
        return saved_as_it_came(raw)
    except FileNotFoundError:
        raise Http404 from None


def saved_as_it_came(raw: RawMessage) -> HttpResponse:
    """The bytes of a message, to be saved. Raises ``FileNotFoundError``."""
    response = HttpResponse(content_of(raw), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="message-{raw.pk}.bin"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


# ------------------------------------------------------------------ a row
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*unread.LOOKS)
def row(request: StaffRequest, reject_id: int) -> HttpResponse:
    """One row that became no case: corrected it is read again, or nothing comes of it."""
    reject = unread.row_for(request.viewer, reject_id)
    does, typed, said = request.POST.get("do", ""), request.POST, ""
    form = RowForm(typed if does == "again" else None, initial={"row": row_as_text(reject)})
    reason = ReasonForm(typed if does == "aside" else None)
    try:
        if does == "again" and form.is_valid():
            return _take(request, reject, form.cleaned_data["row"])
        if does == "aside" and reason.is_valid():
            why = reason.cleaned_data["reason"]
            return _done(
                request, lambda at: set_row_aside(reject, reason=why, by=request.user, at=at)
            )
    except Refused as refused:
        said = str(refused.refusal)
    refusal = rules.why_not_take_row(reject, request.viewer.within(reject.entity_id))
    zone = reject.entity.timezone
    context = {
        "title": _line_of(reject),
        "entity": reject.entity,
        "why": reject.why,
        "came": row_as_text(reject),
        "columns": columns_of(reject),
        "form": form,
        "reason": reason,
        "refusal": str(refusal) if refusal else "",
        "settled": reject.settled_reason,
        "by": reject.settled_by.name if reject.settled_by else "",
        "when": spoken.stamp(reject.settled_at, zone) if reject.settled_at else "",
        "case_url": _case_url(request, reject),
        "said": said,
    }
    status = 409 if said else 422 if form.errors or reason.errors else 200
    return page(request, "desk/held_row.html", context, status=status, place=PLACE)


def _take(request: StaffRequest, reject: ImportReject, typed: str) -> HttpResponse:
    text = typed.replace("\r\n", "\n").rstrip("\n")
    cases = take_corrected_row(reject, text=text, by=request.user, at=now())
    for case in cases[:10]:
        messages.success(request, _("It is case %(case)s now.") % {"case": case.reference})
    return redirect("desk:held_row", reject_id=reject.pk)


def _case_url(request: StaffRequest, reject: ImportReject) -> str:
    """The case that the row became, where this viewer may see it."""
    if reject.case is None:
        return ""
    try:
        case = case_for(request.viewer, reject.case.reference)
    except Http404:
        return ""
    return reverse("desk:case", args=[case.reference])


# ------------------------------------------------------------------ whole files
@require_safe
@staff_page(*imports.LOOKS)
def files(request: StaffRequest) -> HttpResponse:
    """The files that were brought in, reconciled: what was read is what came of it."""
    found = imports.files_brought_in(request.viewer)
    waiting = imports.rows_waiting_of(found)
    rows = [
        {
            "name": one.name,
            "about": f"{one.entity.name} · {one.source}",
            "when": spoken.stamp(one.begun_at, one.entity.timezone),
            "is_finished": one.finished_at is not None,
            "cases": one.cases,  # type: ignore[attr-defined]
            "present": one.present,  # type: ignore[attr-defined]
            "rejected": one.rejected,  # type: ignore[attr-defined]
            "waiting": waiting.get(one.pk, 0),
        }
        for one in found
    ]
    context = {"title": _("Imported files"), "rows": rows}
    return page(request, "desk/imports.html", context, place=PLACE)
