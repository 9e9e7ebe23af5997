"""Who else may see a case and act in it: let in, let out, leaving."""

from typing import Any

from django.contrib import messages as notices
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from valedor.casefile.models import Case
from valedor.channels.web_form.questions import TROUBLES
from valedor.foundation.refusals import Refused
from valedor.participants.actions.let_in import LetIn, let_in
from valedor.participants.actions.let_out import let_out
from valedor.participants.models import Participant
from valedor.participants.queries import participant_of_case
from valedor.participants.words import named
from valedor.portal import people as reading
from valedor.portal import places
from valedor.portal.access import SentBefore
from valedor.portal.admission import let_out as forget_browser
from valedor.portal.inside import Inside, inside, office_too, page_of_case
from valedor.portal.people import PeopleForm
from valedor.portal.posts import Posted, token_for
from valedor.portal.standing import READ, let_in_too
from valedor.portal.views.asking import ask_once_more, held


# The token of each form is one of its own case (see ``acts``).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
@office_too
def people(place: Inside) -> HttpResponse:
    """Who is in, since when, what they last opened; and a form that lets somebody in."""
    known, posted = reading.known_to(place), place.posted
    other = reading.other_room(place)
    form, trouble, status = _form(place, other), "", 200
    refusal = reading.why_not_manage(place, known)
    if posted is not None and posted.is_step:
        form = _form(place, other, initial={one: posted.post.text(one) for one in form.fields})
    elif posted is not None:
        form, trouble, status = _form(place, other, posted), _trouble(posted), 422
        if not trouble and not refusal and form.is_valid():
            try:
                return _let_in(place, posted, form, other)
            except Refused as refused:
                form.add_error(None, str(refused.refusal))
                status = 409
            except SentBefore:
                return redirect("portal:people", *place.links)
    inside_now, before = reading.rows_of(place, may_manage=not refusal)
    context: dict[str, Any] = {
        "case": place.case,
        "form": form,
        "refusal": refusal,
        "inside": inside_now,
        "before": before,
        "token": token_for(place.case),
        "back_url": page_of_case(place),
    }
    if posted is not None:
        context |= held(place, posted, trouble)
    context["language_form"] = "letting_in"
    return places.page(place.request, "people.html", place.house, context, status=status)


def _form(
    place: Inside, other: Case | None, posted: Posted | None = None, **more: Any
) -> PeopleForm:
    more.setdefault("initial", {"language": place.case.language, "scope": "read"})
    return PeopleForm(
        posted.post.fields if posted else None,
        languages=place.house.entity.languages,
        other=reading.both_words(other),
        **more,
    )


def _trouble(posted: Posted) -> str:
    if not posted.is_ours:
        return posted.trouble()
    return next((str(TROUBLES[one]) for one in posted.post.troubles.values()), "")


def _let_in(place: Inside, posted: Posted, form: PeopleForm, other: Case | None) -> HttpResponse:
    """Let them in to this room, and to the other one where it was ticked: both or none."""
    rooms = [place.case] + ([other] if other and form.cleaned_data.get("both") else [])
    with transaction.atomic():
        posted.join(place.case)
        done = [let_in(room, form.invited(), by=place.by, at=place.at) for room in rooms]
    if not any(one.code for one in done):
        notices.success(
            place.request,
            _("%(name)s is let in. A link of their own is on its way to them.")
            % {"name": form.cleaned_data["name"]},
        )
        return redirect("portal:people", *place.links)
    return _codes_page(place, form.cleaned_data["name"], list(zip(rooms, done, strict=True)))


def _codes_page(place: Inside, name: str, done: list[tuple[Case, LetIn]]) -> HttpResponse:
    """The codes of somebody without e-mail, shown once and made to be printed."""
    context = {
        "case": place.case,
        "name": name,
        "codes": [{"reference": room.reference, "code": one.code} for room, one in done],
        "sign_in_url": place.request.build_absolute_uri(
            reverse("portal:sign_in", args=[place.house.entity.key])
        ),
        "back_url": reverse("portal:people", args=place.links),
    }
    return places.page(place.request, "people_code.html", place.house, context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
@office_too
def out(place: Inside, participant_id: int) -> HttpResponse:
    """Let somebody out again: it is asked once more, and holds at once."""
    who = participant_of_case(place.case, participant_id)
    if who is None:
        raise Http404
    return ask_once_more(
        place,
        lambda posted: _out(place, who, posted),
        title=_("Let out: %(name)s")
        % {"name": named(who.person.name, str(who.role), who.organisation)},
        words=_("Their link and their code open nothing from that moment, and they are told so."),
        action=_("Let them out"),
        refusal=reading.why_not_let_out(place, who),
        done=_("They are out. Nothing that they have opens this case any more."),
        is_danger=True,
    )


def _out(place: Inside, who: Participant, posted: Posted) -> None:
    let_out(place.case, participant=who, by=place.by, at=place.at, reason=posted.text)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
@office_too
@let_in_too(READ)
def leave(place: Inside) -> HttpResponse:
    """Somebody who was let in goes out by themselves."""
    who = place.participant
    if who is None:
        raise Http404
    response = ask_once_more(
        place,
        lambda posted: _out(place, who, posted),
        title=_("Leave this case for good"),
        words=_("You do not get in any more unless the person lets you in anew. They are told."),
        action=_("Leave for good"),
        refusal="",
        done=_("You have left."),
        is_danger=True,
    )
    if response.status_code == 302:
        response = redirect("portal:entity", entity_key=place.house.entity.key)
        forget_browser(response, place.house.entity.key, [f"case-{place.case.reference.lower()}"])
    return response
