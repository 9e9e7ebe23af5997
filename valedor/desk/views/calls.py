"""The calls: who rings, who talks with whom, and one call with what is known of the caller.

With scripts the list asks for news by itself; without any it reloads.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from valedor.casefile.access import case_for
from valedor.casefile.actors import staff
from valedor.casefile.reads import note_read
from valedor.channels.models import Call
from valedor.channels.telephone import call_rules
from valedor.channels.telephone.actions.consent import consent_of, note_consent
from valedor.channels.telephone.actions.supervisor import (
    ask_for_lead,
    give_priority,
    speak_as_lead,
)
from valedor.channels.telephone.actions.take_call import (
    begin_by_hand,
    check_identity,
    end_by_hand,
    take_call,
)
from valedor.design.parts import Fact
from valedor.desk import calling
from valedor.desk.forms.call import CallForm, NumberForm, WordsForm
from valedor.desk.guiding import MANNERS, remembered
from valedor.desk.noticing import notices_in_call
from valedor.desk.pages import StaffRequest, page, part, staff_page
from valedor.desk.queries import calls as reading
from valedor.desk.queries.choices import entities_of
from valedor.desk.queries.register import cases_reached_at
from valedor.desk.queue_rows import rows_of
from valedor.foundation.moments import now
from valedor.handling.actions.send_link import send_link
from valedor.people.permissions import Permission
from valedor.procedures.house_rules import house_rules
from valedor.telling import spoken

PLACE = "house:calls"


# ------------------------------------------------------------------ the list
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.REGISTER)
def calls(request: StaffRequest) -> HttpResponse:
    """Who rings and who talks; and a way to note a call that no switchboard tells of."""
    at = now()
    form = NumberForm(_places(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        begun = _begin(request, form, at)
        return redirect("desk:call", call_id=begun.pk)
    found = reading.going_on(request.viewer)
    me = request.viewer.account_id
    mine = [one for one in found if one.holder is not None and one.holder.pk == me]
    context = {
        "title": _("Telephone calls"),
        "ringing": _rows([one for one in found if one.state == Call.State.RINGING], at),
        "mine": _rows([one for one in mine if one.state == Call.State.RUNNING], at),
        "others": _rows(
            [one for one in found if one.state == Call.State.RUNNING and one not in mine], at
        ),
        "over": _rows(reading.just_over(request.viewer, at=at), at),
        "form": form,
        "news_url": reverse("desk:calls"),
        "is_reloading": "reload" in request.GET,
    }
    if request.htmx:
        return part(request, "desk/_calls.html", context)
    status = 422 if form.errors else 200
    return page(request, "desk/calls.html", context, status=status, place=PLACE)


def _rows(found: list[Call], at: datetime) -> list[calling.CallRow]:
    return [calling.row_of(one, at=at) for one in found]


def _places(request: StaffRequest) -> list[tuple[str, str]]:
    """Where somebody can be called: the lines, and an entity whose line nobody set up."""
    lines = reading.lines_attended(request.viewer)
    places = [(f"line {one.pk}", f"{one.entity.name}: {one.name}") for one in lines]
    with_lines = {one.entity_id for one in lines}
    return places + [
        (f"entity {one.pk}", one.name)
        for one in entities_of(request.viewer)
        if one.pk not in with_lines
    ]


def _begin(request: StaffRequest, form: NumberForm, at: datetime) -> Call:
    what, _blank, key = form.cleaned_data["line"].partition(" ")
    line = None
    if what == "line":
        lines = reading.lines_attended(request.viewer)
        line = next(one for one in lines if one.pk == int(key))
    entity = (
        line.entity
        if line
        else next(one for one in entities_of(request.viewer) if one.pk == int(key))
    )
    return begin_by_hand(
        entity,
        line=line,
        number=form.cleaned_data["number"],
        viewer=request.viewer,
        by=request.user,
        at=at,
    )


# ------------------------------------------------------------------ one call
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.REGISTER)
def call(request: StaffRequest, call_id: int) -> HttpResponse:
    """One call: say that one has it, make sure who calls, send a link, end it."""
    found, at = reading.call_for(request.viewer, call_id), now()
    if request.method != "POST":
        for case in reading.cases_of(request.viewer, found):
            note_read(request.viewer, case.case, "call", at, {"call": found.pk})
        return call_page(request, found, at=at)
    does = request.POST.get("do", "")
    if does == "take":
        take_call(found, viewer=request.viewer, by=request.user, at=at)
    elif does == "check":
        how = request.POST.get("how", "")
        check_identity(found, how=how, viewer=request.viewer, by=request.user, at=at)
    elif does == "ask_lead":
        ask_for_lead(found, viewer=request.viewer, at=at)
    elif does == "lead":
        speak_as_lead(found, viewer=request.viewer, by=request.user, at=at)
    elif does == "priority":
        give_priority(found, viewer=request.viewer)
    elif does in {"record", "no_record"}:
        is_given = does == "record"
        note_consent(found, is_given=is_given, viewer=request.viewer, by=request.user, at=at)
    elif does == "end":
        end_by_hand(found, viewer=request.viewer, at=at)
    elif does == "send_link":
        return _send_link(request, found, at)
    else:
        raise Http404
    return redirect("desk:call", call_id=found.pk)


def _send_link(request: StaffRequest, call: Call, at: datetime) -> HttpResponse:
    """A link to a case that the call was about, to an address that the case has."""
    wanted = request.POST.get("reference", "")
    about = [one.case for one in reading.cases_of(request.viewer, call)]
    if wanted not in {one.reference for one in about}:
        raise Http404
    case = case_for(request.viewer, wanted)
    points = {str(one.pk): one for one in reading.ways_to(case)}
    point = points.get(request.POST.get("point", ""))
    if point is None:
        raise Http404
    send_link(case, contact_point=point, by=staff(request.user), at=at)
    said = _("The link is on its way to %(address)s. Ask whether it arrived.")
    words = said % {"address": point.value}
    if request.htmx:
        return part(request, "design/components/message.html", {"words": words, "tone": "success"})
    messages.success(request, words)
    return redirect("desk:call", call_id=call.pk)


@require_safe
@staff_page(Permission.REGISTER)
def call_stands(request: StaffRequest, call_id: int) -> HttpResponse:
    """How a call stands now, for a page that asks."""
    found = reading.call_for(request.viewer, call_id)
    return part(request, "desk/_call_stands.html", _standing(request, found))


def _standing(request: StaffRequest, call: Call) -> dict[str, Any]:
    return {
        "stands": calling.stands(call, request.viewer.account_id),
        "goes_on": call.state in call_rules.GOES_ON,
        "stands_url": reverse("desk:call_stands", args=[call.pk]),
    }


def call_page(
    request: StaffRequest,
    call: Call,
    *,
    at: datetime,
    form: CallForm | None = None,
    words: WordsForm | None = None,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of a call, with its forms empty or as they were typed."""
    language = _language(request, call)
    form = form or call_form(call, at=at, initial={"language": language})
    known = cases_reached_at(request.viewer, [call.caller], call.entity.country)
    context = {
        **_standing(request, call),
        **form_context(form),
        "manners": MANNERS,
        "manner": remembered(request.session, str(form["token"].value() or "")),
        "title": calling.who_calls(call),
        "call": call,
        "said": said,
        "line": call.line.name if call.line else "",
        "call_url": reverse("desk:call", args=[call.pk]),
        "contact_url": reverse("desk:call_contact", args=[call.pk]),
        "words_url": reverse("desk:call_words", args=[call.pk]),
        "words": words or WordsForm(),
        "words_open": words is not None,
        "may_take": call_rules.why_not_take(call, request.viewer) is None
        and (call.holder is None or call.holder.pk != request.viewer.account_id),
        "may_end": call_rules.why_not_end(call, request.viewer) is None,
        "may_ask_lead": call_rules.why_not_ask_for_lead(call, request.viewer) is None,
        "may_lead": call_rules.why_not_speak_as_lead(call, request.viewer) is None,
        "lead_words": calling.lead_words(call, at=at),
        "consent": _consent(call),
        "duties": calling.duties() if "es-lsac-2025" in call.entity.regimes else [],
        "notices": notices_in_call(call, language=language, at=at),
        "first_words": calling.first_words(call, request.user, language),
        "language": language,
        "ways_to_say": calling.languages_of(call),
        "facts": _facts(call),
        "checks": Call.Check.choices,
        "checked": _checked(call),
        "known": rows_of(known, at=at, reader=spoken.language()),
        "contracts": reading.contracts_reached_at(request.viewer, call),
        "about_cases": reading.cases_of(request.viewer, call),
    }
    return page(request, "desk/call.html", context, status=status, place=PLACE)


