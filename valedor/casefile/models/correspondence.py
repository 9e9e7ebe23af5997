"""What was said: raw messages as they came, correspondence, and letters on their way out."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from valedor.foundation.ids import next_id
from valedor.foundation.known_words import known_words_only
from valedor.foundation.multilingual import IN_LANGUAGES
from valedor.people.models import ContactPoint, Entity, Person

from .case import Case
from .deadlines import Deadline
from .rows import SEEN_BY_SOMEBODY, CaseRow
from .timeline import Entry


@known_words_only
class RawMessage(models.Model):
    """What arrived, as bytes, before anything read it.

    ``token`` names a submission: the same one sent twice is registered once. Large ones lie in the
    document store under their digest and have no ``content`` here. One that waits for a person is
    looked through by the scanner as a document is: ``scan``, ``found`` and ``looked_at`` say so.
    """

    class State(models.TextChoices):
        ARRIVED = "arrived"
        REGISTERED = "registered"
        HELD = "held"  # Somebody has to look at it: it could not be read.
        DRAFT = "draft"  # A step of a form that somebody is still filling in.
        SET_ASIDE = "set_aside"  # Somebody has looked at it, and it becomes nothing.
        ERASED = "erased"

    class Scan(models.TextChoices):
        UNSCANNED = "unscanned"
        CLEAN = "clean"
        INFECTED = "infected"  # Nobody saves it.

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", db_index=False)
    seats = models.PositiveSmallIntegerField(default=3)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=12, choices=Case.Channel.choices)
    token = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    state = models.CharField(max_length=10, choices=State.choices, default=State.ARRIVED)
    envelope = models.JSONField(default=dict)  # Network address, headers, file name and line…
    media_type = models.CharField(max_length=120)
    content = models.BinaryField(null=True)
    stored_as = models.CharField(max_length=64, blank=True)
    salted_digest = models.BinaryField(max_length=32, null=True)
    salt = models.BinaryField(max_length=16, null=True)
    received_at = models.DateTimeField()
    trouble = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True)  # When somebody was told that it is held.
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.UNSCANNED)
    found = models.CharField(max_length=200, blank=True)
    looked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="raw_message_is_seen_by_somebody", condition=SEEN_BY_SOMEBODY
            )
        ]
        indexes = [
            models.Index(
                fields=["received_at"],
                condition=models.Q(state__in=["arrived", "held"]),
                name="raw_message_waiting",
            ),
            models.Index(
                fields=["id"],
                condition=models.Q(state__in=["held", "set_aside"], scan="unscanned"),
                name="held_message_unscanned",
            ),
        ]


@known_words_only
class Message(CaseRow):
    """A piece of correspondence with the complainant; its text is the body of its entry."""

    class Direction(models.TextChoices):
        IN = "in"
        OUT = "out"

    # Its entry has the case under a constraint.
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_constraint=False)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="message")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    channel = models.CharField(max_length=12, choices=Case.Channel.choices)
    raw = models.ForeignKey(RawMessage, models.PROTECT, null=True, related_name="+", db_index=False)
    letter = models.ForeignKey(
        "casefile.Letter", models.PROTECT, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)
    at = models.DateTimeField()


@known_words_only
class Letter(CaseRow):
    """Something that goes out to one recipient, queued in the transaction that caused it.

    ``accepted_at`` is when the mail server took it over, it was handed over, or it was posted with
    proof: only then is the duty of ``meets`` done. A letter whose acceptance is unknown goes again
    under the same ``message_id``.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        WAITING = (
            "waiting"  # No mail server is set, or the person has no e-mail: work for somebody.
        )
        ACCEPTED = "accepted"
        REFUSED = "refused"
        CANCELLED = "cancelled"

    class Returned(models.TextChoices):
        """What the post says of a letter that it brings back."""

        UNKNOWN = "unknown", pgettext_lazy("returned letter", "unknown at this address")
        MOVED = "moved", pgettext_lazy("returned letter", "moved away")
        REFUSED = "refused", pgettext_lazy("returned letter", "not accepted")
        NOT_COLLECTED = "not_collected", pgettext_lazy("returned letter", "not collected")

    kind = models.CharField(max_length=30)  # receipt, question, extension, response, closing…
    channel = models.CharField(max_length=12, choices=Case.Channel.choices)
    recipient = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    contact_point = models.ForeignKey(
        ContactPoint, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    language = models.CharField(max_length=5, choices=IN_LANGUAGES)
    subject = models.TextField()
    body = models.TextField()
    contents = models.JSONField(
        default=list
    )  # Content keys that the regime asked for and it holds.
    with_receipt = models.BooleanField(default=False)
    in_reply_to = models.TextField(blank=True)
    meets = models.ForeignKey(Deadline, models.PROTECT, null=True, related_name="+", db_index=False)

    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    message_id = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_answer = models.TextField(blank=True)  # What the mail server said.
    sent_again = models.BooleanField(default=False)
    proof = models.TextField(blank=True)
    returned = models.CharField(max_length=15, choices=Returned.choices, blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    queued_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)  # As the network, or a slip of the post, says.

    class Meta(CaseRow.Meta):
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                condition=models.Q(state__in=["queued", "sending"]),
                name="letter_to_send",
            ),
            models.Index(
                fields=["entity", "due_at", "id"],
                condition=models.Q(state__in=["waiting", "refused"]),
                name="letter_needs_somebody",
            ),
            models.Index(
                fields=["entity", "accepted_at", "id"],
                condition=models.Q(state="accepted", channel="letter", arrived_at=None),
                name="letter_out_without_proof",
            ),
        ]


class LetterDocument(models.Model):
    """A document that goes with a letter, in this order."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="enclosures")
    document = models.ForeignKey("casefile.Document", models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
