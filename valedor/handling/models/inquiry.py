"""What is asked: of the person, to complete or to explain; of an area of the house."""

from django.conf import settings
from django.db import models

from valedor.casefile.models import Deadline, Entry
from valedor.foundation.known_words import known_words_only
from valedor.procedures.models import Area

from .steps import Step


class CureRequest(Step):
    """That a filing lacks what the regime asks for, and until when it can be completed."""

    missing = models.JSONField(default=list)
    words = models.TextField()
    cure_by = models.DateTimeField()
    cured_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)


@known_words_only
class Inquiry(Step):
    """A question to the person or to an area. It pauses a clock only where the regime allows it."""

    class To(models.TextChoices):
        COMPLAINANT = "complainant"
        AREA = "area"

    to = models.CharField(max_length=12, choices=To.choices)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="inquiries")
    question = models.TextField()
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", db_index=False)
    answer_by = models.DateTimeField(null=True)
    deadline = models.ForeignKey(
        Deadline, models.PROTECT, null=True, related_name="+", db_index=False
    )
    pauses = models.BooleanField(default=False)
    resumes_with = models.CharField(max_length=60, blank=True)  # The event that ends its pause.

    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    answer = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(Step.Meta):
        indexes = [
            models.Index(
                fields=["area", "at"],
                condition=models.Q(answered_at=None, withdrawn_at=None),
                name="inquiry_open_of_area",
            )
        ]
