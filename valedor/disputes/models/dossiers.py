"""Dossiers: the file of a case as one document for a third body."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import pgettext_lazy

from valedor.casefile.models import CaseRow, Document
from valedor.casefile.seats import Seat
from valedor.foundation.known_words import known_words_only
from valedor.foundation.multilingual import IN_LANGUAGES


@known_words_only
class Dossier(CaseRow):
    """That somebody asked for the dossier of a case, for whom, and how far it has come.

    Its seats are those of whoever had it made: the company's dossier is the company's, and one that
    the person takes along (``by`` nobody of the staff) is theirs. A
    redacted copy takes in only the documents that somebody looked at and chose (``chosen``).
    ``left_out`` counts what is not in it, by the reason.
    """

    class Copy(models.TextChoices):
        FULL = "full", pgettext_lazy("dossier", "Full copy")
        REDACTED = "redacted", pgettext_lazy("dossier", "Redacted copy")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("dossier", "Waiting")
        MAKING = "making", pgettext_lazy("dossier", "Being made")
        READY = "ready", pgettext_lazy("dossier", "Ready")
        FAILED = "failed", pgettext_lazy("dossier", "Not made")

    body = models.CharField(max_length=200)
    copy = models.CharField(max_length=10, choices=Copy.choices)
    language = models.CharField(max_length=5, choices=IN_LANGUAGES)
    with_working = models.BooleanField(default=False)
    chosen = ArrayField(models.BigIntegerField(), default=list)

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(null=True)
    files = models.PositiveIntegerField(null=True)
    is_stamped = models.BooleanField(default=False)
    left_out = models.JSONField(default=dict)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="+", db_index=False
    )

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                name="dossier_that_is_ready_has_its_file",
                condition=~models.Q(state="ready")
                | models.Q(document__isnull=False, ready_at__isnull=False, pages__isnull=False),
            ),
            models.CheckConstraint(
                name="dossier_of_a_house_says_who_asked",
                condition=models.Q(by__isnull=False) | models.Q(seats=int(Seat.COMPLAINANT)),
            ),
        ]
