"""Letters that came in as scans, and the runs in which letters that go out are printed."""

from django.conf import settings
from django.db import models

from valedor.casefile.models import SEEN_BY_SOMEBODY, Case, Letter, RawMessage
from valedor.casefile.models.rows import CaseRow
from valedor.casefile.seats import Seat
from valedor.foundation.ids import next_id
from valedor.foundation.known_words import known_words_only
from valedor.people.models import Entity


@known_words_only
class Scan(models.Model):
    """A letter as it was scanned or faxed, or a whole stack of letters that separators parted.

    Its raw message has the bytes; ``received_at`` there is the date that was stamped on the paper,
    ``registered_at`` here when somebody fed it in. ``stack`` is what it was cut out of, from
    ``first_page`` on. ``certainty`` is how sure the reading of ``text`` is, of a hundred.
    """

    class Reading(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        NO_PROGRAM = "no_program"  # Tesseract is not installed here.
        FAILED = "failed"

    raw = models.OneToOneField(
        RawMessage, models.CASCADE, primary_key=True, related_name="paper", db_constraint=False
    )
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", db_index=False)
    seats = models.PositiveSmallIntegerField()
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="scans", db_constraint=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    name = models.CharField(max_length=255)
    registered_at = models.DateTimeField()

    stack = models.ForeignKey("self", models.SET_NULL, null=True, related_name="letters")
    first_page = models.PositiveIntegerField(default=1)
    pages = models.PositiveIntegerField(null=True)
    parted_at = models.DateTimeField(null=True)  # A stack of which every letter stands by itself.
    cases = models.JSONField(default=list)  # The ids of those that its letters went into.

    reading = models.CharField(max_length=12, choices=Reading.choices, default=Reading.WAITING)
    text = models.TextField(blank=True)
    certainty = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="scan_is_seen_by_somebody", condition=SEEN_BY_SOMEBODY),
            models.CheckConstraint(
                name="certainty_of_a_scan_is_a_share_of_a_hundred",
                condition=models.Q(certainty=None) | models.Q(certainty__range=(0, 100)),
            ),
        ]


class PrintRun(models.Model):
    """Letters that were printed together, in one file: by the company, or by the ombudsman's office
    behind the wall.
    """

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="print_run_is_seen_by_somebody", condition=SEEN_BY_SOMEBODY)
        ]


class Printing(CaseRow):
    """That a letter was printed in a run, or, without one, that it is to be printed once more.

    The first time needs no ``reason``; every other does.
    """

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="printings")
    run = models.ForeignKey(PrintRun, models.PROTECT, null=True, related_name="printings")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["letter"],
                condition=models.Q(reason=""),
                name="letter_is_printed_once_without_a_reason",
            ),
            models.UniqueConstraint(
                fields=["letter"],
                condition=models.Q(run=None),
                name="letter_waits_once_to_be_printed_again",
            ),
        ]
