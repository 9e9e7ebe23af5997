"""What every row of a case has: its case, its entity, and the seats that may see it."""

from django.db import models

from valedor.casefile.seats import BOTH_SIDES
from valedor.foundation.ids import next_id
from valedor.people.models import Entity


class CaseRow(models.Model):
    """A row that belongs to one case. Row policies bind every table made from it
    (``casefile.walls``).
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
