"""Who goes first on the telephone: people of 65 or more, with a disability, in need of more care.

Ley 10/2025, art. 10.6, and art. 4.2.e: it is enough that they said so once.
"""

from valedor.casefile.models import Case
from valedor.people.contact_points import persons_reached_at
from valedor.people.models import Entity


def goes_first(number: str, entity: Entity) -> bool:
    """Whether somebody with this number said to this entity that they need more care or time."""
    if not number:
        return False
    persons = persons_reached_at(number, (entity.country,))
    if not persons:
        return False
    return Case.objects.filter(entity=entity, complainant__in=persons, is_vulnerable=True).exists()
