"""Words to the person: that it arrived, that it takes longer, and the answer."""

from django.db import models

from valedor.casefile.models import Deadline, Instance, Letter

from .steps import Step


class Acknowledgement(Step):
    """That the person was told that their contact arrived, with reference and dates."""

    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+", db_index=False)


class DelayNotice(Step):
    """A word why it takes longer.

    An extension of the limit where the regime allows one, else a notice.
    """

    deadline = models.ForeignKey(
        Deadline, models.PROTECT, null=True, related_name="+", db_index=False
    )
    extends = models.BooleanField()
    reason = models.TextField()
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+", db_index=False)


class Response(Step):
    """The reasoned answer of an instance, by letter; it counts when the letter was taken over."""

    instance = models.ForeignKey(Instance, models.PROTECT, related_name="+", db_index=False)
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+", db_index=False)
    template_key = models.CharField(max_length=60, blank=True)
    template_number = models.PositiveIntegerField(null=True)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)  # By the complainant.
    contested_at = models.DateTimeField(null=True)
    react_by = models.DateTimeField(null=True)  # Our patience: no closing for silence before it.
    contest_by = models.DateTimeField(null=True)  # Only where a rule sets a day for going further.
    replaced_at = models.DateTimeField(null=True)
