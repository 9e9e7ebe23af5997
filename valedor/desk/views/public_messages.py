"""Public messages: noted as they were seen, and the question to their author."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from valedor.acts.forms.public_messages import PublicMessageForm
from valedor.acts.reading import public_messages as reading
from valedor.casefile.models import Kind
from valedor.channels.models import PublicMessage
from valedor.channels.social import words
from valedor.channels.social.actions.note import note_public_message
from valedor.channels.social.links import link_to
from valedor.channels.social.social_rules import ANSWERED_WITHIN, why_not_answer
from valedor.design.parts import Fact
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.telling import spoken

PLACE = "house:public_messages"


@require_safe
@staff_page(Permission.REGISTER)
def public_messages(request: StaffRequest) -> HttpResponse:
    """Which authors were asked, and what came of it."""
    found = reading.public_messages_seen_by(request.viewer)
    context = {"title": _("Public messages"), "rows": [_row(one) for one in found]}
    return page(request, "desk/public_messages.html", context, place=PLACE)


def _row(one: PublicMessage) -> dict[str, Any]:
    return {
        "url": reverse("desk:public_message", args=[one.pk]),
        "network": one.network,
        "author": one.author,
        "text": one.text[:160],
        "entity": one.entity.name,
        "when": spoken.stamp(one.noted_at, one.entity.timezone),
        "state": one.get_state_display(),
        "tone": "warn" if one.state == PublicMessage.State.ASKED else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.REGISTER)
def public_message_new(request: StaffRequest) -> HttpResponse:
    """Note one: of which entity, where one registers for several, then what."""
    entity = _entity(request)
    if entity is None:
        theirs = reading.entities_registered_for(request.viewer)
        told = {"title": _("Note a public message"), "entities": theirs}
        return page(request, "desk/register_where.html", told, place=PLACE)
    at = now()
    with timezone.override(entity.timezone):
        first = {"seen_at": timezone.localtime(at), "kind": Kind.COMPLAINT}
        form = PublicMessageForm(
            request.POST or None, entity=entity, viewer=request.viewer, initial=first
        )
        if form.is_bound and form.is_valid():
            try:
                made = note_public_message(
                    entity, **form.said(), viewer=request.viewer, by=request.user, at=at
                )
            except Refused as refused:
                form.add_error(None, str(refused.refusal))
            else:
                return redirect("desk:public_message", made.pk)
        context = {
            "title": _("Note a public message"),
            "entity": entity,
            "form": form,
            "submit": _("Note it and get the link"),
            "cancel_url": reverse("desk:public_messages"),
        }
        status = 422 if form.errors else 200
        return page(request, "desk/incident_new.html", context, status=status, place=PLACE)


def _entity(request: StaffRequest) -> Entity | None:
    theirs = reading.entities_registered_for(request.viewer)
    wanted = request.GET.get("entity", "")
    if not wanted:
        return theirs[0] if len(theirs) == 1 else None
    found = next((one for one in theirs if one.key == wanted), None)
    if found is None:
        raise Http404
    return found


@require_safe
@staff_page(Permission.REGISTER)
def public_message(request: StaffRequest, message_id: int) -> HttpResponse:
    """One of them: what was noted, and what to paste as a reply."""
    found, at = reading.public_message_for(request.viewer, message_id), now()
    zone = found.entity.timezone
    is_open = why_not_answer(found, at=at) is None
    case_url = ""
    if reading.is_seen(request.viewer, found.case) and found.case is not None:
        case_url = reverse("desk:case", args=[found.case.reference])
    told = [
        (_("Network"), found.network),
        (_("Public name"), found.author),
        (_("Seen"), spoken.stamp(found.seen_at, zone)),
        (_("Noted by"), f"{found.noted_by.name}, {spoken.stamp(found.noted_at, zone)}"),
        (_("Language"), spoken.language_name(found.language)),
        (_("Entity"), found.entity.name),
        (_("How it stands"), found.get_state_display()),
    ]
    context = {
        "title": _("Public message on %(network)s") % {"network": found.network},
        "message": found,
        "facts": [Fact(name=name, value=value) for name, value in told if value],
        "to_paste": words.to_paste(found, link_to(found)) if is_open else "",
        "paste_language": found.language,
        "until": spoken.moment(found.noted_at + ANSWERED_WITHIN, zone),
        "case_url": case_url,
        "reference": found.case.reference if case_url and found.case else "",
    }
    return page(request, "desk/public_message.html", context, place=PLACE)
