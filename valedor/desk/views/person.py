"""One person as we know them: addresses, cases, and their consent to promotional contact."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from valedor.acts import persons as reading
from valedor.acts.desk.promotion import recorded_for
from valedor.acts.forms.promotion import ConsentForm
from valedor.acts.persons import Known
from valedor.acts.reading.persons import consents_of, everything_of
from valedor.casefile.reads import note_read
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.views.persons import PLACE, facts_of
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.people.actions.promotion import record_consent, withdraw_consent
from valedor.people.models import Entity, PromotionConsent
from valedor.people.permissions import Permission
from valedor.telling import spoken

_WHO = Permission.REGISTER, Permission.CORRECT, Permission.AUDIT


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*_WHO)
def person(request: StaffRequest, person_id: int) -> HttpResponse:
    """What is known of somebody; a consent written down, or taken back for them."""
    known, at = _known(request, person_id), now()
    entities = recorded_for(request.viewer, known)
    if not entities:
        return _page(request, known, None)
    with timezone.override(entities[0].timezone):
        if request.method == "POST" and "withdraw" in request.POST:
            return _withdraw(request, known, entities, at)
        posted = request.POST if request.method == "POST" else None
        form = ConsentForm(entities, posted, at=at)
        if posted is None:
            return _page(request, known, form)
        if not form.is_valid():
            return _page(request, known, form, status=422)
        return _record(request, known, form, at)


@require_safe
@staff_page(Permission.CORRECT, Permission.AUDIT)
def export(request: StaffRequest, person_id: int) -> HttpResponse:
    """Everything that the record holds, for the person to take along (GDPR arts. 15 and 20)."""
    known, at = _known(request, person_id), now()
    for case in known.cases:
        note_read(request.viewer, case, "person", at)
    response = JsonResponse(
        everything_of(known), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    response["Content-Disposition"] = f'attachment; filename="person-{known.person.pk}.json"'
    response["Cache-Control"] = "private, no-store"
    return response


def _known(request: StaffRequest, person_id: int) -> Known:
    known = reading.person_known(request.viewer, person_id)
    if known is None:
        raise Http404
    return known


def _record(request: StaffRequest, known: Known, form: ConsentForm, at: datetime) -> HttpResponse:
    given = form.cleaned_data
    try:
        record_consent(
            known.person,
            entity=form.entities[given["entity"]],
            channel=PromotionConsent.Channel(given["channel"]),
            occasion=PromotionConsent.Occasion(given["occasion"]),
            giver=PromotionConsent.Giver(given["giver"]),
            words=given["words"],
            version=given["version"],
            language=given["language"],
            given_at=given["given_at"],
            by=request.user,
            at=at,
        )
    except Refused as refused:
        return _page(request, known, form, said=str(refused.refusal), status=409)
    messages.success(request, _("The consent is written down. They can withdraw it at any time."))
    return redirect("desk:person", person_id=known.person.pk)


def _withdraw(
    request: StaffRequest, known: Known, entities: list[Entity], at: datetime
) -> HttpResponse:
    entity = next((one for one in entities if one.key == request.POST["withdraw"]), None)
    through = request.POST.get("through", "")
    if entity is None or through not in PromotionConsent.Channel.values:
        raise Http404
    try:
        withdraw_consent(
            known.person,
            entity=entity,
            channel=PromotionConsent.Channel(through),
            by=request.user,
            at=at,
        )
    except Refused as refused:
        form = ConsentForm(entities, at=at)
        return _page(request, known, form, said=str(refused.refusal), status=409)
    messages.success(request, _("The consent is withdrawn: nothing promotional is sent any more."))
    return redirect("desk:person", person_id=known.person.pk)


def _page(
    request: StaffRequest,
    known: Known,
    form: ConsentForm | None,
    *,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    may_write = {one.pk for one in form.entities.values()} if form else set()
    seen = {case.entity_id for case in known.cases}
    may_export = bool({Permission.CORRECT, Permission.AUDIT} & request.viewer.permissions)
    context = {
        "title": known.person.name or _("Without a name"),
        "facts": facts_of(known),
        "cases": [
            {
                "url": reverse("desk:case", args=[case.reference]),
                "reference": case.reference,
                "subject": case.subject,
                "entity": case.entity.name,
            }
            for case in known.cases
        ],
        "consents": [
            _consent(one, may=one.entity_id in may_write) for one in consents_of(known.person, seen)
        ],
        "channels": PromotionConsent.Channel.choices,
        "form": form,
        "form_open": form is not None and form.is_bound,
        "said": said,
        "export_url": reverse("desk:person_export", args=[known.person.pk]) if may_export else "",
    }
    return page(request, "desk/person.html", context, status=status, place=PLACE)


def _consent(one: PromotionConsent, *, may: bool) -> dict[str, Any]:
    """A consent as it is told: whose, when, how, to which words; and when it ended."""
    zone = one.entity.timezone
    by = one.recorded_by.name if one.recorded_by else ""
    told = {
        "day": spoken.moment(one.given_at, zone),
        "channel": one.get_channel_display(),
        "giver": one.get_giver_display(),
        "occasion": one.get_occasion_display(),
        "name": by,
    }
    return {
        "entity": one.entity.name,
        "key": one.entity.key,
        "in_force": one.withdrawn_at is None,
        "how": _("%(day)s · %(channel)s · %(giver)s · %(occasion)s · written down by %(name)s")
        % told,
        "words": one.words,
        "version": one.version,
        "language": one.language,
        "ended": _("Withdrawn on %(day)s (%(channel)s).")
        % {
            "day": spoken.moment(one.withdrawn_at, zone),
            "channel": one.get_withdrawn_through_display(),
        }
        if one.withdrawn_at
        else "",
        "may_withdraw": may and one.withdrawn_at is None,
    }
