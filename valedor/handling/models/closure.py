"""The end of a case, its reopening, and corrections."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .steps import Step


class Closure(Step):
    """That a case is closed, and on what ground."""

    class Reason(models.TextChoices):
        AGREED = "agreed", _("The person agrees")
        ANSWERED = "answered", _("Answered, and nothing was said against it in time")
        WITHDRAWN = "withdrawn", _("The person withdrew it")
        INADMISSIBLE = "inadmissible", _("Not admitted")
        NOT_COMPLETED = "not_completed", _("Not completed in the time given")
        NO_ANSWER_NEEDED = "no_answer_needed", _("No answer was needed")

    reason = models.CharField(max_length=20, choices=Reason.choices)
    note = models.TextField(blank=True)
    undone_at = models.DateTimeField(null=True)


class Reopening(Step):
    """That a closed case goes on, and why."""

    reason = models.TextField()


class Correction(Step):
    """That something recorded was wrong: what it said, what it says now, and why. Both stay visible."""

    field = models.CharField(max_length=40)
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField()
