"""Chats, as the pages of the desk ask for them: only of cases that the viewer may see."""

from django.db.models import QuerySet
from django.http import Http404

from valedor.casefile.access import cases_visible_to
from valedor.casefile.viewing import Viewer
from valedor.channels.models import Chat, ChatDesk
from valedor.people.models import Entity

MOST = 100


def _visible(viewer: Viewer) -> QuerySet[Chat]:
    return Chat.objects.filter(case__in=cases_visible_to(viewer)).select_related(
        "case__entity", "case__complainant", "taken_by"
    )


def going_on(viewer: Viewer) -> list[Chat]:
    """The chats that have not ended, the longest waiting first."""
    return list(_visible(viewer).filter(ended_at=None).order_by("begun_at")[:MOST])


def chat_for(viewer: Viewer, chat_id: int) -> Chat:
    """One chat. Raises ``Http404`` for one that may not be seen."""
    found = _visible(viewer).filter(pk=chat_id).first()
    if found is None:
        raise Http404
    return found


def desk_of(entity: Entity) -> ChatDesk | None:
    """How an entity is set to be talked to, offered now or not."""
    return ChatDesk.objects.filter(entity=entity).select_related("team").first()
