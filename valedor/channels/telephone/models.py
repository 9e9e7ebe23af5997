"""Lines that people call, and what is known of each call."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valedor.casefile.models import SEEN_BY_SOMEBODY, RawMessage
from valedor.casefile.seats import Seat
from valedor.foundation.ids import next_id
from valedor.foundation.known_words import known_words_only
from valedor.people.models import Entity, Team


@known_words_only
class Line(models.Model):
    """A number at which an entity is called, and how its switchboard tells us of calls.

    ``other_number`` is the geographic or mobile one that Ley 10/2025, art. 10, wants told beside a
    number of special rate. Without a ``secret`` nothing that arrives for the line is believed.
    """

    class Format(models.TextChoices):
        GENERIC = "generic", _("Ours: JSON, signed with HMAC-SHA256")
        TWILIO = "twilio", _("Twilio Voice: status callbacks")

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    number = models.CharField(max_length=20)  # E.164.
    other_number = models.CharField(max_length=20, blank=True)  # E.164.
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    format = models.CharField(max_length=10, choices=Format.choices, default=Format.GENERIC)
    secret = models.BinaryField(null=True)  # Sealed.
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(name="line_key_is_the_entity_s_only", fields=["entity", "key"])
        ]


@known_words_only
class Call(models.Model):
    """A call to a line, as the set of its events tells it; times are the switchboard's own.

    ``caller`` is the number in E.164, empty where it was withheld or is no number; ``caller_said``
    is what the switchboard sent. A number is a hint of who calls, never a proof.
    """

    class State(models.TextChoices):
        RINGING = "ringing", pgettext_lazy("call", "Ringing")
        RUNNING = "running", pgettext_lazy("call", "Talking")
        ENDED = "ended", pgettext_lazy("call", "Ended")
        ABANDONED = "abandoned", pgettext_lazy("call", "Abandoned")
        LOST = "lost", pgettext_lazy("call", "No end known")

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", db_index=False)
    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    line = models.ForeignKey(Line, models.PROTECT, related_name="calls", db_index=False)
    name_at_switch = models.CharField(max_length=120)
    queue = models.CharField(max_length=60, blank=True)
    caller = models.CharField(max_length=20, blank=True)
    caller_said = models.CharField(max_length=60, blank=True)
    operator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    operator_said = models.CharField(max_length=60, blank=True)

    state = models.CharField(max_length=10, choices=State.choices, default=State.RINGING)
    offered_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    transferred_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    abandoned_at = models.DateTimeField(null=True)
    last_event_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="call_is_seen_by_somebody", condition=SEEN_BY_SOMEBODY),
            models.UniqueConstraint(
                name="call_is_the_line_s_only_one_of_its_name", fields=["line", "name_at_switch"]
            ),
        ]
        indexes = [
            models.Index(
                fields=["entity", "last_event_at"],
                condition=models.Q(state__in=["ringing", "running"]),
                name="call_going_on",
            ),
            models.Index(
                fields=["entity", "last_event_at", "id"],
                condition=models.Q(state="abandoned"),
                name="call_abandoned",
            ),
        ]


@known_words_only
class CallEvent(models.Model):
    """One thing that the switchboard said of a call. Final; nothing personal is in it.

    The payload is ``raw``, which goes after a time (``forgetting.py``); this line stays.
    """

    class Kind(models.TextChoices):
        OFFERED = "offered", pgettext_lazy("call", "Offered")
        ANSWERED = "answered", pgettext_lazy("call", "Answered")
        TRANSFERRED = "transferred", pgettext_lazy("call", "Transferred")
        ENDED = "ended", pgettext_lazy("call", "Ended")
        ABANDONED = "abandoned", pgettext_lazy("call", "Abandoned")

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", db_index=False)
    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    line = models.ForeignKey(Line, models.PROTECT, related_name="+", db_index=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="events")
    raw = models.ForeignKey(RawMessage, models.PROTECT, related_name="+", db_index=False)
    name_at_switch = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    operator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()  # What the switchboard says.
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="call_event_is_seen_by_somebody", condition=SEEN_BY_SOMEBODY
            ),
            models.UniqueConstraint(
                name="event_is_told_once_a_line", fields=["line", "name_at_switch"]
            ),
        ]


@known_words_only
class LineTrouble(models.Model):
    """What was refused at the webhook of a line, counted by day and reason.

    A row a day and reason, however often somebody tries: a flood of forgeries fills no disk.
    """

    class Reason(models.TextChoices):
        FORGED = "forged", _("signature wrong or missing")
        STALE = "stale", _("signed more than five minutes ago")
        REPEATED = "repeated", _("sent before")
        UNREADABLE = "unreadable", _("could not be read; kept")
        TOO_LARGE = "too_large", _("too large")

    line = models.ForeignKey(Line, models.CASCADE, related_name="troubles", db_index=False)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    on = models.DateField()
    times = models.PositiveIntegerField(default=1)
    last_at = models.DateTimeField()
    last_address = models.CharField(max_length=45, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="line_trouble_is_counted_by_day_and_reason", fields=["line", "on", "reason"]
            )
        ]
