"""What somebody must look at.

A limit that comes near or is past, a letter that failed, nobody eligible.
"""

from django.conf import settings
from django.db import models

from valedor.casefile.models import CaseRow, Deadline, Letter
from valedor.casefile.seats import Seat
from valedor.foundation.known_words import known_words_only
from valedor.people.models import Team


@known_words_only
class Alarm(CaseRow):
    """A call for attention, addressed once to somebody who can act."""

    class Cause(models.TextChoices):
        DUE_SOON = "due_soon"
        OVERDUE = "overdue"
        NOBODY_ELIGIBLE = "nobody_eligible"
        LETTER_FAILED = "letter_failed"
        WRONG_CODES = "wrong_codes"
        PERSON_WROTE = "person_wrote"
        CURE_LAPSED = "cure_lapsed"
        REDRESS_LATE = "redress_late"
        AREA_LATE = "area_late"
        DOCUMENT_HELD = "document_held"
        CALL_BACK_LATE = "call_back_late"
        NOBODY_ON_DUTY = "nobody_on_duty"
        CALL_UNANSWERED = "call_unanswered"
        ORDER_STANDS = "order_stands"
        OFFICE_ASKS = "office_asks"
        BODY_ASKS = "body_asks"
        OFFICE_LATE = "office_late"

    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    cause = models.CharField(max_length=20, choices=Cause.choices)
    deadline = models.ForeignKey(
        Deadline, models.PROTECT, null=True, related_name="+", db_index=False
    )
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+", db_index=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", db_index=False)
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        indexes = [
            models.Index(
                fields=["account", "-raised_at"],
                condition=models.Q(settled_at=None),
                name="alarm_of_account",
            ),
            models.Index(
                fields=["team", "-raised_at"],
                condition=models.Q(settled_at=None),
                name="alarm_of_team",
            ),
        ]
