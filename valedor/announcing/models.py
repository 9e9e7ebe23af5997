"""Which systems are told of cases, and what each was told."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import pgettext_lazy

from valedor.announcing.events import Event
from valedor.foundation.known_words import known_words_only
from valedor.people.models import Entity


@known_words_only
class Subscription(models.Model):
    """An address to which an entity's events are posted, signed with a secret of both sides.

    ``secret_before`` signs too for a day after another one was drawn. ``failing_since`` is the
    first of the failures since the last success, ``failures`` their number; ``rests_until`` spares
    an address that does not answer; ``paused_at`` is when it was given up until somebody says go
    on. What happens while it is paused waits; what happens while it is not active is not told.
    """

    class Pause(models.TextChoices):
        SILENT = "silent", pgettext_lazy("webhook", "it did not take anything for three days")
        GONE = "gone", pgettext_lazy("webhook", "it says that it is gone (410)")

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    key = models.SlugField(max_length=40)
    address = models.CharField(max_length=500)
    events = ArrayField(models.CharField(max_length=40, choices=Event.choices))
    secret = models.BinaryField()  # Sealed.
    secret_before = models.BinaryField(null=True)  # Sealed.
    secret_drawn_at = models.DateTimeField()
    is_active = models.BooleanField(default=True)

    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    paused_why = models.CharField(max_length=10, choices=Pause.choices, blank=True, default="")

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                name="webhook_key_is_the_entity_s_only", fields=["entity", "key"]
            ),
            models.CheckConstraint(
                name="pause_of_a_webhook_has_a_reason",
                condition=models.Q(paused_at=None, paused_why="")
                | (models.Q(paused_at__isnull=False) & ~models.Q(paused_why="")),
            ),
        ]


@known_words_only
class Announcement(models.Model):
    """One event as it is told to one subscription: the row is written with the fact, the same body
    goes at every try, and ``id`` is what the receiver knows a repetition by.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("announcement", "Waits")
        DELIVERED = "delivered", pgettext_lazy("announcement", "Delivered")
        FAILED = "failed", pgettext_lazy("announcement", "Given up")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="announcements", db_index=False
    )
    event = models.CharField(max_length=40)
    reference = models.CharField(max_length=24, blank=True)  # Empty for a trial.
    body = models.TextField()
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.WAITING, db_default=State.WAITING
    )
    made_at = models.DateTimeField(db_default=Now())
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    next_try_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="announcement_waits_for_a_moment",
                condition=models.Q(state="waiting", next_try_at__isnull=False)
                | (~models.Q(state="waiting") & models.Q(next_try_at=None)),
            ),
            models.CheckConstraint(
                name="announcement_is_delivered_at_a_moment",
                condition=models.Q(state="delivered", delivered_at__isnull=False)
                | (~models.Q(state="delivered") & models.Q(delivered_at=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["subscription", "-made_at", "id"], name="announcement_by_time"),
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state="waiting"),
                name="announcement_waiting",
            ),
        ]

    @property
    def name(self) -> str:
        """What the receiver is told as ``webhook-id``."""
        return f"msg_{self.pk.hex}"


@known_words_only
class Try(models.Model):
    """One try to hand an announcement over: the answer, or why there was none."""

    class Trouble(models.TextChoices):
        ANSWERED = "answered", pgettext_lazy("webhook", "it was answered with a refusal")
        MOVED = "moved", pgettext_lazy("webhook", "it was sent elsewhere, where we do not go")
        UNKNOWN_HOST = "unknown_host", pgettext_lazy("webhook", "nobody knows that host")
        FORBIDDEN = "forbidden", pgettext_lazy("webhook", "it lies in a network that is not open")
        UNTRUSTED = "untrusted", pgettext_lazy("webhook", "its certificate is not trusted")
        SILENT = "silent", pgettext_lazy("webhook", "no answer came in time")
        BROKEN = "broken", pgettext_lazy("webhook", "the connection failed")
        UNREADABLE = "unreadable", pgettext_lazy("webhook", "our copy of the secret does not open")

    id = models.BigAutoField(primary_key=True)
    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="made_tries")
    at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField(null=True)
    trouble = models.CharField(max_length=12, choices=Trouble.choices, blank=True, default="")
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
