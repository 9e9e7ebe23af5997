"""The case: one contact of any kind, from its first word to the last instance that deals with
it.
"""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valedor.casefile.seats import BOTH_SIDES, OFFICE_FILE, Seat
from valedor.foundation.chain import FIRST
from valedor.foundation.ids import next_id
from valedor.foundation.known_words import known_words_only
from valedor.foundation.multilingual import IN_LANGUAGES
from valedor.people.models import Entity, Mandate, Person, Team
from valedor.procedures.models import Area, Category, PrivacyNotice

from .rows import SEEN_BY_SOMEBODY, CaseRow


class Kind(models.TextChoices):
    """What a contact is about (ISO 10002 for complaints; the others keep a customer-care house
    whole).
    """

    ENQUIRY = "enquiry", _("Enquiry")
    ORDER = "order", pgettext_lazy("kind of contact", "Order")
    BOOKING = "booking", _("Booking")
    TECHNICAL_SUPPORT = "technical_support", _("Technical support")
    INCIDENT = "incident", _("Incident")
    COMPLAINT = "complaint", _("Complaint")
    CLAIM = "claim", pgettext_lazy("kind of contact", "Claim")
    SUGGESTION = "suggestion", _("Suggestion")
    THANKS = "thanks", _("Thanks")
    CANCELLATION = "cancellation", _("Cancellation")
    AFTER_SALES = "after_sales", _("After-sales request")
    DATA_REQUEST = "data_request", _("Data request")
    REPORT = "report", pgettext_lazy("kind of contact", "Report of wrongdoing")


class Stage(models.TextChoices):
    """Where a case stands. Stages are code, because the standard and the law fix them."""

    RECEIVED = "received", pgettext_lazy("stage", "Received")
    INCOMPLETE = "incomplete", pgettext_lazy("stage", "Waiting for missing details")
    ASSESSED = "assessed", pgettext_lazy("stage", "Assessed")
    INVESTIGATION = "investigation", pgettext_lazy("stage", "Under investigation")
    AWAITING_COMPLAINANT = (
        "awaiting_complainant",
        pgettext_lazy("stage", "Waiting for the complainant"),
    )
    DECIDED = "decided", pgettext_lazy("stage", "Decided")
    ANSWERED_NOT_SENT = "answered_not_sent", pgettext_lazy("stage", "Answered, not sent")
    ANSWERED = "answered", pgettext_lazy("stage", "Answered")
    CONTESTED = "contested", pgettext_lazy("stage", "Contested")
    CLOSED = "closed", pgettext_lazy("stage", "Closed")


EMERGENCY = models.Q(kind=Kind.INCIDENT) | models.Q(touches_safety=True)
"""What jumps every queue: a service that fails now, or a danger to somebody."""


class CaseQuerySet(models.QuerySet["Case"]):
    """Adjectives for cases. Whoever serves a person begins at ``casefile.access``."""

    def open(self) -> "CaseQuerySet":
        return self.filter(closed_at=None)

    def closed(self) -> "CaseQuerySet":
        return self.exclude(closed_at=None)


