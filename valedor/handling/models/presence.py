"""Who has a case open now: a hint for colleagues, gone within minutes."""

from django.conf import settings
from django.db import models

from valedor.casefile.models import CaseRow
from valedor.casefile.seats import Seat


class Presence(CaseRow):
    """That somebody has the page of a case open, and in which form they write.

    Seen from the same seats only; on no timeline, and removed soon after it was last true.
    """

    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    form = models.CharField(max_length=40, blank=True)
    wrote_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(db_index=True)

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case", "account"], name="present_once"),
        ]
