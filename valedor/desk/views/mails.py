"""A mail of a case as it came: who wrote what to whom, what it quotes, what was wrong with it."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from valedor.acts.unread_text import sender_of
from valedor.casefile.access import case_for
from valedor.casefile.arrivals import content_of
from valedor.casefile.documents import why_not_save_raw
from valedor.casefile.reads import note_read
from valedor.channels.email.reading.defects import SENTENCES
from valedor.channels.email.spam import UNWANTED
from valedor.channels.models import Mail
from valedor.design.parts import Fact
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queries.mails import mail_of
from valedor.foundation.moments import now
from valedor.people.permissions import Permission
from valedor.telling import spoken

_PAGE = (
    '<!doctype html><html lang="{}"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{}</title><body>{}</body></html>'
)


@require_safe
@staff_page(Permission.SEE_CASES)
def mail(request: StaffRequest, reference: str, raw_id: int) -> HttpResponse:
    """What was read from it when it arrived. Nothing of it is loaded from anywhere."""
    case = case_for(request.viewer, reference)
    found = mail_of(request.viewer, case, raw_id)
    note_read(request.viewer, case, "mail", now(), {"raw": found.pk})
    zone = case.entity.timezone
    facts = [
        (_("From"), sender_of(found)),
        (_("To"), found.mailbox.address),
        (_("Reached us"), spoken.stamp(found.raw.received_at, zone)),
        (_("Says it was sent"), spoken.stamp(found.sent_at, zone) if found.sent_at else ""),
        (_("Protection"), _security(found)),
        (_("Spam check"), verdict_in_words(found)),
    ]
    context = {
        "title": found.subject or _("Mail without a subject"),
        "case": case,
        "case_url": reverse("desk:case", args=[case.reference]),
        "facts": [Fact(name=name, value=value) for name, value in facts if value],
        "mail": found,
        "defects": list(map(_defect, found.defects)),
        "attachments": [_attached(one) for one in found.attachments],
        "laid_out_url": reverse("desk:mail_laid_out", args=[case.reference, found.pk])
        if found.html
        else "",
        "content_url": reverse("desk:mail_content", args=[case.reference, found.pk]),
    }
    return page(request, "desk/mail.html", context)


def _security(found: Mail) -> str:
    words = {
        "signed S/MIME": _("signed with S/MIME, not checked"),
        "signed PGP": _("signed with PGP, not checked"),
        "encrypted S/MIME": _("encrypted with S/MIME: only its addressee can open it"),
        "encrypted PGP": _("encrypted with PGP: only its addressee can open it"),
    }
    return ", ".join(words.get(one, one) for one in found.security.split(", ") if one)


def verdict_in_words(mail: Mail) -> str:
    """What rspamd said, points first; nothing where nobody was asked."""
    if mail.awaits_verdict:
        return _("not yet: nobody answered when it came")
    if not mail.verdict:
        return ""
    if mail.verdict == "spared by a person":
        return _("a colleague said that it is wanted")
    score, colon, action = mail.verdict.partition(": ")
    if not colon or not score.lstrip("-").replace(".", "", 1).isdigit():
        return _("nobody could be asked")
    if action in UNWANTED:
        return _("looks like spam (%(score)s points)") % {"score": score}
    return _("looks wanted (%(score)s points)") % {"score": score}


def _defect(one: dict[str, Any]) -> str:
    sentence = SENTENCES[one["code"]]
    return str(_(sentence) % one["values"])


def _attached(one: dict[str, Any]) -> str:
    return f"{one['name']} · {one['media_type']} · {spoken.size(int(one['size']))}"


@require_safe
@staff_page(Permission.SEE_CASES)
def mail_laid_out(request: StaffRequest, reference: str, raw_id: int) -> HttpResponse:
    """Its page as the sender made it, without anything that runs, hides or reports."""
    case = case_for(request.viewer, reference)
    found = mail_of(request.viewer, case, raw_id)
    note_read(request.viewer, case, "mail", now(), {"raw": found.pk})
    # Sanitised when it arrived (channels.email.reading.html), and sandboxed here all the same.
    body = mark_safe(found.html)  # noqa: S308
    response = HttpResponse(format_html(_PAGE, case.language, found.subject, body))
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@staff_page(Permission.SEE_CASES)
def mail_content(request: StaffRequest, reference: str, raw_id: int) -> HttpResponse:
    """The message, byte for byte, to be saved and opened with care."""
    case = case_for(request.viewer, reference)
    found = mail_of(request.viewer, case, raw_id)
    note_read(request.viewer, case, "mail", now(), {"raw": found.pk})
    if (refusal := why_not_save_raw(found.raw)) is not None:
        return refusal
    response = HttpResponse(content_of(found.raw), content_type="application/octet-stream")
    name = f"{case.reference}-{found.pk}.eml"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
