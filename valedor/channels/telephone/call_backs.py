"""That somebody is called at an hour: a promise with a clock, and each time that it was tried."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from valedor.casefile.models import CaseRow
from valedor.channels.telephone.models import Line
from valedor.foundation.known_words import known_words_only


@known_words_only
class CallBack(CaseRow):
    """A promise to call somebody about their case.

    Between ``from_at`` and ``due_at`` they wait for it, within the hours of the line; ``next_at``
    is until when it has to be tried next. ``is_for_lead``: they asked for a supervisor, who calls
    the same day (Ley 10/2025, art. 8.3).
    """

    class Outcome(models.TextChoices):
        SPOKE = "spoke", pgettext_lazy("call-back", "Spoken to")
        UNREACHED = "unreached", pgettext_lazy("call-back", "Not reached")
        CANCELLED = "cancelled", pgettext_lazy("call-back", "Cancelled")

    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="+", db_index=False)
    number = models.CharField(max_length=20)  # E.164.
    is_for_lead = models.BooleanField(default=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default="")

    asked_at = models.DateTimeField()
    from_at = models.DateTimeField()
    due_at = models.DateTimeField()
    next_at = models.DateTimeField()
    told_late_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(settled_at=None),
                name="one_call_back_a_case_at_a_time",
            ),
            models.CheckConstraint(
                name="call_back_that_is_settled_says_how",
                condition=models.Q(settled_at=None, outcome="")
                | (models.Q(settled_at__isnull=False) & ~models.Q(outcome="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["entity", "next_at"],
                condition=models.Q(settled_at=None),
                name="call_back_to_do",
            )
        ]


@known_words_only
class CallAttempt(CaseRow):
    """That somebody of the house called, and what came of it."""

    class Result(models.TextChoices):
        SPOKE = "spoke", pgettext_lazy("call-back", "We spoke")
        NO_ANSWER = "no_answer", pgettext_lazy("call-back", "Nobody answered")
        BUSY = "busy", pgettext_lazy("call-back", "Engaged")
        MACHINE = "machine", pgettext_lazy("call-back", "An answering machine")
        WRONG_NUMBER = "wrong_number", pgettext_lazy("call-back", "Wrong number")

    call_back = models.ForeignKey(CallBack, models.CASCADE, related_name="attempts")
    result = models.CharField(max_length=14, choices=Result.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
