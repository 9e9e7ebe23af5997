"""What waits for the ombudsman's office: its own page, also for the office itself."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queries import settings as reading
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.people.actions.office import answer_office, office_for
from valedor.people.models import OfficeRequest, Role
from valedor.people.permissions import Permission
from valedor.people.queries import roles_of
from valedor.people.rules import why_not_answer
from valedor.telling import spoken

from .people import hand_over
from .shell import frame, say_what_changed


@require_safe
@staff_page(Permission.CONFIRM_OFFICE)
def office(request: StaffRequest) -> HttpResponse:
    """Every open question, with who may answer it."""
    roles = roles_of(request.user)
    cards = []
    for question in reading.office_requests_waiting():
        refusal = why_not_answer(
            question, by=request.user, roles=roles, office=office_for(question), confirm=True
        )
        if refusal is not None and Permission.CONFIGURE not in request.viewer.permissions:
            continue  # Another office's: nothing of it is shown here.
        no = why_not_answer(
            question, by=request.user, roles=roles, office=office_for(question), confirm=False
        )
        cards.append(
            {
                "id_text": str(question.pk),
                "title": str(OfficeRequest.Step(question.step).label),
                "name": question.account.name,
                "what": _what(question),
                "reason": question.reason,
                "asked": _("asked by %(name)s on %(day)s")
                % {
                    "name": question.asked_by.name,
                    "day": spoken.day(localdate(question.asked_at)),
                },
                "url": reverse("desk:settings:office_answer", args=[question.pk]),
                "refusal": str(refusal) if refusal else "",
                "may_decline": no is None,
            }
        )
    context = frame("desk:settings:office") | {
        "title": _("Ombudsman's office"),
        "cards": cards,
    }
    place = "settings"
    if Permission.CONFIGURE not in request.viewer.permissions:
        context["sections"], place = [], "house:settings:office"
    return page(request, "desk/settings/office.html", context, place=place)


def _what(question: OfficeRequest) -> str:
    if question.role and question.team is not None:
        return f"{Role(question.role).label} ({question.team.name})"
    return question.email


@require_POST
@staff_page(Permission.CONFIRM_OFFICE)
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Say yes or no."""
    question = reading.office_request(pk)
    if question is None:
        raise Http404
    here = reverse("desk:settings:office")
    at = now()
    try:
        link = answer_office(
            question, confirm=request.POST.get("answer") == "yes", by=request.user, at=at
        )
    except Refused as refused:
        messages.error(request, str(refused.refusal))
        return HttpResponseRedirect(here)
    if link:
        return hand_over(request, question.account, link, here)
    say_what_changed(request, at)
    return HttpResponseRedirect(here)
