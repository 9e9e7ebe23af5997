"""Who sits at the chats now. A page that is open says so every few seconds, and falls silent."""

from datetime import datetime, timedelta
from functools import lru_cache

from django.db.models import QuerySet

from valedor.casefile.viewing import Viewer
from valedor.channels.chat.chat_rules import TALKS
from valedor.channels.chat.models import Chat, ChatAttendant, ChatDesk
from valedor.procedures.house_rules import HouseRules

STILL_THERE = timedelta(seconds=75)
SAID_EVERY = timedelta(seconds=15)


@lru_cache(maxsize=64)
def desk_of(house: HouseRules) -> ChatDesk | None:
    """How an entity is talked to by chat; nothing where it is not. Read once while its settings
    stay the same.
    """
    found = ChatDesk.objects.filter(entity=house.entity, is_active=True)
    return found.select_related("team").first()


def is_attended(entity_id: int, *, at: datetime) -> bool:
    """Whether anybody sits at the chats of an entity."""
    return _there(at).filter(entities__contains=[entity_id]).exists()


def attendants(viewer: Viewer, *, at: datetime) -> list[ChatAttendant]:
    """Who sits at the chats that somebody may see, the longest there first."""
    found = _there(at).filter(entities__overlap=list(viewer.entities))
    return list(found.select_related("account").order_by("pk"))


def arrive(viewer: Viewer, *, at: datetime) -> None:
    """Sit down at the chats of every entity that one answers for."""
    entities = sorted({entity for act in TALKS for entity in viewer.entities_where(act)})
    ChatAttendant.objects.update_or_create(
        account=viewer.account, defaults={"entities": entities, "seen_at": at}
    )


def leave(viewer: Viewer) -> None:
    """Get up. Chats that one has go on until they are ended or let go."""
    ChatAttendant.objects.filter(account=viewer.account).delete()


def stay(viewer: Viewer, *, at: datetime) -> bool:
    """Say that one is still there; whether one is."""
    mine = ChatAttendant.objects.filter(account=viewer.account).first()
    if mine is None or mine.seen_at < at - STILL_THERE:
        return False
    if mine.seen_at < at - SAID_EVERY:
        ChatAttendant.objects.filter(pk=mine.pk).update(seen_at=at)
    return True


def still_reads(chat: Chat, *, at: datetime) -> None:
    """The person's page asked for news."""
    if chat.ended_at is None and chat.person_seen_at < at - SAID_EVERY:
        Chat.objects.filter(pk=chat.pk).update(person_seen_at=at)


def _there(at: datetime) -> QuerySet[ChatAttendant]:
    return ChatAttendant.objects.filter(seen_at__gt=at - STILL_THERE)
