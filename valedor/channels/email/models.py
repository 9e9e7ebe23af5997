"""Mailboxes, and what was read from a mail when it arrived."""

from django.db import models

from valedor.casefile.models import SEEN_BY_SOMEBODY, Case, CaseRow, Kind, RawMessage
from valedor.casefile.seats import EVERYONE, OFFICE_FILE, Seat
from valedor.foundation.ids import next_id
from valedor.foundation.known_words import known_words_only
from valedor.people.models import Entity, Team


@known_words_only
class Mailbox(models.Model):
    """An address at which an entity is written to, and the folder of a mail server where it lies.

    One without a ``host`` is filled by a pipe (``valedor mail-in``). ``team``, ``language`` and
    ``kind`` are what a new contact has until somebody knows better. ``last_uid`` moves in the
    transaction that keeps the messages, so that none is fetched twice or passed over (RFC 9051,
    2.3.1.1: numbers rise while ``uid_validity`` stays).
    """

    class Security(models.TextChoices):
        TLS = "tls"  # From the first byte: port 993.
        STARTTLS = "starttls"
        NONE = "none"  # Only for a server on the same machine.

    class SignsIn(models.TextChoices):
        PASSWORD = "password"  # noqa: S105 -- a way to sign in, not one
        OAUTH = "oauth"  # XOAUTH2, with a token that is asked for with ``secret``.

    class Afterwards(models.TextChoices):
        KEEP = "keep"  # It stays in the folder, marked as seen.
        MOVE = "move"  # Into ``done_folder``.
        DELETE = "delete"

    key = models.SlugField(max_length=40, unique=True)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    address = models.EmailField()
    language = models.CharField(max_length=5)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.COMPLAINT)

    host = models.CharField(max_length=200, blank=True)
    port = models.PositiveIntegerField(default=993)
    security = models.CharField(max_length=10, choices=Security.choices, default=Security.TLS)
    login = models.CharField(max_length=200, blank=True)
    signs_in = models.CharField(max_length=10, choices=SignsIn.choices, default=SignsIn.PASSWORD)
    secret = models.BinaryField(null=True)  # Sealed: an app password, or a refresh token.
    token_url = models.URLField(max_length=300, blank=True)
    client_id = models.CharField(max_length=200, blank=True)
    folder = models.CharField(max_length=200, default="INBOX")
    afterwards = models.CharField(
        max_length=10, choices=Afterwards.choices, default=Afterwards.KEEP
    )
    done_folder = models.CharField(max_length=200, blank=True)
    is_fax = models.BooleanField(default=False)  # A fax service delivers faxes there.
    # What arrives there is for the ombudsman alone: behind the wall from its first byte.
    is_of_the_office = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    uid_validity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)  # What the server said when it could not be read.
    trouble_since = models.DateTimeField(null=True)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                name="mailbox_that_moves_mail_says_where",
                condition=~models.Q(afterwards="move") | ~models.Q(done_folder=""),
            ),
            models.CheckConstraint(
                name="mailbox_of_the_office_takes_no_faxes",
                condition=models.Q(is_of_the_office=False) | models.Q(is_fax=False),
            ),
        ]

    @property
    def seats(self) -> Seat:
        """Who sees what arrives there."""
        return OFFICE_FILE if self.is_of_the_office else EVERYONE


class Mail(models.Model):
    """What was read from a mail, once, when it arrived: safe to show however often it is opened.

    ``body`` of the entry has what is new in it; ``quoted`` is what it repeats, ``html`` its
    sanitised page. ``is_from_stranger`` says that whoever wrote it is not known to the case whose
    mark it carries.
    """

    raw = models.OneToOneField(
        RawMessage, models.CASCADE, primary_key=True, related_name="mail", db_constraint=False
    )
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", db_index=False)
    seats = models.PositiveSmallIntegerField()
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="mails", db_constraint=False
    )
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="+", db_index=False)

    sender_name = models.CharField(max_length=200, blank=True)
    sender_address = models.CharField(max_length=320, blank=True)
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    quoted = models.TextField(blank=True)
    html = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)  # What the mail says of itself; clocks ignore it.
    attachments = models.JSONField(default=list)  # Name, type, size, and what became of each.
    automatic = models.CharField(max_length=60, blank=True)
    security = models.CharField(max_length=40, blank=True)  # Signed or encrypted, and how.
    defects = models.JSONField(default=list)
    is_from_stranger = models.BooleanField(default=False)
    verdict = models.CharField(max_length=100, blank=True)  # Whether it is wanted, by rspamd.
    awaits_verdict = models.BooleanField(default=False)  # It came in while nobody could be asked.

    class Meta:
        constraints = [
            models.CheckConstraint(name="mail_is_seen_by_somebody", condition=SEEN_BY_SOMEBODY)
        ]
        indexes = [
            models.Index(
                fields=["raw"],
                condition=models.Q(awaits_verdict=True),
                name="mail_awaiting_verdict",
            )
        ]


class MailTrace(CaseRow):
    """By which Message-ID a case is found again: a keyed digest of each that a case knows."""

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    digest = models.BinaryField(max_length=16)
    raw = models.ForeignKey(
        RawMessage, models.CASCADE, null=True, related_name="+", db_constraint=False, db_index=False
    )

    class Meta(CaseRow.Meta):
        indexes = [models.Index(fields=["digest"], name="mail_trace_digest")]


class SpamJudge(models.Model):
    """How it goes with whoever tells wanted mail from unwanted: one row, written where that
    changes. ``failures`` are those in a row.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    failures = models.PositiveIntegerField(default=0)
    left_alone_until = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)
    trouble_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="there_is_one_judge_of_spam", condition=models.Q(id=1))
        ]
