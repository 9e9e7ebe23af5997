"""The words of a signed opinion, and what it is found by."""

from django.contrib.postgres.search import SearchVectorField
from django.db import models

from valedor.casefile.models import CaseRow
from valedor.casefile.seats import Seat
from valedor.foundation.known_words import known_words_only
from valedor.handling.models import Decision
from valedor.procedures.models import Category
from valedor.review.office.models import Opinion


@known_words_only
class Precedent(CaseRow):
    """A signed opinion among those that the office has given: what guides it in the next one.

    Both sides have the opinion; that others like it were given, the office alone may look up. No
    word of it is copied but into ``words``, which search reads. ``category`` is the subject that
    the company's case had when the opinion was signed; ``outcome`` is that of all points together.
    """

    seats = models.PositiveSmallIntegerField(default=int(Seat.OMBUDSMAN))
    opinion = models.OneToOneField(Opinion, models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=15, choices=Decision.Outcome.choices)
    signed_at = models.DateTimeField()
    words = SearchVectorField()

    class Meta(CaseRow.Meta):
        indexes = [
            models.Index(fields=["entity", "-signed_at", "-id"], name="precedents_newest"),
        ]