def _language(request: StaffRequest, call: Call) -> str:
    wanted = request.GET.get("say", "")
    return wanted if wanted in call.entity.languages else call.entity.default_language


def call_form(
    call: Call,
    data: Any = None,
    *,
    at: datetime,
    troubles: Mapping[str, str] | None = None,
    initial: Mapping[str, Any] | None = None,
) -> CallForm:
    """The form of a call, with the number that it came from."""
    house = house_rules(call.entity_id)
    today = at.astimezone(ZoneInfo(house.entity.timezone)).date()
    return CallForm(
        house,
        data,
        begun_at=call.begun_at,
        at=at,
        on=today,
        troubles=troubles,
        initial={"telephone": call.caller, **(initial or {})},
    )


def form_context(form: CallForm) -> dict[str, Any]:
    """The questions in the order of a talk."""
    names = {
        "what": [
            "kind",
            "category",
            "narrative",
            "answer_article",
            "answer_now",
            "remedy_sought",
        ],
        "who": ["name", "telephone", "email", "postal_address", "contract_number"],
        "how": ["language", "answer_channel"],
        "care": ["touches_safety", "needs_help"],
        "mandate": ["represented_name", "mandate_basis", "mandate_expires_on"],
    }
    return {
        "form": form,
        "sections": {key: [form[name] for name in fields] for key, fields in names.items()},
        "asked": [form[f"fact_{key}"] for key in form.asked],
        "asked_url": f"{reverse('desk:register_asked')}?entity={form.house.entity.key}",
        "mandate_open": form.speaks_for_somebody,
    }


