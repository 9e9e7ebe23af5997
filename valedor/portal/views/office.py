"""The ombudsman on the portal: who holds the office, and the way there."""

from datetime import datetime
from typing import Any

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from valedor.casefile.actors import COMPLAINANT
from valedor.casefile.models import Case
from valedor.casefile.seats import OFFICE_FILE
from valedor.channels.web_form.first_hand import FirstHandForm, submission_of
from valedor.channels.web_form.left_over import FIRST_HAND
from valedor.channels.web_form.multipart import Unreadable
from valedor.channels.web_form.registering import sent_again
from valedor.channels.web_form.tokens import FormToken, new_token
from valedor.foundation.moments import now
from valedor.foundation.refusals import Refused
from valedor.portal import admission, places, queries, receipts
from valedor.portal.forms import ToTheOmbudsmanForm
from valedor.portal.inside import Inside, inside, page_of_case, to_the_office
from valedor.portal.office import brought_there, go_there, why_not_there
from valedor.portal.posts import Posted, not_ours, token_for
from valedor.portal.views.asking import held, not_kept
from valedor.portal.views.office_report import rows_of as reports_of
from valedor.portal.views.registering import Also, keep_and_read
from valedor.procedures.house_rules import HouseRules
from valedor.review.office.actions.bring import bring_first_hand
from valedor.review.office.models import Appointment
from valedor.review.office.queries import appointments_of, is_declared, office_of
from valedor.telling import spoken


# ------------------------------------------------------------------ who holds it
@login_not_required
@require_safe
def the_office(request: HttpRequest, entity_key: str) -> HttpResponse:
    """Who holds the office, named by whom, until when, and what it can do: a public record."""
    house, at = places.house_of(request, entity_key), now()
    office = office_of(house, at=at)
    if office is None:
        raise Http404
    day = spoken.local_day(at, house.entity.timezone)
    rows = [_row(one, day) for one in appointments_of(house.entity)]
    return places.page(
        request,
        "office.html",
        house,
        {
            "office": str(office),
            "holders": sorted(
                (row for row in rows if row["is_now"]), key=lambda row: bool(row["is_substitute"])
            ),
            "before": [row for row in rows if not row["is_now"]],
            "reports": reports_of(house.entity),
        },
    )


def _row(one: Appointment, day: Any) -> dict[str, Any]:
    is_now = one.begins_on <= day <= one.ends_on and one.ended_on is None
    return {
        "name": one.account.name,
        "title": str(one.title),
        "standing": str(one.standing),
        "appointed_by": one.appointed_by,
        "from": spoken.day(one.begins_on),
        "until": spoken.day(one.ended_on or one.ends_on),
        "is_substitute": one.substitute_for_id is not None,
        "is_declared": is_declared(one, on=day),
        "is_now": is_now,
        "end_reason": one.end_reason,
    }


# ------------------------------------------------------------------ first-hand
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def first_hand(request: HttpRequest, entity_key: str) -> HttpResponse:
    """Criticism, a suggestion or a complaint brought straight to the office. The post is kept,
    behind the wall, before anything reads it.
    """
    house, at = places.house_of(request, entity_key), now()
    if office_of(house, at=at) is None:
        raise Http404
    if request.method != "POST":
        return _first_hand_page(request, house, FirstHandForm())
    try:
        sent = keep_and_read(request, house, FIRST_HAND, at=at, seats=OFFICE_FILE)
    except OSError:
        return places.page(request, "failed.html", house, status=503)
    except Unreadable:
        return _first_hand_page(request, house, FirstHandForm(), status=422)
    if (before := sent.already()) is not None:
        return _filed(request, house, before, sent.token, at=at)
    if not sent.is_meant:  # In another language, say: it is not judged yet.
        form = FirstHandForm(initial=sent.typed)
        return _first_hand_page(request, house, form, token=sent.hold())
    form = FirstHandForm(sent.post.fields)
    if sent.token is None:
        form.add_error(None, not_ours())
    if sent.token is None or not form.is_valid():
        return _first_hand_page(request, house, form, token=sent.hold(), status=422)

    def register(origin: dict[str, Any], also: Also) -> Case:
        submission = submission_of(form, house, **origin)
        return bring_first_hand(submission, by=COMPLAINANT, at=at, also=also).file

    file = sent.registered(sent.token, register)
    return _filed(request, house, file, sent.token, at=at)


