"""Recommend, answer, say what was done, follow up: each changes the row under a lock, and leaves
a word that is never changed and a line in the administration log.
"""

from collections.abc import Sequence
from datetime import date, datetime

from valedor.casefile.viewing import viewer_of
from valedor.foundation.moments import local_day
from valedor.foundation.refusals import refuse_if
from valedor.people.acts import Act
from valedor.people.administration import record_change
from valedor.people.models import Account, Entity
from valedor.review.office.access import at_both_tables, files_visible_to
from valedor.review.office.precedents.models import Precedent
from valedor.review.office.queries import appointments_at
from valedor.review.office.recommendations import rules
from valedor.review.office.recommendations.models import (
    Recommendation,
    RecommendationWord,
    RecommendedFrom,
)

What = RecommendationWord.What


def recommend(
    entity: Entity,
    *,
    title: str,
    text: str,
    answer_by: date,
    by: Account,
    at: datetime,
    opinions: Sequence[int] = (),
) -> Recommendation:
    """Recommend something to the company, from signed opinions or from none. Raises ``Refused``."""
    viewer, today = viewer_of(by), local_day(at, entity.timezone)
    with at_both_tables(entity.pk):
        Entity.objects.select_for_update(no_key=True).get(pk=entity.pk)  # One at a time.
        refuse_if(
            rules.why_not_recommend(
                viewer,
                entity.pk,
                appointments_at(entity, on=today),
                today=today,
                title=title,
                text=text,
                answer_by=answer_by,
                is_said=Recommendation.objects.filter(
                    entity=entity, title=title.strip(), text=text.strip(), answer=""
                ).exists(),
            )
        )
        made = Recommendation.objects.create(
            entity=entity,
            title=title.strip(),
            text=text.strip(),
            answer_by=answer_by,
            written_at=at,
            written_by=by,
        )
        files = files_visible_to(viewer)
        for one in Precedent.objects.filter(
            opinion__in=opinions, entity=entity, case__in=files
        ).order_by("pk"):
            RecommendedFrom.objects.create(
                case_id=one.case_id,
                entity_id=entity.pk,
                recommendation=made,
                opinion_id=one.opinion_id,
            )
        after = {"title": made.title, "answer_by": answer_by.isoformat()}
        _log(made, Act.RECOMMENDATION_WRITTEN, after, by=by, at=at)
        return made


def answer(
    recommendation: Recommendation,
    *,
    answer: str,
    text: str,
    by: Account,
    at: datetime,
    do_by: date | None = None,
) -> Recommendation:
    """The company says whether it follows it, why, what it will do and by when. Raises
    ``Refused``.
    """
    viewer = viewer_of(by)
    with at_both_tables(recommendation.entity_id):
        one = _locked(recommendation)
        refuse_if(rules.why_not_answer(viewer, one, text=text, answer=answer))
        does_nothing = answer == Recommendation.Answer.NOT_FOLLOWED
        one.answer, one.answered_at = answer, at
        one.do_by = None if does_nothing else do_by
        one.save(update_fields=["answer", "answered_at", "do_by"])
        _say(one, What.ANSWERED, text, stands=answer, do_by=one.do_by, by=by, at=at)
        _log(one, Act.RECOMMENDATION_ANSWERED, {"answer": answer}, by=by, at=at)
        return one


def say_done(
    recommendation: Recommendation, *, text: str, by: Account, at: datetime
) -> Recommendation:
    """The company says what it did. Raises ``Refused``."""
    viewer = viewer_of(by)
    with at_both_tables(recommendation.entity_id):
        one = _locked(recommendation)
        said = _is_said(one, What.SAID_DONE, text)
        refuse_if(rules.why_not_say_done(viewer, one, text=text, is_said=said))
        one.said_done_at = at
        one.save(update_fields=["said_done_at"])
        _say(one, What.SAID_DONE, text, by=by, at=at)
        _log(one, Act.RECOMMENDATION_CARRIED_OUT, None, by=by, at=at)
        return one


def follow_up(
    recommendation: Recommendation, *, outcome: str, text: str, by: Account, at: datetime
) -> Recommendation:
    """The office finds it done or not done, and says how it knows. Raises ``Refused``."""
    viewer = viewer_of(by)
    with at_both_tables(recommendation.entity_id):
        one = _locked(recommendation)
        today = local_day(at, one.entity.timezone)
        said = _is_said(one, What.FOLLOWED_UP, text) and one.outcome == outcome
        refuse_if(
            rules.why_not_follow_up(
                viewer, one, today=today, text=text, outcome=outcome, is_said=said
            )
        )
        one.outcome, one.outcome_at = outcome, at
        one.save(update_fields=["outcome", "outcome_at"])
        _say(one, What.FOLLOWED_UP, text, stands=outcome, by=by, at=at)
        _log(one, Act.RECOMMENDATION_FOLLOWED_UP, {"outcome": outcome}, by=by, at=at)
        return one


def _locked(recommendation: Recommendation) -> Recommendation:
    found = Recommendation.objects.select_related("entity").select_for_update(of=("self",))
    return found.get(pk=recommendation.pk)


def _is_said(one: Recommendation, what: str, text: str) -> bool:
    """Whether the last word of its kind was the same: a form that was sent twice."""
    last = one.words.filter(what=what).order_by("at", "pk").last()
    return last is not None and last.text == text.strip()


def _say(
    one: Recommendation,
    what: str,
    text: str,
    *,
    by: Account,
    at: datetime,
    stands: str = "",
    do_by: date | None = None,
) -> None:
    RecommendationWord.objects.create(
        entity_id=one.entity_id,
        recommendation=one,
        what=what,
        stands=stands,
        text=text.strip(),
        do_by=do_by,
        by=by,
        at=at,
    )


def _log(
    one: Recommendation, act: Act, after: dict[str, str] | None, *, by: Account, at: datetime
) -> None:
    record_change(by, act.value, f"{one.entity.key}/{one.pk}", after=after, at=at)