@known_words_only
class Case(models.Model):
    """What somebody told an organisation, and everything that follows from it.

    ``received_at`` is when it reached the house, ``registered_at`` when it was written down; clocks
    run from the first. ``stage``, ``holder``, ``team``, ``urgency`` and ``next_due_at`` are kept
    beside the rows that explain them so that lists are quick; only actions write them and ``valedor
    verify`` compares. ``last_sequence`` and ``last_hash`` are the head of the case's chain.
    """

    class Channel(models.TextChoices):
        WEB_FORM = "web_form", _("Web form")
        EMAIL = "email", _("E-mail")
        TELEPHONE = "telephone", _("Telephone")
        CHAT = "chat", _("Chat")
        SMS = "sms", _("SMS")
        LETTER = "letter", pgettext_lazy("channel", "Letter")
        FAX = "fax", _("Fax")
        IN_PERSON = "in_person", _("In person")
        SOCIAL = "social", _("Public message")
        API = "api", _("API")
        IMPORT = "import", pgettext_lazy("channel", "Imported")

    class Urgency(models.TextChoices):
        NONE = "none", pgettext_lazy("urgency", "In time")
        DUE_SOON = "due_soon", _("Due soon")
        OVERDUE = "overdue", _("Overdue")

    class Difficulty(models.TextChoices):
        SIMPLE = "simple", _("Simple")
        DEMANDING = "demanding", _("Demanding")
        COMPLEX = "complex", _("Complex")

    class Precision(models.TextChoices):
        MOMENT = "moment", _("To the minute")
        DAY = "day", _("To the day")
        MONTH = "month", _("To the month")

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+", db_index=False)
    seats = models.PositiveSmallIntegerField(default=int(BOTH_SIDES))
    reference = models.CharField(max_length=24, unique=True)
    book_year = models.PositiveSmallIntegerField(null=True)
    book_number = models.PositiveIntegerField(null=True)
    access_code_digest = models.BinaryField(max_length=32, null=True)

    kind = models.CharField(max_length=20, choices=Kind.choices)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    complainant = models.ForeignKey(Person, models.PROTECT, null=True, related_name="cases")
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, related_name="+", db_index=False
    )
    language = models.CharField(max_length=5, choices=IN_LANGUAGES)
    answer_channel = models.CharField(max_length=12, choices=Channel.choices)
    subject = models.CharField(max_length=200, blank=True)
    remedy_sought = models.TextField(blank=True)
    contract_number = models.CharField(max_length=80, blank=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", db_index=False)
    facts = models.JSONField(default=dict)  # Answers that conditions of clocks ask for.
    is_vulnerable = models.BooleanField(default=False)
    touches_safety = models.BooleanField(default=False)
    is_protected = models.BooleanField(default=False)
    is_marked_abuse = models.BooleanField(default=False)
    privacy_notice = models.ForeignKey(
        PrivacyNotice, models.PROTECT, null=True, related_name="+", db_index=False
    )

    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.RECEIVED)
    severity = models.PositiveSmallIntegerField(default=0)  # 0 not assessed, 1 slight … 3 serious
    difficulty = models.CharField(max_length=10, choices=Difficulty.choices, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", db_index=False)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    recused = ArrayField(models.BigIntegerField(), default=list)  # Accounts that may not see it.
    urgency = models.CharField(max_length=8, choices=Urgency.choices, default=Urgency.NONE)
    next_due_at = models.DateTimeField(null=True)

    source = models.CharField(max_length=80, blank=True)  # Where an imported case comes from…
    source_number = models.CharField(max_length=120, null=True)  # noqa: DJ001  …and its key there.

    received_at = models.DateTimeField()
    received_precision = models.CharField(
        max_length=6, choices=Precision.choices, default=Precision.MOMENT
    )
    registered_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    # The case in which this one goes on (``handling.models.CaseMerge`` says why).
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_index=False
    )

    links_valid_from = models.DateTimeField(null=True)  # Mailed links made before are revoked.

    last_sequence = models.PositiveIntegerField(default=0)
    last_hash = models.BinaryField(max_length=32, default=FIRST)

    stage_before: str | None = None
    """The stage it was moved out of, until the fact that moved it is written; kept nowhere."""

    objects: ClassVar[CaseQuerySet] = CaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "book_year", "book_number"],
                condition=~models.Q(book_number=None),
                name="book_number_once_a_year",
            ),
            models.UniqueConstraint(
                fields=["entity", "source", "source_number"],
                condition=~models.Q(source_number=None),
                name="imported_once",
            ),
            models.CheckConstraint(
                name="closed_case_has_closing_time",
                condition=models.Q(stage="closed", closed_at__isnull=False)
                | (~models.Q(stage="closed") & models.Q(closed_at=None)),
            ),
            models.CheckConstraint(
                name="merged_case_is_closed",
                condition=models.Q(merged_into=None) | models.Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(name="case_is_seen_by_somebody", condition=SEEN_BY_SOMEBODY),
            models.CheckConstraint(
                name="case_severity_is_none_to_serious",
                condition=models.Q(severity__range=(0, 3)),
            ),
            models.CheckConstraint(
                name="book_number_has_its_year",
                condition=models.Q(book_year=None, book_number=None)
                | models.Q(book_year__isnull=False, book_number__gte=1),
            ),
        ]
        indexes = [
            models.Index(fields=["entity", "-received_at", "-id"], name="case_newest"),
            models.Index(
                fields=["entity", "next_due_at", "id"],
                condition=models.Q(closed_at=None),
                name="case_open_by_due",
            ),
            models.Index(
                fields=["entity", "next_due_at", "id"],
                condition=models.Q(closed_at=None) & EMERGENCY,
                name="case_emergency_by_due",
            ),
            models.Index(
                fields=["holder", "next_due_at", "id"],
                condition=models.Q(closed_at=None),
                name="case_held_by_due",
            ),
            models.Index(
                fields=["team", "next_due_at", "id"],
                condition=models.Q(closed_at=None),
                name="case_team_by_due",
            ),
            models.Index(
                fields=["entity", "next_due_at", "id"],
                condition=models.Q(closed_at=None, holder=None),
                name="case_unassigned_by_due",
            ),
            models.Index(
                fields=["entity", "urgency", "next_due_at", "id"],
                condition=models.Q(closed_at=None) & ~models.Q(urgency="none"),
                name="case_urgent_by_due",
            ),
            models.Index(
                fields=["entity", "next_due_at", "id"],
                condition=models.Q(closed_at=None) & ~models.Q(urgency="overdue"),
                name="case_not_overdue_by_due",
            ),
            models.Index(
                fields=["entity", "next_due_at", "id"],
                condition=models.Q(stage__in=["awaiting_complainant", "incomplete"]),
                name="case_waiting_by_due",
            ),
            models.Index(
                fields=["entity", "-closed_at", "-id"],
                condition=~models.Q(closed_at=None),
                name="case_closed_newest",
            ),
            models.Index(
                fields=["entity", "id"],
                condition=models.Q(closed_at=None) & ~models.Q(recused=[]),
                name="case_open_with_recusal",
            ),
            models.Index(
                fields=["merged_into"],
                condition=~models.Q(merged_into=None),
                name="case_merged",
            ),
            models.Index(
                fields=["entity", "registered_at", "id"],
                condition=models.Q(book_number=None, source=""),
                name="case_without_book_number",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_of_the_office(self) -> bool:
        """Whether it is a file of the ombudsman's office, behind the wall (``casefile.walls``)."""
        return self.pk < 0

    def seated(self, seats: Seat) -> Seat:
        """Who sees a line at the table of this case. In a file of the office, whoever deals with it
        is the office: it sits where the company does elsewhere.
        """
        if not self.is_of_the_office:
            return seats
        return seats & OFFICE_FILE | Seat.OMBUDSMAN

    @property
    def is_emergency(self) -> bool:
        """Whether it goes before everything else; the same as ``EMERGENCY``."""
        return self.kind == Kind.INCIDENT or self.touches_safety


@known_words_only
class Instance(CaseRow):
    """A body that deals with the case: the company first, then whoever is asked for a second
    word.
    """

    class Kind(models.TextChoices):
        COMPANY = "company", pgettext_lazy("instance", "Company")
        REVIEW = "review", pgettext_lazy("instance", "Second look")
        OMBUDSMAN = "ombudsman", _("Ombudsman")
        SECTOR_BODY = "sector_body", _("Sector body")
        MEDIATION = "mediation", _("Mediation")
        ARBITRATION = "arbitration", _("Arbitration")
        SUPERVISOR = "supervisor", _("Supervisor")
        COURT = "court", _("Court")

    OUTSIDE: ClassVar = frozenset(
        {Kind.SECTOR_BODY, Kind.MEDIATION, Kind.ARBITRATION, Kind.SUPERVISOR, Kind.COURT}
    )
    """Bodies outside the house: the company handles the case on while one of them has it."""

    ordinal = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.COMPANY)
    procedure_versions = ArrayField(models.BigIntegerField(), default=list)
    outcome = models.CharField(max_length=30, blank=True)

    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", db_index=False)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case", "ordinal"], name="instance_numbered"),
            models.CheckConstraint(
                name="instances_count_from_one", condition=models.Q(ordinal__gte=1)
            ),
        ]


class Grievance(CaseRow):
    """One point of a case, decided on its own."""

    ordinal = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, related_name="+", db_index=False
    )
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=["case", "ordinal"], name="grievance_numbered"),
            models.CheckConstraint(
                name="grievances_count_from_one", condition=models.Q(ordinal__gte=1)
            ),
        ]
