"""What makes lists and searches quick: counts kept as increments, and searchable text."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from .case import Case
from .rows import SEEN_BY_SOMEBODY


class _Cell(models.Model):
    """The group of open cases that one count is for."""

    entity_id = models.BigIntegerField()
    team_id = models.BigIntegerField(null=True)
    holder_id = models.BigIntegerField(null=True)
    seats = models.PositiveSmallIntegerField()
    is_protected = models.BooleanField()
    is_waiting = models.BooleanField()
    urgency = models.CharField(max_length=8)

    class Meta:
        abstract = True


class QueueIncrement(_Cell):
    """A change to the number of open cases of a cell, appended by a trigger and folded by the
    worker.
    """

    delta = models.IntegerField()


class QueueCount(_Cell):
    """How many open cases a cell had when the worker last folded its increments."""

    number = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "entity_id",
                    "team_id",
                    "holder_id",
                    "seats",
                    "is_protected",
                    "is_waiting",
                    "urgency",
                ],
                nulls_distinct=False,
                name="one_count_a_cell",
            )
        ]


class SearchText(models.Model):
    """Searchable words outside the wall: no policy binds this table, so it is only ever read joined
    to cases that the viewer may see (``casefile.search``).
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="search_words", fastupdate=True)]


class WalledSearchText(models.Model):
    """Searchable words that only some seats may find, under a row policy."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    entity_id = models.BigIntegerField()
    seats = models.PositiveSmallIntegerField()
    words = SearchVectorField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="walled_words_are_seen_by_somebody", condition=SEEN_BY_SOMEBODY
            )
        ]
