"""Texts begun and not sent, kept for their author whatever happens to the case meanwhile."""

from django.conf import settings
from django.db import models

from valedor.casefile.models import CaseRow
from valedor.casefile.seats import Seat


class Draft(CaseRow):
    """What somebody has typed in one form of one case, in one window.

    ``window`` is the one that saved it last. Another window of theirs that had read an older
    ``version`` saves a draft of its own beside it: neither overwrites the other.
    """

    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    form = models.CharField(max_length=40)
    content = models.JSONField(default=dict)
    window = models.CharField(max_length=24, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["case", "account", "form", "window"], name="one_draft_a_window"
            ),
        ]
