"""How many cases are before a kind of body now."""

from valedor.casefile.models import Instance
from valedor.casefile.viewing import the_house, viewing
from valedor.people.models import Entity
from valedor.procedures.vocabulary_tables import vocabulary


def open_cases_before(kind: str, *, country: str) -> int:
    """The open cases of a country's entities that an instance of this kind deals with."""
    instance = vocabulary("bodies")[kind].instance
    entities = list(Entity.objects.filter(country=country))
    if not entities:
        return 0
    with viewing(the_house(*entities)):
        found = Instance.objects.filter(
            entity__in=entities, kind=instance, closed_at=None, case__closed_at=None
        )
        return found.count()
