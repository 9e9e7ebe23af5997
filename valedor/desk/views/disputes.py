"""The cases before other bodies: which, whose turn it is, and what they came to."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from valedor.casefile.queues import Key, cursor_of, read_cursor
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.disputes.models import Referral
from valedor.disputes.referral.bodies import called, outside_kinds
from valedor.disputes.referral.queries import around, before_bodies, results_by_kind
from valedor.disputes.referral.told import tag_of, whose_turn
from valedor.foundation.moments import local_day, now
from valedor.people.permissions import Permission
from valedor.procedures.house_rules import house_rules
from valedor.procedures.vocabulary_tables import word
from valedor.telling import spoken

PLACE = "house:disputes"
MOST = 50


@require_safe
@staff_page(Permission.HANDLE, Permission.AUDIT)
def disputes(request: StaffRequest) -> HttpResponse:
    """Those that go on, or those that are over (``?over``), the newest first, from a place on."""
    at, address, is_over = now(), reverse("desk:disputes"), "over" in request.GET
    kind = request.GET.get("kind", "")
    kind = kind if kind in outside_kinds() else ""
    _backward, place, trouble = read_cursor(request.GET.get("cursor", ""))
    found = before_bodies(
        request.viewer,
        goes_on=not is_over,
        kind=kind,
        before=place,
        most=MOST + 1,
    )
    shown = found[:MOST]
    narrowed = "&".join(
        part for part in ("over" if is_over else "", kind and f"kind={kind}") if part
    )
    known = around(shown)
    context = {
        "title": _("Before other bodies"),
        "tabs": [
            {"name": _("Going on"), "url": address, "is_current": not is_over},
            {"name": _("Over"), "url": f"{address}?over", "is_current": is_over},
        ],
        "rows": [_row(one, known.hearing_dates, known.proposals, at=at) for one in shown],
        "next": f"{address}?{narrowed}&cursor={_place_after(shown[-1])}"
        if len(found) > MOST
        else "",
        "trouble": trouble,
        "first": f"{address}?{narrowed}" if request.GET.get("cursor") else "",
        "results": _results(request, at),
        "search_url": reverse("desk:search"),
        "register_url": reverse("desk:register") if request.viewer.may(Permission.REGISTER) else "",
    }
    return page(request, "desk/disputes.html", context, place=PLACE)


def _row(
    one: Referral, hearings: dict[int, Any], proposals: dict[int, Any], *, at: datetime
) -> dict[str, Any]:
    house = house_rules(one.entity_id)
    is_late = (
        one.state == Referral.State.NOTIFIED
        and one.deadline is not None
        and one.deadline.due_at is not None
        and one.deadline.due_at <= at
    )
    return {
        "body": called(one, house),
        "number": one.body_reference,
        "reference": one.case.reference,
        "subject": one.case.subject,
        "entity": one.case.entity.name,
        "person": one.case.complainant.name if one.case.complainant else "",
        "url": f"{reverse('desk:case', args=[one.case.reference])}#referral_{one.pk}",
        "tag": tag_of(one),
        "tone": "late" if is_late else "",
        "turn": whose_turn(one, hearings.get(one.pk, ()), proposals.get(one.pk, ()), house, at=at),
        "since": spoken.day(local_day(one.opened_at, one.case.entity.timezone)),
    }


def _results(request: StaffRequest, at: datetime) -> dict[str, Any]:
    year = at.year
    return {
        "year": str(year),
        "rows": [
            {
                "body": _capital(word("bodies", kind)),
                "result": _capital(word("results", result)),
                "number": number,
            }
            for kind, result, number in results_by_kind(request.viewer, year=year)
        ],
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _place_after(one: Referral) -> str:
    return cursor_of(Key(one.opened_at, one.pk), backward=False)
