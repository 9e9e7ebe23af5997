"""What every row of a case has: its case, its entity, and the seats that may see it."""

from django.db import models

from valedor.casefile.seats import BOTH_SIDES, EVERYONE
from valedor.foundation.ids import next_id
from valedor.people.models import Entity

SEEN_BY_SOMEBODY = models.Q(seats__range=(1, int(EVERYONE)))
"""Some seat and no other bits: a row for nobody would be lost, a fifth seat means nothing."""


class CaseRow(models.Model):
    """A row that belongs to one case. Row policies bind every table made from it
    (``casefile.walls``). A ``Meta`` of their own extends this one and its constraints.
    """

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    case = models.ForeignKey("casefile.Case", models.PROTECT, related_name="+")
    # Its case has the same entity under a constraint; one more on every row would cost a fifth of
    # what writing it costs (docs/decisions/0005-entity-on-every-row.md).
    entity = models.ForeignKey(
        Entity, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    seats = models.PositiveSmallIntegerField(default=int(BOTH_SIDES))

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(name="%(class)s_is_seen_by_somebody", condition=SEEN_BY_SOMEBODY)
        ]
