"""What an import leaves behind: how far each file is, and the rows that became no case."""

from django.conf import settings
from django.db import models

from valedor.casefile.models import SEEN_BY_SOMEBODY, Case
from valedor.casefile.seats import Seat
from valedor.foundation.ids import next_id
from valedor.intake.importing.refusing import said
from valedor.people.models import Entity


class ImportedFile(models.Model):
    """One file read under one mapping for one entity, told apart by the digest of its bytes."""

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    mapping = models.CharField(max_length=120)
    source = models.CharField(max_length=80)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    # What a rejected row needs to be read again once it is corrected.
    header = models.BinaryField()
    mapping_text = models.BinaryField()
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "mapping", "source", "sha256"], name="file_known_once"
            )
        ]


class ImportedStretch(models.Model):
    """Records of a file that are done, written in the transaction that wrote their cases.

    After a kill the next run passes over them: what is not in a stretch was never committed.
    """

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    file = models.ForeignKey(ImportedFile, models.CASCADE, related_name="stretches")
    first_record = models.PositiveBigIntegerField()
    last_record = models.PositiveBigIntegerField()
    cases = models.PositiveIntegerField()
    already_present = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    done_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "first_record"], name="stretch_done_once"),
            models.CheckConstraint(
                name="stretch_ends_after_it_begins",
                condition=models.Q(last_record__gte=models.F("first_record")),
            ),
        ]


class ImportReject(models.Model):
    """A row that became no case: kept as it came, with line and reason, for a person to look at.

    ``content`` stays as it came when somebody corrects the row; what they wrote is the raw message
    of the case. ``reason`` has places that ``reason_values`` fills, so that whoever reads it reads
    it in their language: ``why``.
    """

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", db_index=False)
    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    file = models.ForeignKey(ImportedFile, models.PROTECT, related_name="rejects")
    record = models.PositiveBigIntegerField()
    line = models.PositiveBigIntegerField()
    content = models.BinaryField()
    reason = models.TextField()
    reason_values = models.JSONField(default=dict)
    complaints = models.PositiveIntegerField(default=1)
    rejected_at = models.DateTimeField()
    # Corrected by hand it is a case; set aside, somebody said why; or a later import took it.
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    settled_reason = models.TextField(blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "record"], name="row_rejected_once"),
            models.CheckConstraint(
                name="rejected_row_is_seen_by_somebody", condition=SEEN_BY_SOMEBODY
            ),
        ]
        indexes = [
            models.Index(
                fields=["entity", "id"],
                condition=models.Q(settled_at=None),
                name="import_reject_waiting",
            )
        ]

    @property
    def why(self) -> str:
        """The reason, in the language that is spoken now."""
        return said(self.reason, self.reason_values)
