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

    ``sha256`` is erased together with ``salt``; ``salted_digest`` is what the chain holds. ``scan``
    is what a scanner says of it, where there is one: ``found`` names what it knows it by, or says
    why it could not be looked through when that was last tried (``looked_at``).
    """

    class Scan(models.TextChoices):
        UNSCANNED = "unscanned"
        CLEAN = "clean"
        INFECTED = "infected"  # In quarantine: nobody saves it.
        RELEASED = "released"  # Somebody answers for it that it does no harm.

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
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.UNSCANNED)
    found = models.CharField(max_length=200, blank=True)
    looked_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        indexes = [
            models.Index(fields=["sha256"], name="document_content"),
            models.Index(
                fields=["id"],
                condition=models.Q(scan="unscanned", erased_at=None),
                name="document_unscanned",
            ),
        ]

    @property
    def is_quarantined(self) -> bool:
        """Whether it is kept from everybody until somebody decides."""
        return self.scan == self.Scan.INFECTED


class RefusedDocument(CaseRow):
    """A file that was not taken, by its name and with the reason; the rest of the submission was
    kept.
    """

    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField(null=True)
    reason = models.CharField(max_length=40)
    at = models.DateTimeField()
