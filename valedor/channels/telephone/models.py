"""Lines that people call, and what is known of each call."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valedor.casefile.models import SEEN_BY_SOMEBODY, CaseRow, RawMessage
from valedor.casefile.seats import Seat
from valedor.foundation.ids import next_id
from valedor.foundation.known_words import known_words_only
from valedor.people.models import Account, Entity, Team


@known_words_only
class Line(models.Model):
    """A number at which an entity is called, and how its switchboard tells us of calls.

    ``other_number`` is the geographic or mobile one that Ley 10/2025, art. 10, wants told beside a
    number of special rate. ``opening`` says when it is answered (``hours.py``), any hour if empty.
    Without a ``secret`` nothing that arrives for the line is believed.
    """

    class Format(models.TextChoices):
        GENERIC = "generic", _("Ours: JSON, signed with HMAC-SHA256")
        TWILIO = "twilio", _("Twilio Voice: status callbacks")

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    number = models.CharField(max_length=20)  # E.164.
    other_number = models.CharField(max_length=20, blank=True)  # E.164.
    opening = models.CharField(max_length=200, blank=True)
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
    is what the switchboard sent. A number is a hint of who calls, never a proof: ``checked_…`` says
    who made sure and how. ``operator`` is whom the switchboard names, ``taken_by`` who said at the
    desk that they talk. ``has_priority``: somebody of 65 or more, with a disability or in need of
    more care calls (Ley 10/2025, art. 10.6); ``lead…`` says when they asked for a supervisor and
    who spoke to them (art. 8.3). One that no switchboard told of (``is_by_hand``) has no events
    and perhaps no line.
    """

    class State(models.TextChoices):
        RINGING = "ringing", pgettext_lazy("call", "Ringing")
        RUNNING = "running", pgettext_lazy("call", "Talking")
        ENDED = "ended", pgettext_lazy("call", "Ended")
        ABANDONED = "abandoned", pgettext_lazy("call", "Abandoned")
        LOST = "lost", pgettext_lazy("call", "No end known")

    class Check(models.TextChoices):
        ANSWERS = "answers", _("They answered what only they know")
        CALLED_BACK = "called_back", _("We called back at the number we had")
        CODE_SENT = "code_sent", _("They read back a word sent to an address we had")

    class Settled(models.TextChoices):
        CALLED_AGAIN = "called_again", pgettext_lazy("abandoned call", "They called again")
        RETURNED = "returned", pgettext_lazy("abandoned call", "Returned")
        UNREACHED = "unreached", pgettext_lazy("abandoned call", "Not reached")

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", db_index=False)
    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="calls", db_index=False)
    name_at_switch = models.CharField(max_length=120)
    is_by_hand = models.BooleanField(default=False)
    queue = models.CharField(max_length=60, blank=True)
    caller = models.CharField(max_length=20, blank=True)
    caller_said = models.CharField(max_length=60, blank=True)
    operator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    operator_said = models.CharField(max_length=60, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    taken_at = models.DateTimeField(null=True)
    has_priority = models.BooleanField(default=False)
    lead_asked_at = models.DateTimeField(null=True)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    lead_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    checked_at = models.DateTimeField(null=True)
    checked_how = models.CharField(max_length=12, choices=Check.choices, blank=True, default="")

    state = models.CharField(max_length=10, choices=State.choices, default=State.RINGING)
    offered_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    transferred_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    abandoned_at = models.DateTimeField(null=True)

    # Of one that was abandoned: whether the caller was reached after all.
    settled = models.CharField(max_length=14, choices=Settled.choices, blank=True, default="")
    settled_at = models.DateTimeField(null=True)
    times_returned = models.PositiveSmallIntegerField(default=0)
    returned_at = models.DateTimeField(null=True)

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
            models.Index(fields=["entity", "last_event_at"], name="call_by_time"),
            models.Index(
                fields=["entity", "caller"],
                condition=models.Q(state="abandoned", settled_at=None),
                name="call_to_return",
            ),
        ]

    @property
    def holder(self) -> Account | None:
        """Who talks, as far as switchboard or desk say."""
        return self.operator or self.taken_by

    @property
    def begun_at(self) -> datetime:
        """When somebody of the house was there, else when it rang."""
        begun = self.answered_at or self.taken_at or self.offered_at or self.last_event_at
        return min(begun, self.last_event_at)


class RecordingConsent(models.Model):
    """What a caller said to being recorded (Ley 10/2025, art. 12.1): the last word holds, and
    without any a call is not recorded.
    """

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", db_index=False)
    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    call = models.ForeignKey(Call, models.PROTECT, related_name="consents")
    is_given = models.BooleanField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recording_consent_is_seen_by_somebody", condition=SEEN_BY_SOMEBODY
            )
        ]


class CallCase(CaseRow):
    """That a case was registered in a call (``is_new``), or that something was added to one."""

    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    call = models.ForeignKey(Call, models.PROTECT, related_name="cases")
    is_new = models.BooleanField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()


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
        NO_LENGTH = "no_length", _("without its length")

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
