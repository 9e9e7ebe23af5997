"""Who somebody is, shown by a code that went to an address known before they turned up."""

from django.conf import settings
from django.db import models

from valedor.casefile.models import Letter
from valedor.casefile.seats import Seat

from .steps import Step


class IdentityCheck(Step):
    """A code of six digits on its way to somebody who is on the telephone, in a chat or here.

    It is good until ``expires_at`` and for five tries; ``digest`` is what is stored of it. The
    check ends with ``passed_at`` or ``failed_at``, or with its time.
    """

    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="+", db_index=False)
    digest = models.BinaryField(max_length=32)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    passed_at = models.DateTimeField(null=True)
    passed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    failed_at = models.DateTimeField(null=True)

    class Meta(Step.Meta):
        constraints = [
            *Step.Meta.constraints,
            models.CheckConstraint(
                name="identity_is_tried_five_times_at_most", condition=models.Q(tries__lte=5)
            ),
        ]
