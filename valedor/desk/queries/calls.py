"""Telephone lines and calls, as the pages of the desk ask for them."""

from django.http import Http404

from valedor.channels.models import Line
from valedor.people.models import Entity


def lines_of(entity: Entity) -> list[Line]:
    """The lines of an entity, by key."""
    return list(Line.objects.filter(entity=entity).select_related("entity", "team"))


def line_of(entity: Entity, key: str) -> Line:
    """One of them. Raises ``Http404``."""
    found = Line.objects.filter(entity=entity, key=key).select_related("entity", "team").first()
    if found is None:
        raise Http404
    return found
