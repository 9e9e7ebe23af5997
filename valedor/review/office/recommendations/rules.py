"""Why not: recommending something to the company, and each answer to it. Pure."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext_lazy as _

from valedor.casefile.viewing import Viewer
from valedor.foundation.refusals import Refusal
from valedor.people.permissions import Permission
from valedor.review.office.models import Appointment
from valedor.review.office.queries import is_declared
from valedor.review.office.recommendations.models import Recommendation

Answer, Outcome = Recommendation.Answer, Recommendation.Outcome

SPEAK_FOR_THE_COMPANY = (Permission.REVIEW, Permission.APPROVE)
"""Leads and approvers answer for the house as a whole: it is about no case."""

LONGEST_TITLE, LONGEST_TEXT = 160, 20_000


def why_not_recommend(
    viewer: Viewer,
    entity_id: int,
    appointments: Collection[Appointment],
    *,
    today: date,
    title: str | None = None,
    text: str | None = None,
    answer_by: date | None = None,
    is_said: bool = False,
) -> Refusal | None:
    """Whether somebody may recommend something to the company: whoever signs opinions. ``is_said``
    is whether the same words wait for an answer already: a form sent twice is one recommendation.
    """
    if not viewer.within(entity_id).may(Permission.GIVE_OPINION):
        return Refusal(
            "not_permitted", _("Only whoever holds the office recommends something to the company.")
        )
    own = next((one for one in appointments if one.account_id == viewer.account_id), None)
    if own is None:
        return Refusal("not_appointed", _("You do not hold the office today."))
    if not is_declared(own, on=today):
        return Refusal("not_declared", _("Declare your ties first: it is renewed each year."))
    if title is not None and not 0 < len(title.strip()) <= LONGEST_TITLE:
        return Refusal("title_missing", _("Say in one line what is recommended."))
    if answer_by is not None and answer_by <= today:
        return Refusal("day_over", _("This day is over. Choose a later one."))
    return _no_text(text) or _said(is_said)


def why_not_answer(
    viewer: Viewer, one: Recommendation, *, text: str | None = None, answer: str | None = None
) -> Refusal | None:
    """The company says whether it follows a recommendation, once, with what it will do or why it
    does not.
    """
    if refusal := _not_the_company(viewer, one):
        return refusal
    if one.answer:
        return Refusal("answered", _("This was answered already."))
    if answer is not None and answer not in Answer.values:
        return Refusal("answer_unknown", _("Choose one of these."))
    return _no_text(text)


def why_not_say_done(
    viewer: Viewer, one: Recommendation, *, text: str | None = None, is_said: bool = False
) -> Refusal | None:
    """The company says what it did of what it follows, as often as there is something to say,
    until the office has found it done.
    """
    if refusal := _not_the_company(viewer, one):
        return refusal
    if one.answer not in {Answer.FOLLOWED, Answer.IN_PART}:
        return Refusal(
            "not_followed", _("The company has not said that it follows the recommendation.")
        )
    if one.outcome == Outcome.DONE:
        return Refusal("done_already", _("The office has found it done."))
    return _no_text(text) or _said(is_said)


def why_not_follow_up(
    viewer: Viewer,
    one: Recommendation,
    *,
    today: date,
    text: str | None = None,
    outcome: str | None = None,
    is_said: bool = False,
) -> Refusal | None:
    """The office finds it done or not done, once the company has answered or let the day pass."""
    if not viewer.within(one.entity_id).may(Permission.WORK_IN_OFFICE):
        return Refusal("not_permitted", _("Your role does not let you work in the office."))
    if one.outcome == Outcome.DONE:
        return Refusal("done_already", _("The office has found it done."))
    if not one.answer and today <= one.answer_by:
        return Refusal("company_owes", _("The company may still answer."))
    if outcome is not None and outcome not in Outcome.values:
        return Refusal("outcome_unknown", _("Choose one of these."))
    return _no_text(text) or _said(is_said)


def _not_the_company(viewer: Viewer, one: Recommendation) -> Refusal | None:
    here = viewer.within(one.entity_id)
    if not any(here.may(permission) for permission in SPEAK_FOR_THE_COMPANY):
        return Refusal("not_permitted", _("Your role does not let you answer for the company."))
    return None


def _said(is_said: bool) -> Refusal | None:
    return (
        Refusal("said_already", _("This was said already, in the same words.")) if is_said else None
    )


def _no_text(text: str | None) -> Refusal | None:
    if text is None:
        return None
    if not text.strip():
        return Refusal("text_missing", _("Write something."))
    if len(text) > LONGEST_TEXT:
        return Refusal("text_too_long", _("This is longer than anybody reads: shorten it."))
    return None
