"""Cases that belong together: related ones, and those that go on in another one."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from valedor.casefile.models import Case
from valedor.casefile.seats import Seat
from valedor.foundation.known_words import known_words_only

from .steps import Step


@known_words_only
class CaseRelation(Step):
    """That two cases have to do with each other: a pointer for the staff, which moves nothing.

    One that was split off stands under the case that it comes from.
    """

    class Kind(models.TextChoices):
        RELATED = "related"
        SPLIT_OFF = "split_off"

    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    other = models.ForeignKey(Case, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.RELATED)
    note = models.TextField(blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)

    class Meta(Step.Meta):
        constraints = [
            *Step.Meta.constraints,
            models.CheckConstraint(
                name="no_case_relates_to_itself", condition=~models.Q(other=models.F("case"))
            ),
            models.UniqueConstraint(
                fields=["case", "other"],
                condition=models.Q(ended_at=None),
                name="cases_related_once",
            ),
        ]


class CaseMerge(Step):
    """That a case goes on in another one, received no later; taking it back ends the row.

    ``stopped`` are the limits of the merged case that ran until then, and run again if it is taken
    back; ``points`` those of the surviving case that were copied from the merged one.
    ``between_people`` says that the two were filed by different people who agreed to have one case.
    """

    kept = models.ForeignKey(Case, models.PROTECT, related_name="+")
    reason = models.TextField()
    between_people = models.BooleanField(default=False)
    stopped = ArrayField(models.BigIntegerField(), default=list)
    points = ArrayField(models.BigIntegerField(), default=list)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    undone_at = models.DateTimeField(null=True)

    class Meta(Step.Meta):
        constraints = [
            *Step.Meta.constraints,
            models.CheckConstraint(
                name="no_case_goes_on_in_itself", condition=~models.Q(kept=models.F("case"))
            ),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(undone_at=None), name="case_merged_once"
            ),
        ]
