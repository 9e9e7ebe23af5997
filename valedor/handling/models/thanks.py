"""Thanks, passed on to whom they are for."""

from django.conf import settings
from django.db import models

from valedor.casefile.seats import Seat
from valedor.procedures.models import Area

from .steps import Step


class Thanks(Step):
    """That thanks were passed on to the area or the member of the staff that is thanked.

    This row is all that an area sees of the case. ``read_at`` is when they read it.
    """

    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", db_index=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    words = models.TextField()
    read_at = models.DateTimeField(null=True)

    class Meta(Step.Meta):
        indexes = [
            models.Index(
                fields=["account", "-at"],
                condition=models.Q(read_at=None),
                name="thanks_of_account",
            ),
            models.Index(
                fields=["area", "-at"], condition=models.Q(read_at=None), name="thanks_of_area"
            ),
        ]
