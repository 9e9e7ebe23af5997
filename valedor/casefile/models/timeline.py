"""The one timeline of a case, and the log of who read it. Both are final: the database refuses
changes.
"""

from django.conf import settings
from django.db import models

from valedor.foundation.ids import next_id
from valedor.foundation.known_words import known_words_only
from valedor.people.models import Entity

from .case import Case, Instance, Stage
from .rows import CaseRow


@known_words_only
class Entry(CaseRow):
    """A line of the timeline: what happened, when, by whom, for whose eyes.

    ``particulars`` hold nothing personal. What is personal lies in the sibling ``EntryContent``, of
    which ``content_digest`` is a salted digest, so that erasing the sibling leaves a chain that
    verifies. ``stage`` and ``holder`` are the case's own after this line: ``valedor verify``
    compares them.
    """

    class Actor(models.TextChoices):
        STAFF = "staff"
        COMPLAINANT = "complainant"
        REPRESENTATIVE = "representative"
        SYSTEM = "system"
        BODY = "body"

    instance = models.ForeignKey(
        Instance, models.PROTECT, null=True, related_name="+", db_index=False
    )
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    particulars = models.JSONField(default=dict)
    content_digest = models.BinaryField(max_length=32, null=True)
    stage = models.CharField(max_length=20, choices=Stage.choices)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    actor = models.CharField(max_length=16, choices=Actor.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    hash = models.BinaryField(max_length=32)

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case", "sequence"], name="entry_numbered"),
            models.CheckConstraint(
                name="entries_count_from_one", condition=models.Q(sequence__gte=1)
            ),
        ]


class EntryContent(CaseRow):
    """The personal part of a line: free text and details. Erasure removes the row, salt
    included.
    """

    id = models.OneToOneField(  # type: ignore[assignment]
        Entry, models.PROTECT, primary_key=True, db_column="id", related_name="content"
    )
    # Its entry has the case under a constraint.
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    salt = models.BinaryField(max_length=16)
    details = models.JSONField(default=dict)
    body = models.TextField(blank=True)


class ReadEntry(models.Model):
    """That somebody looked at something of a case. Appended without a lock; chained within a
    minute.
    """

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", db_index=False)
    case_id = models.BigIntegerField(null=True)
    what = models.CharField(max_length=40)
    particulars = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case_id", "at"], name="read_of_case")]


class ReadLink(models.Model):
    """The place of a read in the chain of reads, given by the worker."""

    sequence = models.BigIntegerField(primary_key=True)
    read = models.OneToOneField(ReadEntry, models.PROTECT, related_name="link")
    hash = models.BinaryField(max_length=32)
