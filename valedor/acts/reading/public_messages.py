"""Public messages whose authors were asked, and the cases to which one can be added."""

from django.http import Http404

from valedor.casefile.access import cases_visible_to
from valedor.casefile.models import Case
from valedor.casefile.viewing import Viewer
from valedor.channels.models import PublicMessage
from valedor.people.models import Entity
from valedor.people.permissions import Permission

MOST = 100


def public_messages_seen_by(viewer: Viewer) -> list[PublicMessage]:
    """Those of the entities for which the viewer registers, the newest first."""
    found = PublicMessage.objects.filter(entity__in=viewer.entities_where(Permission.REGISTER))
    return list(found.select_related("entity", "noted_by").order_by("-noted_at", "-pk")[:MOST])


def public_message_for(viewer: Viewer, message_id: int) -> PublicMessage:
    """One of them. Raises ``Http404``."""
    found = PublicMessage.objects.filter(
        pk=message_id, entity__in=viewer.entities_where(Permission.REGISTER)
    )
    message = found.select_related("entity", "case", "noted_by").first()
    if message is None:
        raise Http404
    return message


def is_seen(viewer: Viewer, case: Case | None) -> bool:
    """Whether the viewer may see a case at all."""
    return case is not None and cases_visible_to(viewer).filter(pk=case.pk).exists()


def case_to_add_to(viewer: Viewer, entity: Entity, reference: str) -> Case | None:
    """The case of an entity that a viewer may see under a reference, unless it was erased."""
    found = cases_visible_to(viewer).filter(entity=entity, erased_at=None)
    return found.filter(reference=reference.strip().upper()).first()


def entities_registered_for(viewer: Viewer) -> list[Entity]:
    """The entities for which the viewer registers."""
    return list(Entity.objects.filter(pk__in=viewer.entities_where(Permission.REGISTER)))
