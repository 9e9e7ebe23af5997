"""How the telephone is answered, in figures: a page, a file, and how many people a day needs."""

import csv
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from babel.dates import get_day_names
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from valedor.channels.telephone.service_limits import ServiceLimit, limit_of
from valedor.channels.telephone.staffing import Need, need
from valedor.design.parts import Figure
from valedor.desk import staffing_chart
from valedor.desk.forms.figures import FiguresForm, StaffingForm
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.desk.queries import call_figures as reading
from valedor.desk.queries.call_figures import Figures
from valedor.foundation.moments import local_day, now
from valedor.foundation.spoken_dates import locale_of
from valedor.foundation.spreadsheets import safe
from valedor.people.models import Entity
from valedor.procedures.house_rules import house_rules
from valedor.telling import spoken

PLACE = "house:call_figures"


@require_safe
@staff_page(*reading.LOOKS)
def call_figures(request: StaffRequest) -> HttpResponse:
    """Waits, answers in time and callers who hung up, by line and queue."""
    form = _form(request)
    context: dict[str, Any] = {
        "title": _("How calls are answered"),
        "form": form,
        "staffing_url": reverse("desk:call_staffing"),
        "calls_url": reverse("desk:call_figures"),
    }
    if form.is_valid():
        limit, found = _found(form)
        context |= {
            "limit_words": _limit_words(limit),
            "figures": _together(found, limit),
            "rows": [_row(one) for one in found],
            "csv_url": f"{reverse('desk:call_figures_csv')}?{request.GET.urlencode()}",
        }
    status = 422 if form.errors else 200
    return page(request, "desk/call_figures.html", context, status=status, place=PLACE)


@require_safe
@staff_page(*reading.LOOKS)
def call_figures_csv(request: StaffRequest) -> HttpResponse:
    """The same as a file, with waits in seconds."""
    form = _form(request)
    if not form.is_valid():
        return redirect(f"{reverse('desk:call_figures')}?{request.GET.urlencode()}")
    _limit, found = _found(form)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="calls-{form.chosen.key}.csv"'
    writer = csv.writer(answer)
    writer.writerow(
        ["slot", "line", "queue", "received", "answered", "answered_in_time", "abandoned",
         "median_wait_seconds", "wait_of_95_percent_seconds", "longest_wait_seconds"]
    )  # fmt: skip
    for one in found:
        waits = ["" if wait is None else round(wait) for wait in _waits(one)]
        writer.writerow(
            [one.slot, safe(one.line), safe(one.queue), one.received, one.answered, one.in_time,
             one.abandoned, *waits]
        )  # fmt: skip
    return answer


def _form(request: StaffRequest) -> FiguresForm:
    entities = _entities(request)
    today = local_day(now(), entities[0].timezone)
    return FiguresForm(entities, request.GET, today=today)


def _entities(request: StaffRequest) -> list[Entity]:
    """Those whose figures the viewer sees. Raises ``Http404`` where there is none."""
    found = reading.entities_looked_at(request.viewer)
    if not found:
        raise Http404
    return found


def _found(form: FiguresForm) -> tuple[ServiceLimit, Sequence[Figures]]:
    given = form.cleaned_data
    limit = _limit_of(form.chosen)
    return limit, reading.figures_of(
        form.chosen,
        begins=given["begins"],
        ends=given["ends"],
        by=given["by"],
        limit=limit.seconds,
    )


def _limit_of(entity: Entity) -> ServiceLimit:
    return limit_of(house_rules(entity.pk), on=local_day(now(), entity.timezone))


def _limit_words(limit: ServiceLimit) -> str:
    told = {
        "share": limit.share,
        "minutes": limit.seconds // 60,
        "article": limit.article,
    }
    if limit.is_promise:
        return (
            _(
                "The house promises to answer %(share)s %% of calls within %(minutes)s minutes, "
                "before the law binds it (%(article)s)."
            )
            % told
        )
    if limit.article:
        return (
            _("The law asks for %(share)s %% of calls within %(minutes)s minutes (%(article)s).")
            % told
        )
    return (
        _("No law sets a limit here: measured by %(share)s %% within %(minutes)s minutes.") % told
    )


def _together(found: Sequence[Figures], limit: ServiceLimit) -> list[Figure]:
    received = sum(one.received for one in found)
    in_time = sum(one.in_time for one in found)
    abandoned = sum(one.abandoned for one in found)
    longest = max((one.longest for one in found if one.longest is not None), default=None)
    return [
        Figure(name=_("Calls received"), value=str(received)),
        Figure(
            name=_("Answered in time"),
            value=_percent(in_time, received),
            beside=_("at least %(share)s %%") % {"share": limit.share},
        ),
        Figure(name=_("Hung up before"), value=_percent(abandoned, received)),
        Figure(name=_("Longest wait"), value=_clock(longest)),
    ]


def _row(one: Figures) -> dict[str, str]:
    median, nearly_all, longest = (_clock(wait) for wait in _waits(one))
    return {
        "slot": one.slot,
        "where": " · ".join(filter(None, (one.line, one.queue))) or _("No line"),
        "received": str(one.received),
        "answered": str(one.answered),
        "in_time": _percent(one.in_time, one.received),
        "abandoned": _percent(one.abandoned, one.received),
        "median": median,
        "nearly_all": nearly_all,
        "longest": longest,
    }


def _waits(one: Figures) -> tuple[float | None, float | None, float | None]:
    return one.median, one.nearly_all, one.longest


def _percent(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)} %" if whole else "–"


def _clock(seconds: float | None) -> str:
    return "–" if seconds is None else f"{int(seconds) // 60}:{int(seconds) % 60:02}"


# ------------------------------------------------------------------ people needed
@require_safe
@staff_page(*reading.LOOKS)
def call_staffing(request: StaffRequest) -> HttpResponse:
    """How many people each half hour of a weekday needs, by what it brought before (Erlang C)."""
    entities = _entities(request)
    today = local_day(now(), entities[0].timezone)
    form = StaffingForm(entities, _weekdays(), request.GET, today=today)
    context: dict[str, Any] = {
        "title": _("How many people the telephone needs"),
        "form": form,
        "calls_url": reverse("desk:call_figures"),
    }
    if form.is_valid():
        limit = _limit_of(form.chosen)
        given = form.cleaned_data
        loads = reading.loads_of(
            form.chosen,
            begins=today - timedelta(weeks=given["weeks"]),
            ends=today - timedelta(days=1),
            weekday=given["weekday"],
        )
        needs = [
            (
                one,
                need(
                    one.calls,
                    handling=one.handling + given["after"],
                    limit=limit.seconds,
                    share=limit.share / 100,
                ),
            )
            for one in loads
        ]
        context |= {
            "limit_words": _limit_words(limit),
            "rows": [_need_row(one, found) for one, found in needs],
            "chart": staffing_chart.chart_of([(one.slot, found) for one, found in needs]),
        }
    status = 422 if form.errors else 200
    return page(request, "desk/call_staffing.html", context, status=status, place=PLACE)


def _weekdays() -> list[tuple[int, str]]:
    names = get_day_names("wide", locale=locale_of(spoken.language()))
    return [(number + 1, names[number]) for number in range(7)]


def _need_row(load: reading.Load, found: Need) -> dict[str, str]:
    return {
        "slot": load.slot,
        "calls": f"{load.calls:.1f}",
        "handling": _clock(load.handling),
        "agents": str(found.agents),
        "share": f"{round(100 * found.share)} %",
        "busy": f"{round(100 * found.busy)} %",
    }
