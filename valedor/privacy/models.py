"""What keeps a case from being erased."""

from django.conf import settings
from django.db import models

from valedor.casefile.models import CaseRow
from valedor.casefile.seats import Seat


class LegalHold(CaseRow):
    """That a case must be kept whole: a lawsuit, an inspection (GDPR art. 17(3)(e), LGPD art. 16
    I).
    """

    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    lifting_reason = models.TextField(blank=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(lifted_at=None),
                name="one_legal_hold_at_a_time",
            ),
        ]
