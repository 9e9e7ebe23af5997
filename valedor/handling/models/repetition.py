"""That a case may be about what another, open one is about already."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from valedor.casefile.models import Case
from valedor.casefile.seats import Seat

from .steps import Step


class Repetition(Step):
    """A hint with what speaks for it (``intake.alike.Sign``), until somebody merges the two or says
    why they stay apart. No ``by`` means that the house found it, else whoever registered the case.
    ``told_at`` is when a mail told the person, at the address that both cases have.
    """

    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    other = models.ForeignKey(Case, models.PROTECT, related_name="+")
    signs = ArrayField(models.CharField(max_length=20), default=list)
    told_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    kept_apart_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    kept_apart_at = models.DateTimeField(null=True)

    class Meta(Step.Meta):
        constraints = [
            *Step.Meta.constraints,
            models.CheckConstraint(
                name="no_case_repeats_itself", condition=~models.Q(other=models.F("case"))
            ),
            models.UniqueConstraint(fields=["case", "other"], name="repetition_told_once"),
        ]
