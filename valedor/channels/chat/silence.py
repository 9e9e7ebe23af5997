"""Chats in which nobody says anything any more, or that the person has left, end by themselves."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from valedor.casefile.viewing import the_house, viewing
from valedor.channels.chat.actions.end import end
from valedor.channels.chat.models import Chat

LEFT = timedelta(minutes=5)
SILENT = timedelta(minutes=30)
AT_ONCE = 100


def end_silent(at: datetime) -> int:
    """End them; how many they were."""
    with viewing(the_house()):
        over = list(
            Chat.objects.filter(ended_at=None)
            .filter(Q(person_seen_at__lt=at - LEFT) | Q(said_at__lt=at - SILENT))
            .order_by("begun_at")[:AT_ONCE]
        )
    for chat in over:
        with viewing(the_house(chat.entity_id)), transaction.atomic():
            fresh = Chat.objects.select_related("case__entity").get(pk=chat.pk)
            if fresh.ended_at is None:
                end(fresh, ending=Chat.Ending.SILENCE, by=None, at=at)
    return len(over)
