"""Redress: offered, approved, accepted, carried out with proof."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from valedor.casefile.models import CaseRow, Deadline, Document, Grievance
from valedor.casefile.seats import Seat
from valedor.foundation.known_words import known_words_only

from .steps import Step


@known_words_only
class Redress(Step):
    """One thing that the organisation undertakes to put right what went wrong."""

    class Kind(models.TextChoices):
        REFUND = "refund", _("Refund")
        REPLACEMENT = "replacement", _("Replacement")
        REPAIR = "repair", _("Repair")
        PRICE_REDUCTION = "price_reduction", _("Price reduction")
        COMPENSATION = "compensation", _("Compensation")
        APOLOGY = "apology", _("Apology")
        EXPLANATION = "explanation", _("Explanation")
        CHANGE_OF_PRACTICE = "change_of_practice", _("Change of practice")

    class State(models.TextChoices):
        AWAITING_APPROVAL = "awaiting_approval", _("Waiting for approval")
        REJECTED = "rejected", _("Not approved")
        APPROVED = "approved", _("To be offered in the answer")
        OFFERED = "offered", _("Offered")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        CARRIED_OUT = "carried_out", _("Carried out")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    grievance = models.ForeignKey(
        Grievance, models.PROTECT, null=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=40)  # Key of the catalogue; ``Kind`` are those of the house.
    text = models.TextField(blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    needs_acceptance = models.BooleanField(default=False)
    needs_proof = models.BooleanField(default=True)
    days_to_carry_out = models.PositiveSmallIntegerField(default=14)

    state = models.CharField(max_length=18, choices=State.choices)
    deadline = models.ForeignKey(
        Deadline, models.PROTECT, null=True, related_name="+", db_index=False
    )
    offered_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)  # Accepted or declined.
    carried_out_at = models.DateTimeField(null=True)
    carried_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    proof = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", db_index=False)
    proof_text = models.TextField(blank=True)

    class Meta(Step.Meta):
        constraints = [
            *Step.Meta.constraints,
            models.CheckConstraint(
                name="redress_amount_is_money",
                condition=models.Q(amount=None) | (models.Q(amount__gt=0) & ~models.Q(currency="")),
            ),
            models.CheckConstraint(
                name="redress_is_carried_out_within_a_year",
                condition=models.Q(days_to_carry_out__range=(1, 366)),
            ),
        ]

    @property
    def is_done_by_saying(self) -> bool:
        """Whether the letter that offers it carries it out: an apology, an explanation."""
        return not self.needs_proof and self.kind in {self.Kind.APOLOGY, self.Kind.EXPLANATION}


class Approval(CaseRow):
    """An approver's yes or no to redress above the handler's authority."""

    seats = models.PositiveSmallIntegerField(default=int(Seat.COMPANY))
    redress = models.ForeignKey(Redress, models.PROTECT, related_name="approvals")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    asked_at = models.DateTimeField()
    given = models.BooleanField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
