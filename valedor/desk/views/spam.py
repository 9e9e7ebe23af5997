"""Mail that is held as spam, looked through day by day: what somebody meant is registered from the
moment it reached us, the rest is set aside.
"""

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from valedor.acts.reading import unread
from valedor.acts.unread_text import sender_of
from valedor.channels.email.actions.not_spam import not_spam
from valedor.channels.models import Mail
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.views.held import PLACE, tabs
from valedor.desk.views.mails import verdict_in_words
from valedor.foundation.moments import local_day, now
from valedor.foundation.refusals import Refused
from valedor.foundation.spoken_dates import day_in_words
from valedor.intake.actions.set_aside import set_message_aside
from valedor.intake.rules import SORTS
from valedor.telling import spoken


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*unread.LOOKS)
def spam(request: StaffRequest) -> HttpResponse:
    """The list, by the day on which each mail reached us; or what becomes of those chosen."""
    here, said = reverse("desk:spam"), ""
    found = unread.spam_waiting(request.viewer)
    chosen = [one for one in found if str(one.pk) in request.POST.getlist("mail")]
    if request.method == "POST":
        if chosen:
            said = _do(request, chosen)
            if not said:
                return HttpResponseRedirect(here)
            found = unread.spam_waiting(request.viewer)
        else:
            said = _("Choose a mail first.")
    context = {
        "title": _("Could not be read"),
        "tabs": tabs(request.viewer, here),
        "days": _by_day(found, {one.pk for one in chosen}),
        "said": said,
        "may_sort": bool(request.viewer.entities_where(*SORTS)),
    }
    status = 200 if not said else 409 if chosen else 422
    return page(request, "desk/spam.html", context, status=status, place=PLACE)


def _do(request: StaffRequest, chosen: list[Mail]) -> str:
    """Do with each what was asked for; what was refused, as a sentence."""
    is_meant, at, done = request.POST.get("do") == "not-spam", now(), 0
    for mail in chosen:
        try:
            if is_meant:
                not_spam(mail.raw, by=request.user, at=at)
            else:
                set_message_aside(mail.raw, reason=_("Spam"), by=request.user, at=at)
        except Refused as refused:
            return str(refused.refusal)
        done += 1
    if is_meant:
        words = ngettext(
            "%(number)s mail is being registered, from the moment it reached us.",
            "%(number)s mails are being registered, each from the moment it reached us.",
            done,
        )
    else:
        words = ngettext("%(number)s mail set aside.", "%(number)s mails set aside.", done)
    messages.success(request, words % {"number": done})
    return ""


def _by_day(found: list[Mail], chosen: set[int]) -> list[dict[str, object]]:
    def day_of(mail: Mail) -> str:
        day = local_day(mail.raw.received_at, mail.entity.timezone)
        return day_in_words(day, get_language() or "en")

    return [
        {"name": day, "mails": [_row(mail, is_chosen=mail.pk in chosen) for mail in mails]}
        for day, mails in groupby(found, key=day_of)
    ]


def _row(mail: Mail, *, is_chosen: bool) -> dict[str, object]:
    about = (
        mail.entity.name,
        spoken.stamp(mail.raw.received_at, mail.entity.timezone),
        verdict_in_words(mail),
    )
    words = " ".join(mail.text.split())
    return {
        "id": mail.pk,
        "subject": mail.subject or _("Mail without a subject"),
        "sender": sender_of(mail),
        "words": words if len(words) <= 160 else words[:159] + "…",
        "about": " · ".join(filter(None, about)),
        "url": reverse("desk:held_message", args=[mail.pk]),
        "is_chosen": is_chosen,
    }
