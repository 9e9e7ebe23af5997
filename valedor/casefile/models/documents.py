"""Documents of a case: evidence, receipts, enclosures."""

from django.conf import settings
from django.db import models

from valedor.foundation.known_words import known_words_only

from .case import Grievance
from .rows import CaseRow
from .timeline import Entry


@known_words_only
class Document(CaseRow):
    """A file kept under the digest of its content, on disk before this row says so.

    ``sha256`` is erased together with ``salt``; ``salted_digest`` is what the chain holds.
    """

    class Side(models.TextChoices):
        COMPLAINANT = "complainant"
        COMPANY = "company"
        OMBUDSMAN = "ombudsman"
        BODY = "body"

    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="documents")
    grievance = models.ForeignKey(
        Grievance, models.PROTECT, null=True, related_name="+", db_index=False
    )
    side = models.CharField(max_length=12, choices=Side.choices)
    purpose = models.CharField(
        max_length=20, default="evidence"
    )  # evidence, receipt, letter, proof
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    claimed_type = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    salt = models.BinaryField(max_length=16, null=True)
    salted_digest = models.BinaryField(max_length=32)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        indexes = [models.Index(fields=["sha256"], name="document_content")]


class RefusedDocument(CaseRow):
    """A file that was not taken, by its name and with the reason; the rest of the submission was
    kept.
    """

    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField(null=True)
    reason = models.CharField(max_length=40)
    at = models.DateTimeField()
