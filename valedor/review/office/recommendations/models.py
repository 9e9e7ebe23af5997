"""What the office recommends to the company, beyond one case, and each word that was said to it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valedor.casefile.models import CaseRow
from valedor.casefile.seats import Seat
from valedor.foundation.known_words import known_words_only
from valedor.people.models import Entity
from valedor.review.office.models import Opinion


@known_words_only
class Recommendation(models.Model):
    """A general recommendation to the company: something it should do otherwise for everybody.

    It is about no case. The company knows of it from the moment it is written; where it stands is
    kept here beside the words that say so (``RecommendationWord``).
    """

    class Answer(models.TextChoices):
        FOLLOWED = "followed", pgettext_lazy("recommendation", "The company follows it")
        IN_PART = "in_part", pgettext_lazy("recommendation", "The company follows it in part")
        NOT_FOLLOWED = (
            "not_followed",
            pgettext_lazy("recommendation", "The company does not follow it"),
        )

    class Outcome(models.TextChoices):
        DONE = "done", pgettext_lazy("recommendation", "Done")
        NOT_DONE = "not_done", pgettext_lazy("recommendation", "Not done")

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    text = models.TextField()
    answer_by = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    do_by = models.DateField(null=True)  # By when the company does what it follows.
    said_done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True, default="")
    outcome_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recommendation_answered_at_a_moment",
                condition=models.Q(answer="", answered_at=None)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="recommendation_followed_up_at_a_moment",
                condition=models.Q(outcome="", outcome_at=None)
                | (~models.Q(outcome="") & models.Q(outcome_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["entity", "-written_at"], name="recommendations_newest")]


@known_words_only
class RecommendationWord(models.Model):
    """Something that was said to a recommendation: by whom, when, never changed afterwards."""

    class What(models.TextChoices):
        ANSWERED = "answered", _("What the company answered")
        SAID_DONE = "said_done", _("What the company says it did")
        FOLLOWED_UP = "followed_up", _("What the office found")

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", db_index=False)
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="words")
    what = models.CharField(max_length=11, choices=What.choices)
    stands = models.CharField(max_length=12, blank=True)  # The answer or the outcome it gave.
    text = models.TextField()
    do_by = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class RecommendedFrom(CaseRow):
    """That a recommendation comes from an opinion, among others. The office's own knowledge: the
    company sees it of those opinions only that were addressed to it (``Hearing``).
    """

    seats = models.PositiveSmallIntegerField(default=int(Seat.OMBUDSMAN))
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="sources")
    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="+")

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["recommendation", "opinion"], name="recommended_from_an_opinion_once"
            ),
        ]
