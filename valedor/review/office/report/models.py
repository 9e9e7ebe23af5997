"""The report of a year: a draft behind the wall, then a public paper that stays as it is."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from valedor.foundation.known_words import known_words_only
from valedor.foundation.multilingual import IN_LANGUAGES, MultilingualField
from valedor.people.models import Entity


class YearReport(models.Model):
    """What the office reports of one year at an entity. Until it is published the office alone
    reads what it says (``migrations/0004``), and its figures are counted anew each time; published,
    it is final, figures and all.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    opening = MultilingualField()
    closing = MultilingualField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    figures = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "year"], name="one_report_a_year"),
            models.CheckConstraint(
                name="published_report_has_its_figures",
                condition=models.Q(published_at=None, figures=None, published_by=None)
                | models.Q(
                    published_at__isnull=False, figures__isnull=False, published_by__isnull=False
                ),
            ),
        ]

    @property
    def mark(self) -> str:
        """By what it is known which words somebody has before them."""
        return self.saved_at.isoformat()


@known_words_only
class YearReportPaper(models.Model):
    """A published report as a PDF in one language: the same bytes for whoever fetches it."""

    report = models.ForeignKey(YearReport, models.PROTECT, related_name="papers")
    language = models.CharField(max_length=5, choices=IN_LANGUAGES)
    pdf = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "language"], name="one_paper_a_report_and_language"
            )
        ]