def _facts(call: Call) -> list[Fact]:
    zone = call.entity.timezone
    holder = call.holder.name if call.holder else call.operator_said
    told = [
        (_("Entity"), call.entity.name),
        (_("Line"), call.line.name if call.line else ""),
        (pgettext("telephone", "Queue"), call.queue),
        (_("Rang"), spoken.stamp(call.offered_at, zone) if call.offered_at else ""),
        (
            pgettext("call", "Answered"),
            spoken.stamp(call.answered_at, zone) if call.answered_at else "",
        ),
        (_("Answered by"), holder),
        (pgettext("call", "Ended"), _stamp(call.ended_at, zone)),
    ]
    return [Fact(name=name, value=value) for name, value in told if value]


def _consent(call: Call) -> str:
    """What they said to being recorded, by whom it was written down and when."""
    said = consent_of(call)
    if said is None:
        return _("Not asked yet: the call is not recorded.")
    words = (
        _("They agreed to be recorded (%(name)s, %(when)s).")
        if said.is_given
        else _("They refused: the call is not recorded (%(name)s, %(when)s).")
    )
    return words % {"name": said.by.name, "when": spoken.stamp(said.at, call.entity.timezone)}


def _stamp(at: datetime | None, zone: str) -> str:
    return spoken.stamp(at, zone) if at else ""


def _checked(call: Call) -> str:
    if call.checked_at is None or call.checked_by is None:
        return ""
    return _("%(how)s (%(name)s, %(when)s).") % {
        "how": call.get_checked_how_display(),
        "name": call.checked_by.name,
        "when": spoken.stamp(call.checked_at, call.entity.timezone),
    }
