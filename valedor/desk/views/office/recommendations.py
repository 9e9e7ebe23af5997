"""General recommendations: the office writes and follows them up, the company answers."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from valedor.desk.forms.learning import (
    FollowUpForm,
    RecommendationAnswerForm,
    RecommendForm,
    SaidDoneForm,
)
from valedor.desk.pages import StaffRequest, page, staff_page
from valedor.foundation.moments import local_day, now
from valedor.foundation.refusals import Refusal, Refused
from valedor.people.permissions import Permission
from valedor.review.office.precedents.queries import Narrowing, precedents
from valedor.review.office.recommendations import actions, queries, rules
from valedor.review.office.recommendations.models import Recommendation, RecommendationWord
from valedor.review.office.report.told import became_of
from valedor.telling import spoken

What = RecommendationWord.What
OFFICE, COMPANY = "house:office_recommendations", "house:recommendations"
_OFFERED = 60
"""So many of the newest opinions are offered as what a recommendation comes from."""


# ------------------------------------------------------------------ the office
@require_safe
@staff_page(Permission.WORK_IN_OFFICE)
def written(request: StaffRequest) -> HttpResponse:
    """What the office has recommended, and what came of it."""
    may = request.viewer.may(Permission.GIVE_OPINION)
    context = {
        "title": _("Recommendations to the company"),
        "rows": [
            _row(one, reverse("desk:office_recommendation", args=[one.pk]))
            for one in queries.written_by_office(request.viewer)
        ],
        "new_url": reverse("desk:office_recommendation_new") if may else "",
    }
    return page(request, "desk/office/recommendations.html", context, place=OFFICE)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.GIVE_OPINION)
def new(request: StaffRequest) -> HttpResponse:
    """Recommend something to the company: it reads it at once."""
    known = precedents(request.viewer, "", Narrowing(), size=_OFFERED)
    form = RecommendForm(
        request.POST if request.method == "POST" else None,
        entities=queries.entities_that_recommend(request.viewer),
        precedents=[one.precedent for one in known.found],
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                made = actions.recommend(
                    form.chosen,
                    title=given["title"],
                    text=given["text"],
                    answer_by=given["answer_by"],
                    opinions=form.opinions_chosen,
                    by=request.user,
                    at=now(),
                )
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, _("The company reads it now."))
            return redirect("desk:office_recommendation", number=made.pk)
    context = {
        "title": _("Recommend something to the company"),
        "form": form,
        "back_url": reverse("desk:office_recommendations"),
    }
    status = 422 if form.errors else 200
    return page(
        request, "desk/office/recommendation_new.html", context, status=status, place=OFFICE
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.WORK_IN_OFFICE)
def one_of_office(request: StaffRequest, number: int) -> HttpResponse:
    """One of them with every word that was said to it; the office says what it found."""
    one = queries.one_of_office(request.viewer, number)
    refusal = rules.why_not_follow_up(request.viewer, one, today=_today(one))
    form = FollowUpForm(request.POST if request.method == "POST" else None)
    context = {
        "place": OFFICE,
        "form": None if one.outcome == Recommendation.Outcome.DONE else form,
        "refusal": str(refusal or ""),
        "button": _("Keep it"),
        "form_title": _("Follow it up"),
        "opinions": [
            {
                "name": f"{each.case.reference} · {each.case.subject}",
                "url": reverse("desk:office_file", args=[each.case.reference]),
            }
            for each in queries.opinions_behind(request.viewer, one)
        ],
    }

    def act() -> str:
        given = form.cleaned_data
        actions.follow_up(
            one, outcome=given["outcome"], text=given["text"], by=request.user, at=now()
        )
        return _("The company reads what the office found.")

    return _answer(request, one, form, act, "desk:office_recommendation", context)


# ------------------------------------------------------------------ the company
@require_safe
@staff_page(*queries.READ_FOR_THE_COMPANY)
def received(request: StaffRequest) -> HttpResponse:
    """What the ombudsman recommends to the company: what waits for its word, or everything."""
    shows_all = "all" in request.GET
    address = reverse("desk:recommendations")
    context = {
        "title": _("Recommendations of the ombudsman"),
        "tabs": [
            {"name": _("Waits for our word"), "url": address, "is_current": not shows_all},
            {"name": _("Everything"), "url": f"{address}?all", "is_current": shows_all},
        ],
        "rows": [
            _row(one, reverse("desk:recommendation", args=[one.pk]))
            for one in queries.for_company(request.viewer, waiting=not shows_all)
        ],
    }
    return page(request, "desk/office/recommendations.html", context, place=COMPANY)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*queries.READ_FOR_THE_COMPANY)
def one_for_company(request: StaffRequest, number: int) -> HttpResponse:
    """One of them: the company says whether it follows it, and later what it did."""
    one = queries.one_for_company(request.viewer, number)
    typed = request.POST if request.method == "POST" else None
    form, refusal = _form_of(one, request, typed)
    context = {
        "place": COMPANY,
        "form": form,
        "refusal": str(refusal or ""),
        "button": _("Send it to the office"),
        "form_title": _("What we say") if not one.answer else _("What was done"),
        "opinions": [
            {
                "name": f"{each.case.reference} · {each.file_reference}",
                "url": reverse("desk:hearing", args=[each.pk]),
            }
            for each in queries.heard_of(request.viewer, one)
        ],
    }

    def act() -> str:
        given, at = form.cleaned_data if form is not None else {}, now()
        if isinstance(form, RecommendationAnswerForm):
            actions.answer(
                one,
                answer=given["answer"],
                text=given["text"],
                do_by=given["do_by"],
                by=request.user,
                at=at,
            )
        else:
            actions.say_done(one, text=given["text"], by=request.user, at=at)
        return _("The office has it.")

    return _answer(request, one, form, act, "desk:recommendation", context)


def _form_of(
    one: Recommendation, request: StaffRequest, typed: QueryDict | None
) -> tuple[forms.Form | None, Refusal | None]:
    """What can be said to it now, and why this viewer may not. A page that was open while somebody
    else answered is told so: what was typed there is no word on what was done.
    """
    refusal = rules.why_not_answer(request.viewer, one)
    if not one.answer or (typed is not None and typed.get("act") == What.ANSWERED):
        return RecommendationAnswerForm(typed, today=_today(one)), refusal
    refusal = rules.why_not_say_done(request.viewer, one)
    if refusal is not None and refusal.code in {"not_followed", "done_already"}:
        return None, refusal
    return SaidDoneForm(typed), refusal


# ------------------------------------------------------------------ both
def _answer(
    request: StaffRequest,
    one: Recommendation,
    form: forms.Form | None,
    act: Callable[[], str],
    name: str,
    context: dict[str, Any],
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = 409 if context["refusal"] else 422
        if form is not None and not context["refusal"] and form.is_valid():
            try:
                with transaction.atomic():
                    said = act()
            except Refused as refused:
                form.add_error(None, str(refused.refusal))
                status = 409
            else:
                messages.success(request, said)
                return redirect(name, number=one.pk)
    shown = {
        "title": one.title,
        "one": _row(one, ""),
        "words": [_word(each, one) for each in queries.words_of(one)],
        **context,
    }
    place = context["place"]
    return page(request, "desk/office/recommendation.html", shown, status=status, place=place)


def _row(one: Recommendation, url: str) -> dict[str, Any]:
    zone = one.entity.timezone
    waits = not one.answer and not one.outcome
    return {
        "title": one.title,
        "text": one.text,
        "url": url,
        "entity": one.entity.name,
        "language": one.entity.default_language,
        "by": one.written_by.name,
        "written": spoken.stamp(one.written_at, zone),
        "state": became_of(one.answer, one.outcome),
        "until": spoken.day(one.answer_by) if waits else "",
        "is_late": waits and _today(one) > one.answer_by,
        "do_by": spoken.day(one.do_by) if one.do_by and not one.outcome else "",
        "is_done": one.outcome == Recommendation.Outcome.DONE,
    }


def _word(each: RecommendationWord, one: Recommendation) -> dict[str, Any]:
    stands = ""
    if each.what == What.ANSWERED:
        stands = str(Recommendation.Answer(each.stands).label)
    elif each.what == What.FOLLOWED_UP:
        stands = str(Recommendation.Outcome(each.stands).label)
    return {
        "what": str(each.get_what_display()),
        "stands": stands,
        "text": each.text,
        "by": each.by.name,
        "when": spoken.stamp(each.at, one.entity.timezone),
        "do_by": spoken.day(each.do_by) if each.do_by else "",
    }


def _today(one: Recommendation) -> date:
    return local_day(now(), one.entity.timezone)
