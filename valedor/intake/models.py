"""What waits between the steps of the public form, and what strangers tried from which address."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from valedor.casefile.models import SEEN_BY_SOMEBODY, RawMessage
from valedor.casefile.seats import Seat
from valedor.foundation.ids import next_id
from valedor.foundation.known_words import known_words_only
from valedor.intake.importing.models import ImportedFile, ImportedStretch, ImportReject
from valedor.people.models import Entity

__all__ = [
    "Attempt",
    "HeldFile",
    "HeldSubmission",
    "ImportReject",
    "ImportedFile",
    "ImportedStretch",
    "SetAside",
]


class SetAside(models.Model):
    """That somebody looked at a message which no machine could read, and that it becomes no case.

    The message stays as it came. Taking it up again ends the row.
    """

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    raw = models.ForeignKey(RawMessage, models.PROTECT, related_name="+")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    taken_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["raw"], condition=models.Q(taken_up_at=None), name="set_aside_once"
            ),
            models.CheckConstraint(
                name="set_aside_is_seen_by_somebody", condition=SEEN_BY_SOMEBODY
            ),
        ]


class HeldSubmission(models.Model):
    """What somebody is still writing: their files between two steps of the form.

    ``raws`` are the posts so far, as they came. It becomes a case, or is removed after
    ``expires_at`` (``channels.web_form.held``).
    """

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", db_index=False)
    raws = ArrayField(models.BigIntegerField(), default=list)

    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)


class HeldFile(models.Model):
    """A file of a held submission, in the document store; or the name of one that was refused."""

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    held = models.ForeignKey(HeldSubmission, models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    claimed_type = models.CharField(max_length=120, blank=True)
    media_type = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    refused = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["sha256"], condition=~models.Q(sha256=""), name="held_file_content"
            )
        ]


@known_words_only
class Attempt(models.Model):
    """That somebody sent a form or a mail, or typed a wrong access code, from an address.

    The address is a keyed digest (of the /64 for IPv6): enough to count, not enough to know. For
    ``content`` it is that of the address with every word that was sent. Removed after a day.
    """

    class What(models.TextChoices):
        SUBMISSION = "submission"
        WRONG_CODE = "wrong_code"
        MAIL = "mail"
        CONTENT = "content"

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    what = models.CharField(max_length=12, choices=What.choices)
    address_digest = models.BinaryField(max_length=16)
    reference = models.CharField(max_length=24, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["address_digest", "what", "at"], name="attempt_of_address"),
            models.Index(
                fields=["reference", "at"],
                condition=~models.Q(reference=""),
                name="attempt_on_case",
            ),
            models.Index(fields=["at"], name="attempt_age"),
        ]
