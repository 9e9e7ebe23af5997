"""A case before a body outside the house: notice, positions, hearing dates, proposals, result.

The spine is that of ISO 10003, clause 7, whatever the method: a body that helps to agree makes a
proposal, one that advises a recommendation, one that decides an award or a judgment.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valedor.bodies.models import Body
from valedor.casefile.models import CaseRow, Deadline, Document, Entry, Instance
from valedor.foundation.known_words import known_words_only
from valedor.handling.models import Redress


@known_words_only
class Referral(CaseRow):
    """That a case is before a body outside the house, and how far it has come (ISO 10003, 7.2).

    ``kind`` is a word of the packs' vocabulary ``bodies``; ``body`` is the key of the body where it
    is known by name, ``name`` what it is called. ``expected_on`` is the last day of the body's own
    term, ``deadline`` the company's limit to answer the body. ``follows`` says whether the company
    does what the result asks of it; who is bound has no choice.
    """

    class Side(models.TextChoices):
        COMPLAINANT = "complainant", pgettext_lazy("side before a body", "The person")
        COMPANY = "company", pgettext_lazy("side before a body", "The company")
        BODY = "body", pgettext_lazy("side before a body", "The body itself")

    class State(models.TextChoices):
        ANNOUNCED = "announced", pgettext_lazy("before a body", "Turned to, no word from it yet")
        NOTIFIED = "notified", pgettext_lazy("before a body", "The company owes its word")
        HEARD = "heard", pgettext_lazy("before a body", "Both sides are heard")
        CONCLUDED = "concluded", pgettext_lazy("before a body", "Concluded, to be carried out")
        OVER = "over", pgettext_lazy("before a body", "Over")

    class Part(models.TextChoices):
        BOUND = "bound", pgettext_lazy("before a body", "It has joined the body, and takes part")
        ACCEPTED = "accepted", pgettext_lazy("before a body", "It takes part")
        DECLINED = "declined", pgettext_lazy("before a body", "It does not take part")

    class Result(models.TextChoices):
        """Words of the vocabulary ``results``."""

        SETTLED = "settled"
        UPHELD = "upheld"
        PARTLY_UPHELD = "partly_upheld"
        NOT_UPHELD = "not_upheld"
        NO_AGREEMENT = "no_agreement"
        INADMISSIBLE = "inadmissible"
        NOT_ACCEPTED = "not_accepted"
        WITHDRAWN = "withdrawn"

    class Follows(models.TextChoices):
        YES = "yes", pgettext_lazy("result of a body", "The company does what it asks")
        NO = "no", pgettext_lazy("result of a body", "The company does not do what it asks")

    OBLIGES: ClassVar = frozenset({Result.SETTLED, Result.UPHELD, Result.PARTLY_UPHELD})

    instance = models.ForeignKey(Instance, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=60)
    body = models.SlugField(max_length=60, blank=True)
    name = models.CharField(max_length=200)
    method = models.CharField(max_length=13, choices=Body.Method.choices)
    by_side = models.CharField(max_length=11, choices=Side.choices)
    body_reference = models.CharField(max_length=80, blank=True)
    filed_on = models.DateField(null=True)
    notified_at = models.DateTimeField(null=True)
    expected_on = models.DateField(null=True)
    deadline = models.ForeignKey(
        Deadline, models.PROTECT, null=True, related_name="+", db_index=False
    )
    part = models.CharField(max_length=8, choices=Part.choices, blank=True, default="")
    fee = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # What the house pays.
    currency = models.CharField(max_length=3, blank=True)

    state = models.CharField(max_length=9, choices=State.choices, default=State.ANNOUNCED)
    result = models.CharField(max_length=13, choices=Result.choices, blank=True, default="")
    concluded_on = models.DateField(null=True)
    binds = models.BooleanField(default=False)
    appeal_by = models.DateField(null=True)
    follows = models.CharField(max_length=3, choices=Follows.choices, blank=True, default="")
    redress = models.ForeignKey(
        Redress, models.PROTECT, null=True, related_name="+", db_index=False
    )
    opened_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    class Meta(CaseRow.Meta):
        constraints = [
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["case", "kind", "name"],
                condition=~models.Q(state="over"),
                name="before_a_body_once_at_a_time",
            ),
            models.CheckConstraint(
                name="referral_over_has_its_result",
                condition=~models.Q(state="over")
                | ~models.Q(result="") & models.Q(over_at__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_fee_is_money",
                condition=models.Q(fee=None) | models.Q(fee__gte=0) & ~models.Q(currency=""),
            ),
        ]
        indexes = [
            models.Index(fields=["entity", "state", "opened_at"], name="before_bodies_by_state"),
            models.Index(fields=["entity", "over_at"], name="over_at_bodies"),
        ]

    @property
    def goes_on(self) -> bool:
        """Whether the body still has the case, or its result is still to be carried out."""
        return self.state != self.State.OVER

    @property
    def is_heard(self) -> bool:
        """Whether the body still hears it: there is no result yet."""
        return self.state not in {self.State.CONCLUDED, self.State.OVER}


@known_words_only
class Position(CaseRow):
    """What one side told the body (ISO 10003, 7.4: initial position), or the body the sides."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="positions")
    side = models.CharField(max_length=11, choices=Referral.Side.choices)
    text = models.TextField()
    given_at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", db_index=False)
    dossier = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="+", db_index=False
    )
    """The dossier that went to the body with it."""


@known_words_only
class HearingDate(CaseRow):
    """When and where a body hears the sides. Moved, it keeps its number in calendars."""

    class State(models.TextChoices):
        SET = "set", pgettext_lazy("hearing date", "Set")
        HELD = "held", pgettext_lazy("hearing date", "Held")
        CANCELLED = "cancelled", pgettext_lazy("hearing date", "Cancelled")

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="hearing_dates")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=300)
    state = models.CharField(max_length=9, choices=State.choices, default=State.SET)
    moved = models.PositiveSmallIntegerField(default=0)  # How often: calendars ask for it.
    calendar = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="+", db_index=False
    )
    outcome = models.TextField(blank=True)


@known_words_only
class Proposal(CaseRow):
    """What a mediator proposes, and what each side says to it (ISO 10003, 7.5.1)."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("Accepts")
        DECLINED = "declined", _("Does not accept")

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="proposals")
    text = models.TextField()
    made_at = models.DateTimeField()
    answer_by = models.DateField(null=True)
    not_before = models.DateField(null=True)
    """Until this day is over nobody need say anything: the time to think it over."""
    company = models.CharField(max_length=8, choices=Answer.choices, blank=True, default="")
    complainant = models.CharField(max_length=8, choices=Answer.choices, blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    @property
    def is_answered(self) -> bool:
        """Whether it is over: one side said no, or both said yes."""
        said = {self.company, self.complainant}
        return self.Answer.DECLINED in said or "" not in said
