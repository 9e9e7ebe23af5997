"""The end of a case, what the areas concerned are told, its reopening, and corrections."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from valedor.casefile.seats import Seat
from valedor.foundation.known_words import known_words_only
from valedor.procedures.models import Area

from .steps import Step


@known_words_only
class Closure(Step):
    """That a case is closed, and on what ground."""

    class Reason(models.TextChoices):
        AGREED = "agreed", _("The person agrees")
        ANSWERED = "answered", _("Answered, and nothing was said against it in time")
        WITHDRAWN = "withdrawn", _("The person withdrew it")
        INADMISSIBLE = "inadmissible", _("Not admitted")
        NOT_COMPLETED = "not_completed", _("Not completed in the time given")
        NO_ANSWER_NEEDED = "no_answer_needed", _("No answer was needed")
        MERGED = "merged", _("It goes on in another case")
        SERVED = "served", _("Done what was asked for")
        ANSWERED_AT_ONCE = "answered_at_once", _("Answered at once")
        NOT_ATTENDED = "not_attended", _("The person did not come")
        CALLED_OFF = "called_off", _("The house called it off")

    reason = models.CharField(max_length=20, choices=Reason.choices)
    note = models.TextField(blank=True)
    undone_at = models.DateTimeField(null=True)


class Reopening(Step):
    """That a closed case goes on, and why."""

    reason = models.TextField()


class Correction(Step):
    """That something recorded was wrong.

    What it said, what it says now, and why. Both stay visible.
    """

    field = models.CharField(max_length=40)
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField()


class AreaNotice(Step):
    """That an area concerned was told what was complained of and what was done about it.

    An area sees only what it is asked or told: this row is all it sees of a closed case.
    """

    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    area = models.ForeignKey(Area, models.PROTECT, related_name="notices")
    complained_of = models.TextField()
    done = models.TextField()
    read_at = models.DateTimeField(null=True)

    class Meta(Step.Meta):
        indexes = [
            models.Index(
                fields=["area", "-at"],
                condition=models.Q(read_at=None),
                name="area_notice_unread",
            )
        ]