def _first_hand_page(
    request: HttpRequest,
    house: HouseRules,
    form: FirstHandForm,
    *,
    token: FormToken | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "token": str(token or new_token()),
        "office": str(office_of(house, at=now()) or ""),
        "language_form": "first_hand",
    }
    return places.page(request, "office_bring.html", house, context, status=status)


def _filed(
    request: HttpRequest, house: HouseRules, file: Case, token: FormToken | None, *, at: datetime
) -> HttpResponse:
    """Reference and code, shown this once; the browser is let in. A form that is sent twice shows
    them again, as long as the code is the one that was made for it.
    """
    filed = receipts.registered_from(file, token.secret if token else "")
    if not filed.access_code:
        return redirect("portal:sign_in", entity_key=house.entity.key)
    links = [house.entity.key, file.reference]
    response = places.page(
        request,
        "office_filed.html",
        house,
        {
            "case": file,
            "access_code": filed.access_code,
            "office": str(office_of(house, at=at) or ""),
            "file_url": reverse("portal:case", args=links),
        },
    )
    admission.let_in(response, file, via="code", at=at)
    return response


# ------------------------------------------------------------------ from a case of the company
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@inside
@to_the_office
def to_the_ombudsman(place: Inside) -> HttpResponse:
    """Take one's case to the ombudsman, with what is not accepted of the answer."""
    posted, form, trouble = place.posted, ToTheOmbudsmanForm(), ""
    if posted is not None and (before := _sent_before(place, posted)):
        return before
    read = queries.file_of(place.case)
    refusal = str(why_not_there(place, read, brought_there(place)) or "")
    if posted is not None and posted.is_step:
        form = ToTheOmbudsmanForm(initial={"text": posted.text})
    elif posted is not None:
        form, trouble = ToTheOmbudsmanForm(posted.post.fields), posted.trouble()
        if not trouble and not refusal and form.is_valid():
            try:
                file, sentences = go_there(place, posted)
            except Refused as now_refused:
                if before := _sent_before(place, posted):  # By the same form, at the same moment.
                    return before
                refusal = str(now_refused.refusal)
            except OSError:
                trouble = not_kept()
            else:
                for sentence in sentences:
                    notices.warning(place.request, sentence)
                return _filed(place.request, place.house, file, posted.token, at=place.at)
    is_wrong = posted is not None and not posted.is_step
    context = {
        "case": place.case,
        "form": form,
        "office": str(office_of(place.house, at=place.at) or ""),
        "points": _points(posted, [one.text for one in read.state.grievances]),
        "refusal": refusal,
        "limits": receipts.limits_in_words(),
        "token": token_for(place.case),
        "back_url": page_of_case(place),
        "office_url": reverse("portal:ombudsman", args=[place.house.entity.key]),
    }
    if posted is not None:
        context |= held(place, posted, trouble)
    context["language_form"] = "to_the_ombudsman"
    status = 200 if not is_wrong else 409 if refusal else 422
    return places.page(place.request, "to_the_ombudsman.html", place.house, context, status=status)


def _sent_before(place: Inside, posted: Posted) -> HttpResponse | None:
    """What was shown for the very same form, if it was sent already."""
    file = sent_again(place.house.entity.pk, posted.raw_id, posted.token.secret)
    if file is None:
        return None
    return _filed(place.request, place.house, file, posted.token, at=place.at)


def _points(posted: Posted | None, points: list[str]) -> list[tuple[str, bool]]:
    """The points of the case, and whether each is ticked: all of them, until somebody chose."""
    chosen = points if posted is None else posted.post.fields.getlist("point")
    return [(one, one in chosen) for one in points]
