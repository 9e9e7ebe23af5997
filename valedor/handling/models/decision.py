"""What was found, with its evidence, and what was decided on each grievance."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import CaseRow, Document, Entry, Grievance, Instance
from valedor.casefile.seats import Seat
from valedor.foundation.known_words import known_words_only

from .steps import Step


@known_words_only
class Finding(Step):
    """A fact held to be so, from which side it came, and what shows it."""

    class Side(models.TextChoices):
        COMPLAINANT = "complainant", _("The complainant's side")
        COMPANY = "company", _("The organisation's side")
        THIRD = "third", _("Somebody else")

    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    grievance = models.ForeignKey(
        Grievance, models.PROTECT, null=True, related_name="+", db_index=False
    )
    side = models.CharField(max_length=12, choices=Side.choices)
    text = models.TextField()
    is_disputed = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)


class FindingEvidence(CaseRow):
    """What a finding rests on: a document, or a line of the timeline."""

    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="evidence")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="+", db_index=False
    )
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", db_index=False)


@known_words_only
class Decision(Step):
    """The outcome of one grievance before one instance, with grounds and reasons.

    A newer one replaces it.
    """

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("Upheld")
        PARTLY_UPHELD = "partly_upheld", _("Partly upheld")
        NOT_UPHELD = "not_upheld", _("Not upheld")
        INADMISSIBLE = "inadmissible", _("Not admitted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    instance = models.ForeignKey(Instance, models.PROTECT, related_name="+", db_index=False)
    grievance = models.ForeignKey(Grievance, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=15, choices=Outcome.choices)
    grounds = models.TextField(blank=True)  # Contract, rule, good practice.
    reasons = models.TextField()
    replaced_at = models.DateTimeField(null=True)
