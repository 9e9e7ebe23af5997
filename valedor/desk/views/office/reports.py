"""The yearly reports of the office: figures of a year, its words, and the day it is published."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from valedor.desk.forms.learning import ReportForm
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.foundation.moments import local_day, now
from valedor.foundation.refusals import Refusal, Refused
from valedor.people.models import Entity
from valedor.people.permissions import Permission
from valedor.review.office.queries import appointments_at
from valedor.review.office.report import actions, queries, rules
from valedor.review.office.report.counting import Figures, figures_of
from valedor.review.office.report.files import Kind, draft_file, kind_of, published_file
from valedor.review.office.report.models import YearReport
from valedor.review.office.report.told import sections_of
from valedor.telling import spoken

PLACE = "house:office_reports"


@require_safe
@staff_page(Permission.WORK_IN_OFFICE)
def reports(request: StaffRequest) -> HttpResponse:
    """The years of each entity, and how far the report of each is."""
    context = {
        "title": _("Yearly reports"),
        "entities": [_years(one) for one in queries.entities_of_office(request.viewer)],
    }
    return page(request, "desk/office/reports.html", context, place=PLACE)


def _years(entity: Entity) -> dict[str, Any]:
    this_year = local_day(now(), entity.timezone).year
    written = queries.reports_of(entity)
    first = min([queries.first_year(entity, this_year=this_year), *written])
    return {
        "name": entity.name,
        "years": [
            {
                "year": year,
                "url": reverse("desk:office_report", args=[entity.key, year]),
                "state": _state(written.get(year), entity.timezone),
                "is_published": year in written and written[year].published_at is not None,
            }
            for year in range(this_year, first - 1, -1)
        ],
    }


def _state(report: YearReport | None, zone: str) -> str:
    if report is None:
        return _("Not begun")
    if report.published_at is None:
        return _("Draft")
    return _("Published on %(day)s") % {
        "day": spoken.day(local_day(report.published_at, zone)),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.WORK_IN_OFFICE)
def report(request: StaffRequest, entity_key: str, year: int) -> HttpResponse:
    """The figures of a year with the words around them: a draft until it is published."""
    entity, found = _found(request, entity_key, year)
    refusal = rules.why_not_draft(request.viewer, entity.pk, found)
    typed, status = (request.POST.copy() if request.method == "POST" else None), 200
    form = ReportForm(typed, entity=entity, report=found)
    if typed is not None:
        status = 409 if refusal else 422
        if not refusal and form.is_valid():
            try:
                with transaction.atomic():
                    actions.draft(
                        entity,
                        year,
                        opening=form.words("opening"),
                        closing=form.words("closing"),
                        seen=form.cleaned_data["seen"],
                        by=request.user,
                        at=now(),
                    )
            except Refused as refused:
                form.add_error(None, str(refused.refusal))
                typed["seen"], status = found.mark if found else "", 409
            else:
                said = _("The draft is kept. Nobody outside the office reads it.")
                messages.success(request, said)
                return redirect("desk:office_report", entity_key=entity.key, year=year)
    is_published = found is not None and found.published_at is not None
    context = {
        **_about(entity, found, year),
        "form": None if is_published else form,
        "refusal": str(refusal or ""),
        "sections": sections_of(_figures(entity, found, year)),
        "is_published": is_published,
        "publish_url": ""
        if is_published
        else reverse("desk:office_report_publication", args=[entity.key, year]),
        "public_url": reverse("portal:ombudsman", args=[entity.key]) if is_published else "",
        "files": [
            {
                "name": kind.label,
                "url": reverse("desk:office_report_file", args=[entity.key, year, kind.value]),
            }
            for kind in Kind
        ],
    }
    return page(request, "desk/office/report.html", context, status=status, place=PLACE)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.GIVE_OPINION)
def publication(request: StaffRequest, entity_key: str, year: int) -> HttpResponse:
    """Publish the report: asked once more, since it stays as it is afterwards."""
    entity, found = _found(request, entity_key, year)
    refusal, status = _why_not(request, entity, found, year), 200
    if request.method == "POST":
        try:
            with transaction.atomic():
                actions.publish(entity, year, by=request.user, at=now())
        except Refused as refused:
            refusal, status = refused.refusal, 409
        else:
            messages.success(request, _("The report is on the public page of the office."))
            return redirect("desk:office_report", entity_key=entity.key, year=year)
    context = {
        **_about(entity, found, year),
        "refusal": str(refusal or ""),
        "back_url": reverse("desk:office_report", args=[entity.key, year]),
    }
    return page(request, "desk/office/report_publish.html", context, status=status, place=PLACE)


@require_safe
@staff_page(Permission.WORK_IN_OFFICE)
def file(request: StaffRequest, entity_key: str, year: int, kind: str) -> HttpResponse:
    """The report as a file, as it is published or would be now."""
    entity, found = _found(request, entity_key, year)
    language, wanted = spoken.language(), kind_of(kind)
    if found is not None and found.published_at is not None:
        made = published_file(found, wanted, language=language)
    else:
        made = draft_file(entity, year, found, wanted, language=language, at=now())
    response = made.as_response()
    response["Cache-Control"] = "private, no-store"
    return response


def _found(request: StaffRequest, entity_key: str, year: int) -> tuple[Entity, YearReport | None]:
    """The entity and its report. Raises ``Http404`` for another house and a year to come."""
    entity = queries.entity_of_office(request.viewer, entity_key)
    if year > local_day(now(), entity.timezone).year:
        raise Http404
    return entity, queries.report_of(entity, year)


def _figures(entity: Entity, found: YearReport | None, year: int) -> Figures:
    """As published; while it is a draft counted now, with what no report shows."""
    if found is not None and found.figures is not None:
        return dict(found.figures)
    return figures_of(entity, year, at=now())


def _about(entity: Entity, found: YearReport | None, year: int) -> dict[str, Any]:
    return {
        "title": _("Report of the year %(year)s") % {"year": year},
        "entity": entity.name,
        "state": _state(found, entity.timezone),
    }


def _why_not(
    request: StaffRequest, entity: Entity, found: YearReport | None, year: int
) -> Refusal | None:
    today = local_day(now(), entity.timezone)
    return rules.why_not_publish(
        request.viewer,
        entity.pk,
        found,
        appointments_at(entity, on=today),
        year=year,
        today=today,
        languages=entity.languages,
    )
