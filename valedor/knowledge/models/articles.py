"""Articles: what people and colleagues may look up, each saved wording kept."""

from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valedor.foundation.known_words import known_words_only
from valedor.foundation.multilingual import IN_LANGUAGES, MultilingualField
from valedor.people.models import Entity


class Shelf(models.TextChoices):
    """What kind of thing an article tells."""

    HOURS = "hours", _("Hours and ways to reach us")
    PLACES = "places", _("Places")
    PRODUCTS = "products", _("Products and how they are used")
    QUESTIONS = "questions", _("Questions and answers")
    OUTAGES = "outages", pgettext_lazy("shelf", "Cuts and faults")


class Article(models.Model):
    """One thing that is known, under a key that stays: its address on the portal of its entities.
    What it says, and for whom, is in its versions.
    """

    key = models.SlugField(max_length=40, unique=True)
    withdrawn_at = models.DateTimeField(null=True)


@known_words_only
class ArticleVersion(models.Model):
    """One saved wording. It is never changed: whoever corrects it saves the next one.

    What is shown on a day is the last published version whose ``valid_from`` has come; nothing
    where that one is past ``valid_until``, since an older wording is no better. ``keywords`` are
    words under which people look for it and that it does not say itself.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    entities = models.ManyToManyField(Entity, related_name="+")
    shelf = models.CharField(max_length=10, choices=Shelf.choices)
    title = MultilingualField()
    body = MultilingualField()
    keywords = MultilingualField()
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)

    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    saved_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="one_article_version_a_number"
            ),
            models.CheckConstraint(
                name="article_is_valid_from_before_until",
                condition=models.Q(valid_from=None)
                | models.Q(valid_until=None)
                | models.Q(valid_from__lte=models.F("valid_until")),
            ),
        ]


@known_words_only
class ArticleWords(models.Model):
    """The words of a published version in one language, for search: title and keywords weigh A,
    the text B. There are hundreds of them, not millions, so that no index is worth its writing.
    """

    version = models.ForeignKey(ArticleVersion, models.CASCADE, related_name="words")
    language = models.CharField(max_length=5, choices=IN_LANGUAGES)
    words = SearchVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "language"], name="words_of_a_version_once_a_language"
            )
        ]


class ArticleVerdict(models.Model):
    """How many said on a day that a version answered them, and how many that it did not. Nobody is
    named, and nothing tells who they were.
    """

    version = models.ForeignKey(ArticleVersion, models.PROTECT, related_name="verdicts")
    on = models.DateField()
    answered = models.PositiveIntegerField(default=0)
    not_answered = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "on"], name="one_verdict_a_version_and_day")
        ]
